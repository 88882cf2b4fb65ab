import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble, mustBeFresh, orDuplicate, unitCan, estateCan } from '../access.ts';
import { asOf } from '../as-of.ts';
import { idChange, phoneChange } from '../bulk/old.ts';
import { ownerKey } from '../owner-key.ts';
import { open, sealId, sealPhone } from '../personal.ts';
import { presentOwner, presentOwners } from '../present/unit.ts';
import { recountEstate } from '../recount.ts';
import { getEstate } from '../store/estates.ts';
import { paged } from '../store/page.ts';
import { getOwner as loadOwner, pageOwners } from '../store/units.ts';

/** 业主列表(脱敏). */
export function listOwners(ctx: Ctx, { query }: Input<typeof route.listOwners>): Promise<Output<typeof route.listOwners>> {
  return ctx.read(async (db) => {
    const { rows, ...total } = await pageOwners(db, ctx.scope, query);
    const page = paged(rows, query.limit);
    return { rows: await presentOwners(db, ctx, page.rows, asOf(query, ctx.today)), next: page.next, ...total };
  });
}

/** 业主详情(脱敏). */
export function getOwner(ctx: Ctx, { params, query }: Input<typeof route.getOwner>): Promise<Output<typeof route.getOwner>> {
  return ctx.read(async (db) => presentOwner(db, ctx, await loadOwner(db, ctx.scope, params.ownerId), asOf(query, ctx.today)));
}

/** 修改业主. A phone or number left out stays as it is. */
export function updateOwner(ctx: Ctx, { params, body }: Input<typeof route.putOwner>): Promise<Output<typeof route.putOwner>> {
  return ctx.transact(async (tx) => {
    const before = await loadOwner(tx.db, ctx.scope, params.ownerId, true);
    mustBeFresh(ctx, before);
    mustBeAble(unitCan(ctx, before).edit);

    const { idNumber, phone, ...plain } = body;
    const fields = { ...plain, ...idChange(ctx.kit.vault, idNumber, before, sealId), ...phoneChange(ctx.kit.vault, phone, before, sealPhone) };
    const merged = { ...before, ...fields };
    const matchKey = before.matchKey.startsWith('name:') && merged.idIndex === null && merged.phoneIndex === null && merged.name === before.name ? before.matchKey : ownerKey(merged, before.id);
    const after = await orDuplicate(tx.db.updateTable('registry.owner').set((eb) => ({ ...fields, matchKey, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(), 'owner_match_key', '本小区已有同一业主，请直接选用已有的记录');
    await recountEstate(tx.db, [after.estateId], { on: ctx.today, now: ctx.now });
    tx.audit({ action: 'owner.update', subject: ['Owner', after.id], before, after, countyId: after.countyId, townshipId: after.townshipId });
    return presentOwner(tx.db, ctx, after, asOf({}, ctx.today));
  });
}

/** 查看业主完整号码: the look itself is recorded, with its reason. */
export function revealOwner(ctx: Ctx, { params, body }: Input<typeof route.revealOwner>): Promise<Output<typeof route.revealOwner>> {
  return ctx.transact(async (tx) => {
    const row = await loadOwner(tx.db, ctx.scope, params.ownerId);
    tx.audit({ action: 'owner.reveal', subject: ['Owner', row.id], before: null, after: { field: body.field }, reason: body.reason, countyId: row.countyId, townshipId: row.townshipId });
    return { value: open(ctx.kit.vault, body.field === 'phone' ? row.phoneCipher : row.idCipher) };
  });
}

/** 业主信息装载目的. */
export function listOwnerPurposes(ctx: Ctx, { params }: Input<typeof route.listOwnerPurposes>): Promise<Output<typeof route.listOwnerPurposes>> {
  return ctx.read(async (db) => {
    await getEstate(db, ctx.scope, params.estateId);
    return { rows: await db.selectFrom('registry.ownerPurpose').select(['id', 'purpose', 'document', 'deleteOn', 'recordedAt', 'endedAt']).where('estateId', '=', params.estateId).orderBy('id', 'desc').limit(100).execute() };
  });
}

/** 登记业主信息装载目的: owners loaded without one are put under it. */
export function createOwnerPurpose(ctx: Ctx, { params, body }: Input<typeof route.postOwnerPurpose>): Promise<Output<typeof route.postOwnerPurpose>> {
  return ctx.transact(async (tx) => {
    const estate = await getEstate(tx.db, ctx.scope, params.estateId);
    mustBeAble(estateCan(ctx, estate).units);
    if (body.deleteOn <= ctx.today) throw new Problem('input.invalid', '删除日期应晚于今天', { errors: [{ pointer: '/deleteOn', message: '应晚于今天' }] });
    const { countyId, townshipId, neighbourhoodId } = estate;

    const row = await tx.db.insertInto('registry.ownerPurpose').values({ id: newId<'OwnerPurpose'>(), countyId, townshipId, neighbourhoodId, estateId: estate.id, ...body, recordedBy: ctx.actor.userId, recordedAt: ctx.now }).returningAll().executeTakeFirstOrThrow();
    await tx.db.updateTable('registry.owner').set({ purposeId: row.id }).where('estateId', '=', estate.id).where('purposeId', 'is', null).execute();
    tx.audit({ action: 'owner.purpose', subject: ['Estate', estate.id], before: null, after: body, countyId, townshipId });
    return { id: row.id, purpose: row.purpose, document: row.document, deleteOn: row.deleteOn, recordedAt: row.recordedAt, endedAt: row.endedAt };
  });
}
