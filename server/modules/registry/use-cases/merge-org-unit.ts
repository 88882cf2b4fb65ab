import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { mergeOrgUnit as route } from '#contract/registry/org-unit.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeFresh, orDuplicate } from '../access.ts';
import { moveBodies, movePlace, movePosts, type PlaceColumn } from '../move-place.ts';
import { presentOrgUnit } from '../present/org-unit.ts';
import { indexEstates } from '../search-entries.ts';
import { lockOrgUnit, type OrgUnitRecord } from '../store/org-units.ts';

/** 合并乡镇街道、社区: all that belongs to this one belongs to the other from now on; names on both sides that are the same must be settled first. */
export function mergeOrgUnit(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transactBulk(async (tx) => {
    if (params.orgUnitId === body.intoId) throw new Problem('state.conflict', '不能并入自己');
    // One order of locks whoever merges into whom.
    const [first, second] = [params.orgUnitId, body.intoId].toSorted() as [Id<'OrgUnit'>, Id<'OrgUnit'>];
    const [one, two] = [await lockOrgUnit(tx.db, ctx.scope, first), await lockOrgUnit(tx.db, ctx.scope, second)];
    const [from, into] = one.id === params.orgUnitId ? [one, two] : [two, one];
    mustBeFresh(ctx, from);
    refuseUnlike(from, into);
    if (body.onDate > ctx.today) throw new Problem('rule.violated', '生效日期还没有到，请到生效当天再办理', { errors: [{ pointer: '/onDate', message: '不能晚于今天' }] });
    const column: PlaceColumn = from.kind === 'township' ? 'township_id' : 'neighbourhood_id';
    await refuseClash(tx.db, from, into);

    const estates = await tx.db.selectFrom('registry.estate').selectAll().where(from.kind === 'township' ? 'townshipId' : 'neighbourhoodId', '=', from.id).orderBy('id').forUpdate().execute();
    await orDuplicate(movePlace(tx.db, column, from.id, into.id), 'form_shape_key', '两边都存有同一张上报空表，请先把其中一张归档，再合并');
    if (estates.length > 0) await tx.db.updateTable('registry.estate').set((eb) => ({ version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', 'in', estates.map(({ id }) => id)).execute();
    const reason = `${from.name}并入${into.name}，${body.basis}`.slice(0, 200);
    const posts = await movePosts(tx.db, from.id, into.id, { now: ctx.now, reason });
    const neighbourhoods = await moveBodies(tx.db, column, from.id, into.id, ctx.now);
    const gone = await tx.db.updateTable('platform.orgUnit').set((eb) => ({ archivedAt: ctx.now, mergedIntoId: into.id, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', from.id).returningAll().executeTakeFirstOrThrow();
    await tx.db.updateTable('platform.orgUnit').set((eb) => ({ version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', into.id).execute();
    const moved = { estates: estates.filter(({ archivedAt }) => archivedAt === null).length, neighbourhoods, posts };
    await tx.db.insertInto('platform.orgUnitLineage').values({ id: newId<'OrgUnitLineage'>(), countyId: from.countyId, fromId: from.id, toId: into.id, onDate: body.onDate, basis: body.basis, moved: JSON.stringify(moved), createdAt: ctx.now }).execute();
    const live = estates.filter(({ archivedAt }) => archivedAt === null);
    if (live.length > 0) await indexEstates(tx.db, await tx.db.selectFrom('registry.estate').selectAll().where('id', 'in', live.map(({ id }) => id)).execute());
    tx.audit({ action: 'org-unit.merge', subject: ['OrgUnit', from.id], before: { archivedAt: null }, after: { archivedAt: gone.archivedAt }, reason: body.basis });
    tx.audit({ action: 'org-unit.merge', subject: ['OrgUnit', into.id], before: { names: [] }, after: { names: [from.name] }, reason: body.basis });
    for (const estate of live) tx.audit({ action: 'estate.move', subject: ['Estate', estate.id], before: { place: from.name }, after: { place: into.name }, reason, countyId: from.countyId, townshipId: into.townshipId });
    tx.emit({ name: 'registry.org-unit-merged', key: from.id, payload: { fromId: from.id, intoId: into.id } });
    return presentOrgUnit(tx.db, ctx, into.id);
  });
}

function refuseUnlike(from: OrgUnitRecord, into: OrgUnitRecord): void {
  if (from.kind !== 'township' && from.kind !== 'neighbourhood') throw new Problem('rule.violated', '只有乡镇街道和社区（村）可以这样合并');
  if (from.kind !== into.kind) throw new Problem('rule.violated', '乡镇街道只能并入乡镇街道，社区（村）只能并入社区（村）');
  if (from.archivedAt !== null) throw new Problem('state.conflict', `“${from.name}”已经撤销`);
  if (into.archivedAt !== null) throw new Problem('state.conflict', `“${into.name}”已经撤销，请选择现有的机构`);
  if (from.kind === 'neighbourhood' && from.townshipId !== into.townshipId) throw new Problem('rule.violated', '两个社区（村）不在同一个乡镇街道，不能直接合并');
}

/** Estates, and neighbourhoods, of one name on both sides could not be told apart afterwards. */
async function refuseClash(db: Db, from: OrgUnitRecord, into: OrgUnitRecord): Promise<void> {
  if (from.kind !== 'township') return;
  const estates = (await sql<{ name: string }>`
    select a.name from registry.estate a join registry.estate b on b.township_id = ${into.id} and b.match_key = a.match_key and b.archived_at is null
     where a.township_id = ${from.id} and a.archived_at is null order by a.name limit 5`.execute(db)).rows;
  if (estates.length > 0) throw new Problem('state.conflict', `两边有同名的小区（${estates.map(({ name }) => name).join('、')}），请先给其中一个更名，或把重复的合并，再合并乡镇街道`);
  const below = (await sql<{ name: string }>`
    select a.name from platform.org_unit a join platform.org_unit b on b.parent_id = ${into.id} and b.match_key = a.match_key and b.archived_at is null
     where a.parent_id = ${from.id} and a.archived_at is null order by a.name limit 5`.execute(db)).rows;
  if (below.length > 0) throw new Problem('state.conflict', `两边有同名的社区（村）（${below.map(({ name }) => name).join('、')}），请先给其中一个改名，再合并乡镇街道`);
}
