import type { Input, Output } from '#contract/define-route.ts';
import type { putEstateNames as namesRoute, renameEstate as route } from '#contract/registry/estate.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { estateCan, mustBeAble, mustBeFresh, orDuplicate } from '../access.ts';
import { asOf } from '../as-of.ts';
import { estateKey } from '../names.ts';
import { presentEstate } from '../present/estate.ts';
import { indexEstates, reindexUnits } from '../search-entries.ts';
import { lockEstate } from '../store/estates.ts';
import { namesOf } from '../store/estate-history.ts';

/** 小区更名: the old name stays findable as a former name. */
export function renameEstate(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeFresh(ctx, before);
    mustBeAble(estateCan(ctx, before).rename);
    if (before.name === body.name) throw new Problem('state.conflict', '新名称与现名称相同');

    const after = await orDuplicate(
      tx.db.updateTable('registry.estate').set((eb) => ({ name: body.name, matchKey: estateKey(body.name, before.phase), version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(),
      'estate_name_key', '本乡镇街道已有这个名称的小区',
    );
    const { countyId, townshipId, neighbourhoodId, companyId } = after;
    await tx.db.insertInto('registry.estateName').values({ id: newId<'EstateName'>(), estateId: after.id, countyId, townshipId, neighbourhoodId, companyId, name: before.name, matchKey: before.matchKey, kind: 'former', sinceOn: null, untilOn: body.onDate, createdAt: ctx.now }).execute();
    await indexEstates(tx.db, [after]);
    await reindexUnits(tx.db, after);
    tx.audit({ action: 'estate.rename', subject: ['Estate', after.id], before, after, reason: body.basis ?? undefined, countyId, townshipId });
    return presentEstate(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}

/** 登记俗称和所含地名: the list as given takes the place of the one on record; former names from renaming stay. */
export function updateEstateNames(ctx: Ctx, { params, body }: Input<typeof namesRoute>): Promise<Output<typeof namesRoute>> {
  return ctx.transact(async (tx) => {
    const before = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeFresh(ctx, before);
    mustBeAble(estateCan(ctx, before).rename);
    const old = await namesOf(tx.db, before.id);

    const { id: estateId, countyId, townshipId, neighbourhoodId, companyId } = before;
    await tx.db.deleteFrom('registry.estateName').where('estateId', '=', estateId).execute();
    if (body.names.length > 0) await tx.db.insertInto('registry.estateName').values(body.names.map((one) => ({ ...one, id: newId<'EstateName'>(), estateId, countyId, townshipId, neighbourhoodId, companyId, matchKey: estateKey(one.name), createdAt: ctx.now }))).execute();
    const after = await tx.db.updateTable('registry.estate').set((eb) => ({ version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', estateId).returningAll().executeTakeFirstOrThrow();
    await indexEstates(tx.db, [after]);
    const said = (names: readonly { name: string; kind: string }[]) => names.map((one) => one.name);
    tx.audit({ action: 'estate.names', subject: ['Estate', estateId], before: { names: said(old) }, after: { names: said(body.names) }, countyId, townshipId });
    return presentEstate(tx.db, ctx, estateId, asOf({}, ctx.today));
  });
}
