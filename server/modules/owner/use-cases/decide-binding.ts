import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/owner-binding.ts';
import { bindingHowLabels, bindingStatusLabels, bindsAUnit, comparedNow, decidedOnce, endsWhatStands } from '#domain/owner/binding.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { decide } from '#domain/kernel/rule.ts';
import { parseUnitNumber } from '#domain/kernel/unit-number.ts';
import { holderNamed, unitMatchKey } from '#modules/registry/index.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { column, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { changeBinding, lockBinding, presentBindings, standsAlready, visibleBindings, type BindingRecord } from '../binding.ts';

type Row = Output<typeof route.listBindings>['rows'][number];
const EXACT_TO = 1_000;

function asked(db: Db, ctx: Ctx, { status, estateId }: Input<typeof route.exportBindings>['query']) {
  let query = visibleBindings(db, ctx);
  if (status) query = query.where('b.status', '=', status);
  if (estateId) query = query.where('b.estateId', '=', estateId);
  return query;
}

/** 业主绑定房屋的申请, the newest first. */
export function listBindings(ctx: Ctx, { query }: Input<typeof route.listBindings>): Promise<Output<typeof route.listBindings>> {
  return ctx.read(async (db) => {
    const like = asked(db, ctx, query);
    const { n } = await db.selectFrom(like.select(sql<number>`1`.as('one')).limit(EXACT_TO + 1).as('few')).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    const { after } = query;
    const found = await (after === undefined ? like : like.where('b.id', '<', makeId<'Binding'>(after))).selectAll('b').orderBy('b.id', 'desc').limit(query.limit + 1).execute();
    const rows = found.slice(0, query.limit);
    return { rows: await presentBindings(db, ctx, rows), next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, total: Math.min(n, EXACT_TO), totalIsExact: n <= EXACT_TO };
  });
}

/** 导出申请: without names. */
export const exportBindings = (ctx: Ctx, { query }: Input<typeof route.exportBindings>): Promise<Output<typeof route.exportBindings>> => exportList<Row>(ctx, {
  title: '业主绑定房屋的申请', kind: 'binding', on: ctx.today, query,
  columns: [
    column('小区', 'text', (row) => text(row.estate)), column('所填房屋', 'text', (row) => text(row.place)), column('登记的房屋', 'text', (row) => text(row.unit)), column('状态', 'text', (row) => text(bindingStatusLabels[row.status])), column('认定方式', 'text', (row) => text(row.how === null ? null : bindingHowLabels[row.how])),
    column('申请日期', 'date', (row) => day(row.askedOn)), column('核对期限', 'date', (row) => day(row.due?.dueOn ?? null)), column('核对人', 'text', (row) => text(row.decidedBy)), column('理由', 'text', (row) => text(row.reason)), column('结束日期', 'date', (row) => day(row.endedOn)),
  ],
  rows: async (db) => presentBindings(db, ctx, refuseTooManyRows(await asked(db, ctx, query).selectAll('b').orderBy('b.id', 'desc').limit(EXPORT_MOST + 1).execute())),
});

const deciding = (ctx: Ctx) => ({ decidedAt: ctx.now, decidedBy: ctx.actor.userId, decidedByName: ctx.actor.name });
async function acting(ctx: Ctx, id: BindingRecord['id'], work: (tx: Tx, before: BindingRecord) => Promise<BindingRecord>): Promise<Row> {
  return ctx.transact(async (tx) => {
    const [row] = await presentBindings(tx.db, ctx, [await work(tx, await lockBinding(tx, ctx, id))]);
    if (row === undefined) throw new Error('a binding that was changed is there');
    return row;
  });
}

/** 确认绑定: how it was compared stands with it; the holder of that name on record, where there is one, is tied to it. */
export const confirmBinding = (ctx: Ctx, { params, body }: Input<typeof route.confirmBinding>): Promise<Row> => acting(ctx, params.bindingId, async (tx, before) => {
  orRefuse(decide(decidedOnce.check(before), null));
  const unitId = body.room === '' ? before.unitId : await unitNamed(tx, before, body.room);
  orRefuse(decide(bindsAUnit.check({ hasUnit: unitId !== null }), null));
  const name = before.nameCipher === null ? null : ctx.kit.vault.open(before.nameCipher);
  const ownerId = unitId === null || name === null ? undefined : await holderNamed(tx.db, unitId, { name, phoneIndex: null, on: ctx.today });
  if (await standsAlready(tx.db, { estateId: before.estateId, phoneIndex: before.phoneIndex, unitId, place: null, butId: before.id })) throw new Problem('rule.violated', '这个手机号已经绑定这套房屋，请不予通过这一条');
  return changeBinding(tx, ctx, before, 'confirmed', { ...deciding(ctx), status: 'bound', how: 'confirmed', unitId, ownerId: ownerId ?? null }, body.reason);
});

async function unitNamed(tx: Tx, { estateId }: BindingRecord, words: string): Promise<BindingRecord['unitId']> {
  const number = parseUnitNumber(words);
  const unit = number === undefined ? undefined : await tx.db.selectFrom('registry.unit').select('id').where('estateId', '=', estateId).where('matchKey', '=', unitMatchKey(number)).where('archivedAt', 'is', null).executeTakeFirst();
  if (unit === undefined) throw new Problem('input.invalid', `这个小区的登记里没有“${words}”，请核对楼栋、单元和房号`, { errors: [{ pointer: '/room', message: '没有这套房屋' }] });
  return unit.id;
}

/** 不予通过, with the reason the owner reads. */
export const refuseBinding = (ctx: Ctx, { params, body }: Input<typeof route.refuseBinding>): Promise<Row> => acting(ctx, params.bindingId, async (tx, before) => {
  orRefuse(decide(decidedOnce.check(before), null));
  return changeBinding(tx, ctx, before, 'refused', { ...deciding(ctx), status: 'refused', endedOn: ctx.today }, body.reason);
});

/** 解除绑定 by whoever keeps the register of homes. */
export const endBinding = (ctx: Ctx, { params, body }: Input<typeof route.endBinding>): Promise<Row> => acting(ctx, params.bindingId, async (tx, before) => {
  orRefuse(decide(endsWhatStands.check(before), null));
  return changeBinding(tx, ctx, before, 'ended', { ...deciding(ctx), status: 'ended', endedOn: ctx.today }, body.reason);
});

/** 查看姓名, to compare it with a certificate or with what neighbours know; each look stands in the log with its reason. */
export const revealName = (ctx: Ctx, { params, body }: Input<typeof route.revealBindingName>): Promise<Output<typeof route.revealBindingName>> => ctx.transact(async (tx) => {
  const row = await lockBinding(tx, ctx, params.bindingId);
  orRefuse(decide(comparedNow.check(row), null));
  tx.audit({ action: 'binding.reveal', subject: ['Binding', row.id], before: null, after: { field: 'name' }, reason: body.reason, countyId: row.countyId, townshipId: row.townshipId });
  return { value: row.nameCipher === null ? null : ctx.kit.vault.open(row.nameCipher) };
});
