import type { Selectable } from 'kysely';
import type { Output } from '#contract/define-route.ts';
import type { getMine, listBindings } from '#contract/owner-binding.ts';
import { comparedNow, decidedOnce, endsWhatStands } from '#domain/owner/binding.ts';
import { maskPhone } from '#domain/kernel/phone.ts';
import { complaintsOfPhone } from '#modules/complaint/index.ts';
import { duesOf, recordFact } from '#modules/obligation/index.ts';
import { homeNames } from '#modules/registry/index.ts';
import { within } from '#platform/access/scope.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import type { PhoneOwner } from './phone-session.ts';
import type { OwnerTables } from './tables.gen.ts';

/** 绑定 as stored. */
export type BindingRecord = Selectable<OwnerTables['owner.binding']>;
type Row = Output<typeof listBindings>['rows'][number];
/** So many homes one telephone may ask for or hold at once. */
export const MOST_HOMES = 10;

/** 可见的绑定: of the post's area; a committee of its own estate. */
export const visibleBindings = (db: Db, { scope }: Pick<Ctx, 'scope'>) => within(scope, db.selectFrom('owner.binding as b'), { alias: 'b', only: ['county', 'township', 'neighbourhood', 'estate'] });

/** 记入时限: asked, confirmed, refused or ended; the community holds it, the township where there is none. */
export async function tellBinding(tx: Tx, ctx: Pick<Ctx, 'actor'>, row: BindingRecord, event: 'asked' | 'confirmed' | 'refused' | 'ended'): Promise<void> {
  await recordFact(tx, {
    event: `owner.binding-${event}`, key: `${row.id}:${row.version}`, subject: ['Binding', row.id], at: tx.now, on: todayIn(tx.now), facts: {}, title: '业主绑定房屋的申请', path: '/owner-bindings?status=asked',
    place: { countyId: row.countyId, townshipId: row.townshipId, neighbourhoodId: row.neighbourhoodId, estateId: row.estateId, companyId: null }, holders: row.neighbourhoodId === null ? { neighbourhood: { orgUnitId: row.townshipId } } : {}, by: { userId: ctx.actor.userId, name: ctx.actor.name },
  });
  tx.emit({ name: `owner.binding-${event}`, key: `${row.id}:${row.version}`, payload: { bindingId: row.id }, countyId: row.countyId });
}

const maskedName = (name: string): string => `${name.slice(0, 1)}${'*'.repeat(Math.max(1, name.length - 1))}`;
const orReason = (violations: readonly { readonly message: string }[]): true | string => (violations.length === 0 ? true : violations.map(({ message }) => message).join('；'));

/** 列表行: names and numbers masked; who must compare asks for the name (`revealName`). */
export async function presentBindings(db: Db, ctx: Ctx, rows: readonly BindingRecord[]): Promise<Row[]> {
  const { vault } = ctx.kit;
  const names = await homeNames(db, rows.flatMap(({ unitId }) => unitId ?? []));
  const estates = rows.length === 0 ? [] : await db.selectFrom('registry.estate').select(['id', 'name']).where('id', 'in', rows.map(({ estateId }) => estateId)).execute();
  return Promise.all(rows.map(async (row) => {
    const name = row.nameCipher === null ? null : vault.open(row.nameCipher);
    return {
      id: row.id, estate: estates.find(({ id }) => id === row.estateId)?.name ?? '', place: row.place, unit: row.unitId === null ? null : names.get(row.unitId) ?? null, unitId: row.unitId,
      name: name === null ? '已删除' : maskedName(name), phone: row.phoneCipher === null ? '已删除' : maskPhone({ kind: 'mobile', number: vault.open(row.phoneCipher) }), status: row.status, how: row.how,
      askedOn: row.askedOn, decidedBy: row.decidedByName, reason: row.reason, endedOn: row.endedOn, due: row.status === 'asked' ? (await duesOf(db, ctx, ['Binding', row.id]))[0] ?? null : null, version: row.version,
      can: { confirm: orReason(decidedOnce.check(row)), refuse: orReason(decidedOnce.check(row)), end: orReason(endsWhatStands.check(row)), reveal: name === null ? '姓名已按保存期限删除' : orReason(comparedNow.check(row)) },
    };
  }));
}

/** 我的, as the telephone's owner sees it. */
export async function presentMine(db: Db, ctx: Ctx, { phone, phoneIndex, countyId, untilOn }: PhoneOwner): Promise<Output<typeof getMine>> {
  const homes = await db.selectFrom('owner.binding as b').innerJoin('registry.estate as e', 'e.id', 'b.estateId').selectAll('b').select('e.name as estate').where('b.countyId', '=', countyId).where('b.phoneIndex', '=', phoneIndex).orderBy('b.id', 'desc').limit(MOST_HOMES * 3).execute();
  return {
    phone: maskPhone({ kind: 'mobile', number: phone }), untilOn, mostHomes: MOST_HOMES,
    homes: await Promise.all(homes.map(async (row) => ({ id: row.id, estate: row.estate, place: row.place, status: row.status, askedOn: row.askedOn, dueOn: row.status === 'asked' ? (await duesOf(db, ctx, ['Binding', row.id]))[0]?.dueOn ?? null : null, reason: row.reason, consentVersion: row.consentVersion, consentedAt: row.consentedAt }))),
    complaints: await complaintsOfPhone(db, { countyId, phoneIndex }),
  };
}

/** 是否已有: one telephone is bound to a home once, and asks for it once; two indexes say the same. */
export async function standsAlready(db: Db, { estateId, phoneIndex, unitId, place, butId }: { readonly estateId: BindingRecord['estateId']; readonly phoneIndex: string | null; readonly unitId: BindingRecord['unitId']; readonly place: string | null; readonly butId?: BindingRecord['id'] }): Promise<boolean> {
  const rows = await db.selectFrom('owner.binding').select(['id', 'unitId', 'place']).where('estateId', '=', estateId).where('phoneIndex', '=', phoneIndex).where('status', 'in', ['asked', 'bound']).execute();
  return rows.some((row) => row.id !== butId && ((unitId !== null && row.unitId === unitId) || row.place === place));
}

/** 锁一条绑定 for change. @throws Problem not-found, state.stale */
export async function lockBinding(tx: Tx, ctx: Ctx, id: BindingRecord['id']): Promise<BindingRecord> {
  const row = await visibleBindings(tx.db, ctx).selectAll('b').where('b.id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', '没有这条申请，或不在管辖范围内');
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw new Problem('state.stale', '这条申请已被别人办理，请刷新后再办');
  return row;
}

/** 存下变更, with its audit entry (no personal data), fact and event. */
export async function changeBinding(tx: Tx, ctx: Pick<Ctx, 'actor'>, before: BindingRecord, event: 'confirmed' | 'refused' | 'ended', columns: Partial<Omit<BindingRecord, 'id' | 'version' | 'createdAt'>>, reason: string): Promise<BindingRecord> {
  const after = await tx.db.updateTable('owner.binding').set({ ...columns, reason, version: before.version + 1, updatedAt: tx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
  tx.audit({ action: `binding.${event}`, subject: ['Binding', after.id], before: { status: before.status }, after: { status: after.status, unitId: after.unitId, how: after.how }, reason, countyId: after.countyId, townshipId: after.townshipId });
  await tellBinding(tx, ctx, after, event);
  return after;
}
