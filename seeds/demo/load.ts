import { Client } from 'pg';
import { collection } from '#modules/collection/index.ts';
import { committee } from '#modules/committee/index.ts';
import { registry } from '#modules/registry/index.ts';
import { everything } from '#platform/access/scope.ts';
import type { Kit } from '#platform/kit.ts';
import { systemContext } from '#platform/make-context.ts';
import { startClocks } from './clocks.ts';
import { demoCounty } from './plan/places.ts';
import { DEMO_SEED, planDemo } from './plan.ts';
import { storeDemo } from './store.ts';
import { demoUsers } from './users.ts';

export { demoAccounts } from './accounts.ts';

/** 载入演示县: the made-up county in one transaction with one audit entry; does nothing where it is already there. `seconds` are whole seconds with one decimal. */
export async function loadDemo({ kit, ownerUrl }: { readonly kit: Kit; readonly ownerUrl: string }, { seed = DEMO_SEED }: { seed?: string } = {}): Promise<{ loaded: boolean; seconds: number }> {
  const started = performance.now();
  const known = await kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select('id').where('code', '=', demoCounty.code).executeTakeFirst());
  if (known) return { loaded: false, seconds: 0 };
  const ctx = systemContext(kit);
  const plan = planDemo(seed, ctx.today);
  const users = await demoUsers(plan, ctx.today);
  await ctx.transactBulk(async (tx) => {
    const { told } = await storeDemo(tx, { plan, users, vault: kit.vault, today: ctx.today, now: ctx.now });
    await startClocks(tx, ctx, told);
    const units = plan.stocks.reduce((total, stock) => total + stock.units.length, 0);
    tx.audit({
      action: 'demo.load', subject: ['OrgUnit', plan.places.countyId], countyId: plan.places.countyId, before: null, reason: '载入演示县（演示数据）',
      after: { name: demoCounty.name, companies: plan.companies.length, estates: plan.estates.length, practitioners: plan.practitioners.length, units },
    });
  });
  // What was sent down, the terms and the contracts have their time limits as of the first night.
  const nightly = [...collection.schedules, ...committee.schedules, ...registry.schedules].filter(({ name }) => name.includes('.keep-'));
  for (const { run } of nightly) await run(ctx);
  await analyse(ownerUrl);
  return { loaded: true, seconds: Math.round((performance.now() - started) / 100) / 10 };
}

/** Fresh tables have no statistics, and the first pages would be planned blindly until autovacuum comes round; only the owner may make them. */
async function analyse(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('analyze');
  } finally {
    await owner.end();
  }
}
