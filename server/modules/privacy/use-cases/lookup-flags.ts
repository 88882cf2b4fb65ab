import { sql } from 'kysely';
import type { z } from 'zod';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/privacy.ts';
import { roleMay } from '#contract/permissions.ts';
import { revealFlagPerDay } from '#domain/administration/policy.ts';
import { makeId, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { decide } from '#domain/kernel/rule.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { exportFlagRows, revealFlagPerHour } from '#domain/privacy/policy.ts';
import { flagDecidedByAnother } from '#domain/privacy/rules.ts';
import { everything, within, type Scope } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { notify } from '#platform/notices/notify.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { column, count, day, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';

const spans = { hour: '一小时内查看完整号码', day: '一天查看完整号码', export: '一天导出行数' } as const;
const visible = (db: Db, scope: Scope) => within(scope, db.selectFrom('privacy.lookupFlag as f'), { alias: 'f', only: ['county'] });
type Flag = Awaited<ReturnType<typeof find>>;

function filtered(db: Db, scope: Scope, { q, status }: z.output<typeof route.lookupFlagFilters>) {
  let flags = visible(db, scope);
  if (q) flags = flags.where(sql<boolean>`position(${q} in f.user_name) > 0`);
  return status === undefined ? flags : flags.where('f.outcome', status === 'open' ? 'is' : 'is not', null);
}

/** 批量查询提示, by date only: nobody is ranked. */
export function listLookupFlags(ctx: Ctx, { query }: Input<typeof route.listLookupFlags>): Promise<Output<typeof route.listLookupFlags>> {
  return ctx.read(async (db) => {
    const all = filtered(db, ctx.scope, query);
    const { total } = await db.selectFrom(all.select(sql<number>`1`.as('one')).limit(1_001).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const found = await (query.after === undefined ? all : all.where(sql<boolean>`f.id < ${query.after}::uuid`)).selectAll('f').orderBy('f.id', 'desc').limit(query.limit + 1).execute();
    const rows = found.slice(0, query.limit);
    return { rows: rows.map((row) => present(ctx, row)), next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, 1_000), totalIsExact: total <= 1_000 };
  });
}

/** 导出批量查询提示. */
export const exportLookupFlags = (ctx: Ctx, { query }: Input<typeof route.exportLookupFlags>): Promise<Output<typeof route.exportLookupFlags>> => exportList<Flag>(ctx, {
  title: '批量查询提示', kind: 'lookup-flag', on: ctx.today, query,
  columns: [
    column('查询人', 'text', (row) => text(row.userName)), column('日期', 'date', (row) => day(row.lookedOn)), column('情形', 'text', (row) => text(spans[row.span])), column('次数（行数）', 'count', (row) => count(row.most)), column('提示值', 'count', (row) => count(row.limitValue)),
    column('核实结果', 'text', (row) => text(row.outcome)), column('核实人', 'text', (row) => text(row.decidedByName)), column('核实时间', 'moment', (row) => moment(row.decidedAt)),
  ],
  rows: async (db) => refuseTooManyRows(await filtered(db, ctx.scope, query).selectAll('f').orderBy('f.id', 'desc').limit(EXPORT_MOST + 1).execute()),
});

const find = (db: Db, scope: Scope, id: Id<'LookupFlag'>) => visible(db, scope).selectAll('f').where('f.id', '=', id).forUpdate().executeTakeFirstOrThrow(() => new Problem('not-found', '没有这条提示'));

function present({ actor }: Pick<Ctx, 'actor'>, { id, userId, userName, lookedOn, span, most, limitValue, outcome, decidedByName, decidedAt, version }: Flag): Output<typeof route.putLookupOutcome> {
  const broken = flagDecidedByAnother.check({ deciderId: actor.userId, userId, isDecided: outcome !== null });
  const may = actor.role !== null && roleMay(actor.role, 'privacy.manage') ? broken.length === 0 || broken.map(({ message }) => message).join('；') : '由安全管理员核实';
  return { id, userName, lookedOn, span, most, limitValue, outcome, decidedByName, decidedAt, version, can: { decide: may } };
}

/** 核实批量查询: what it was for, in words. Nothing is blocked by the flag or freed by this. */
export function decideLookupFlag(ctx: Ctx, { params, body }: Input<typeof route.putLookupOutcome>): Promise<Output<typeof route.putLookupOutcome>> {
  return ctx.transact(async (tx) => {
    const before = await find(tx.db, ctx.scope, params.flagId);
    if (ctx.ifMatch !== null && ctx.ifMatch !== before.version) throw new Problem('state.stale', '这条提示刚有变化，请刷新后再核实');
    orRefuse(decide(flagDecidedByAnother.check({ deciderId: ctx.actor.userId, userId: before.userId, isDecided: before.outcome !== null }), null));
    const after = await tx.db.updateTable('privacy.lookupFlag').set({ outcome: body.outcome, decidedBy: ctx.actor.userId, decidedByName: ctx.actor.name, decidedAt: ctx.now, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'privacy.decide', subject: ['LookupFlag', before.id], before: null, after: { holder: before.userName }, reason: body.outcome, countyId: before.countyId });
    return present(ctx, after);
  });
}

interface Counted { readonly userId: string; readonly name: string; readonly lookedOn: LocalDate; readonly hour: number; readonly day: number; readonly exported: number }

/** 清点查询: every hour, of today and yesterday; a flag once per person, day and kind, its number kept up to date until somebody has looked into it. */
export async function flagLookups(ctx: Ctx): Promise<void> {
  const counties = await ctx.kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').where('archivedAt', 'is', null).execute());
  for (const { id } of counties) {
    await ctx.transact(async (tx) => {
      const limits = { hour: await parameterValue(tx, id, revealFlagPerHour, ctx.today), day: await parameterValue(tx, id, revealFlagPerDay, ctx.today), export: await parameterValue(tx, id, exportFlagRows, ctx.today) };
      let raised = 0;
      for (const one of await counted(tx.db, id, addDays(ctx.today, -1))) {
        for (const [span, most] of [['hour', one.hour], ['day', one.day], ['export', one.exported]] as const) if (most >= limits[span] && await raise(tx, ctx, id, one, { span, most, limit: limits[span] })) raised += 1;
      }
      if (raised === 0) tx.auditNothing('nobody looked up more than the county flags');
    });
  }
}

/** Looks and exported rows per person and day, out of the audit trail itself: what is not recorded there did not happen. */
async function counted(db: Db, countyId: Id<'OrgUnit'>, from: LocalDate): Promise<readonly Counted[]> {
  const found = await sql<Counted>`
    with looks as (
      select e.actor_id, (e.at at time zone 'Asia/Shanghai')::date as looked_on, date_trunc('hour', e.at) as hour_at,
             count(*) filter (where e.action in ('owner.reveal', 'practitioner.reveal', 'personal-copy.export')) as reveals,
             coalesce(sum((e.after ->> 'rows')::integer) filter (where e.action in ('owner.export', 'practitioner.export', 'unit.export')), 0) as exported
        from audit.entry e
       where e.county_id = ${countyId} and e.actor_id is not null and e.at >= (${from}::date::timestamp at time zone 'Asia/Shanghai')
         and e.action in ('owner.reveal', 'practitioner.reveal', 'personal-copy.export', 'owner.export', 'practitioner.export', 'unit.export')
       group by 1, 2, 3)
    select l.actor_id as user_id, u.name, l.looked_on, max(l.reveals)::integer as hour, sum(l.reveals)::integer as day, sum(l.exported)::integer as exported
      from looks l join platform.app_user u on u.id = l.actor_id group by 1, 2, 3 order by 3, 1`.execute(db);
  return found.rows;
}

async function raise(tx: Tx, ctx: Ctx, countyId: Id<'OrgUnit'>, { userId, name, lookedOn }: Counted, { span, most, limit }: { span: 'hour' | 'day' | 'export'; most: number; limit: number }): Promise<boolean> {
  const row = await tx.db.insertInto('privacy.lookupFlag').values({ id: newId<'LookupFlag'>(), countyId, userId: makeId<'AppUser'>(userId), userName: name, lookedOn, span, most, limitValue: limit, createdAt: ctx.now, updatedAt: ctx.now })
    .onConflict((conflict) => conflict.columns(['countyId', 'userId', 'lookedOn', 'span']).doNothing()).returning('id').executeTakeFirst();
  if (!row) {
    await tx.db.updateTable('privacy.lookupFlag').set({ most, updatedAt: ctx.now }).where('countyId', '=', countyId).where('userId', '=', makeId<'AppUser'>(userId)).where('lookedOn', '=', lookedOn).where('span', '=', span).where('outcome', 'is', null).where('most', '<', most).execute();
    return false;
  }
  tx.audit({ action: 'privacy.flag', subject: ['LookupFlag', row.id], before: null, after: { holder: name, on: lookedOn, rows: most }, countyId });
  await notify(tx, { kind: 'privacy.lookups', to: [{ orgUnitId: countyId, permission: 'privacy.manage' }], subject: ['LookupFlag', row.id], text: `有人${spans[span]}达到提示值（${most}，提示值 ${limit}），请核实用途`, path: '/lookup-flags' });
  return true;
}
