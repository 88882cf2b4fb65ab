import { Client } from 'pg';
import type { Kit } from '#platform/kit.ts';
import { roles, type Role } from '#contract/permissions.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { hashPassword } from '#platform/identity/password.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { unitMatchKey } from '#modules/registry/names.ts';
import { sealId, sealPhone } from '#modules/registry/personal.ts';
import { copyRows } from '#seeds/demo/copy.ts';
import { identityNumbers, personName, phoneBook } from '#seeds/demo/made-up.ts';
import { planDemo, type DemoPlan } from '#seeds/demo/plan.ts';
import { seededRandom } from '#seeds/demo/random.ts';
import { storeDemo } from '#seeds/demo/store.ts';
import { expansion, filled } from './expand.ts';

/** Who signs in: a clerk of the first county and an officer of its largest township. */
export const PASSWORD = 'Bench-2026-measure';
/** A county of the benchmark holds this many units; a larger database holds more counties. */
const COUNTY_UNITS = 100_000;
const PEOPLE = 5_000;

/** 填充测量用数据库: whole counties made up like the demo's, every estate's units expanded by set-based SQL. @returns seconds taken */
export async function seedDatabase({ kit, ownerUrl }: { kit: Kit; ownerUrl: string }, rows: number, say: (line: string) => void): Promise<number> {
  const started = performance.now();
  const ctx = systemContext(kit);
  const counties = Math.max(1, Math.round(rows / COUNTY_UNITS));
  const sizes: { id: string; size: number }[] = [];
  for (let at = 0; at < counties; at += 1) {
    const plan = planDemo(`bench ${at}`, ctx.today, { code: String(990_200 + at), name: `测算${at + 1}县` });
    sizes.push(...sizesOf(plan, at === counties - 1 ? rows - COUNTY_UNITS * at : COUNTY_UNITS));
    const users = at === 0 ? await usersOf(plan, addMonths(ctx.today, -6)) : { users: [], grants: [] };
    await ctx.transactBulk(async (tx) => {
      await storeDemo(tx, { plan: { ...plan, stocks: [], holdings: [] }, users, vault: kit.vault, today: ctx.today, now: ctx.now });
      tx.audit({ action: 'bench.load', subject: ['OrgUnit', plan.places.countyId], countyId: plan.places.countyId, before: null, after: { county: at } });
    });
  }
  say(`  ${counties} counties, ${sizes.length} estates stored`);
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await fill(owner, kit, sizes, say);
    await assertKeys(owner);
  } finally {
    await owner.end();
  }
  return Math.round((performance.now() - started) / 1000);
}

/** The planned numbers of units scaled so that they add up to the wanted rows. */
function sizesOf(plan: DemoPlan, rows: number): { id: string; size: number }[] {
  const planned = plan.estates.map(({ id, totalUnits }) => ({ id, size: totalUnits ?? 60 }));
  const total = planned.reduce((sum, { size }) => sum + size, 0);
  const scaled = planned.map(({ id, size }) => ({ id, size: Math.max(1, Math.floor((size * rows) / total)) }));
  const missing = rows - scaled.reduce((sum, { size }) => sum + size, 0);
  return scaled.map((each, at) => (at === 0 ? { ...each, size: each.size + missing } : each));
}

async function usersOf(plan: DemoPlan, startedOn: string) {
  const township = plan.places.townships.reduce((most, each) => (each.weight > most.weight ? each : most));
  const passwordHash = await hashPassword(PASSWORD);
  const made = (login: string, role: Role, scopeId: string) => {
    const id = newId<'AppUser'>();
    return {
      user: { id, countyId: plan.places.countyId, login, name: '测算员', passwordHash },
      grant: { id: newId(), userId: id, countyId: plan.places.countyId, role, orgUnitId: scopeId, level: roles[role].level, scopeId, title: '测算', startedOn },
    };
  };
  const both = [made('bench-clerk', 'bureau-clerk', plan.places.countyId), made('bench-officer', 'township-officer', township.id)];
  return { users: both.map(({ user }) => user), grants: both.map(({ grant }) => grant) };
}

/** Fills the large tables with their own indexes out of the way, then makes these again. */
async function fill(owner: Client, kit: Kit, sizes: readonly { id: string; size: number }[], say: (line: string) => void): Promise<void> {
  await owner.query("set maintenance_work_mem = '512MB'; set work_mem = '128MB'; set synchronous_commit = off");
  await owner.query('create temp table bench_estate (id uuid primary key, size integer not null)');
  await owner.query('insert into bench_estate select * from json_populate_recordset(null::bench_estate, $1)', [JSON.stringify(sizes)]);
  await people(owner, kit);
  const { rows: indexes } = await owner.query<{ name: string; definition: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
       join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      where i.indrelid = any($1::regclass[]) and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`, [filled]);
  for (const { name } of indexes) await owner.query(`drop index ${name}`);
  for (const statement of expansion) {
    const started = performance.now();
    await owner.query(statement);
    say(`  ${Math.round((performance.now() - started) / 100) / 10} s  ${statement.trim().slice(0, 70).replaceAll(/\s+/g, ' ')}`);
  }
  for (const { definition } of indexes) await owner.query(definition);
  await owner.query('vacuum (analyze)');
  await owner.query('checkpoint').catch(() => undefined);
}

/** Made-up people with numbers sealed by this deployment's own key, drawn from at random. */
async function people(owner: Client, kit: Kit): Promise<void> {
  const random = seededRandom('bench people');
  const [phone, identity] = [phoneBook(random), identityNumbers(random)];
  const rows = Array.from({ length: PEOPLE }, (_, at) => ({ personNo: at + 1, name: personName(random), ...sealId(kit.vault, identity()), ...sealPhone(kit.vault, phone()) }));
  await owner.query('create temp table bench_person (person_no integer primary key, name text, id_cipher text, id_index text, id_last4 text, phone_cipher text, phone_index text, phone_last4 text, phone_more_index text[])');
  await owner.query('begin');
  await copyRows(owner, 'bench_person', rows);
  await owner.query('commit');
}

/** The SQL writes keys as the registry's own function does; were they to part, the benchmark would measure another product. */
async function assertKeys(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ building: string; entrance: string; room: string; key: string }>(
    'select b.name as building, u.entrance, u.room, u.match_key as key from registry.unit u join registry.building b on b.id = u.building_id order by u.match_key desc limit 50');
  const wrong = rows.find(({ key, ...number }) => unitMatchKey(number) !== key);
  if (wrong) throw new Error(`the benchmark's key ${wrong.key} is not the registry's`);
}
