import { sql } from 'kysely';
import { signInRetentionMonths } from '#domain/administration/policy.ts';
import type { Instant } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { publishedHead, verifyChain } from '#platform/audit/seal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Schedule } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { sealAll } from './use-cases/audit.ts';

const DAY_MS = 86_400_000;

/** 封存: every minute, so that the unsealed tail stays short. */
async function seal(ctx: Ctx): Promise<void> {
  await sealAll(ctx.kit);
}

/** 每日核验: verifies the chain and files the result and the head with every county's auditors. */
async function verify(ctx: Ctx): Promise<void> {
  await sealAll(ctx.kit);
  const found = await verifyChain(ctx.kit);
  const head = await publishedHead(ctx.kit);
  await ctx.transact(async (tx) => {
    const counties = await tx.db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').execute();
    const after = { ok: found.ok, checked: found.checked, firstBad: found.firstBad?.message ?? null, sealNo: head?.sealNo ?? null, chainHead: head?.hash ?? null };
    for (const { id } of counties) tx.audit({ action: 'audit.verify', subject: ['AuditChain', 'audit.entry'], before: null, after, countyId: id });
    if (counties.length === 0) tx.auditNothing('no county yet');
  });
}

/** 清理: failures nobody counts any more, and sign-ins of no county's account. What a county keeps ends with its 到期删除. */
async function sweep(ctx: Ctx): Promise<void> {
  await ctx.kit.database.write(everything, async (db) => {
    // A session that nobody ended ends by itself; what it came in with is forgotten then too.
    await db.updateTable('platform.session').set({ idTokenCipher: null }).where('idTokenCipher', 'is not', null).where('expiresAt', '<', ctx.now).execute();
    await db.deleteFrom('platform.oidcSpentState').where('spentAt', '<', instantOf(epochOf(ctx.now) - 2 * DAY_MS)).execute();
    await db.deleteFrom('platform.signInGuard').where('lastFailedAt', '<', instantOf(epochOf(ctx.now) - 2 * DAY_MS)).execute();
    await sweepSignIns(db, ctx);
  });
}

/** Never within six months, whatever a clock or a setting says: the table itself refuses that, and the whole cleaning with it. */
async function sweepSignIns(db: Db, ctx: Ctx): Promise<void> {
  const months = await parameterValue(db, null, signInRetentionMonths, ctx.today);
  await db.deleteFrom('platform.signIn').where('countyId', 'is', null)
    .where('at', '<', sql<Instant>`least(${ctx.now}::timestamptz - make_interval(months => ${months}), now() - interval '6 months')`).execute();
}

/** 定时作业 of administration. The queue's clock is UTC: half past six in the evening there is half past two at night here. */
export const schedules: readonly Schedule[] = [
  { name: 'audit-seal', cron: '* * * * *', run: seal },
  { name: 'audit-verify', cron: '30 18 * * *', run: verify },
  { name: 'identity-sweep', cron: '50 18 * * *', run: sweep },
];
