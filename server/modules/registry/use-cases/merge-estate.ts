import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { mergeEstate as route } from '#contract/registry/estate.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { estateCan, mustBeAble, mustBeFresh } from '../access.ts';
import { asOf } from '../as-of.ts';
import { estateScoped, moveScope, settleCompany } from '../move-scope.ts';
import { presentEstate } from '../present/estate.ts';
import { recountEstate } from '../recount.ts';
import { dropEntries, indexEstates, reindexUnits } from '../search-entries.ts';
import { lockEstate } from '../store/estates.ts';
import type { EstateRecord } from '../store/records.ts';

/** 合并小区: what refers to this estate moves to the other; its name stays findable there. Rooms or owners on both sides must be settled first. */
export function mergeEstate(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    if (params.estateId === body.intoId) throw new Problem('state.conflict', '不能并入自己');
    // One order of locks whoever merges into whom.
    const [first, second] = [params.estateId, body.intoId].toSorted() as [Id<'Estate'>, Id<'Estate'>];
    const [one, two] = [await lockEstate(tx.db, ctx.scope, first), await lockEstate(tx.db, ctx.scope, second)];
    const [from, into] = one.id === params.estateId ? [one, two] : [two, one];
    mustBeFresh(ctx, from);
    mustBeAble(estateCan(ctx, from).merge);
    if (into.archivedAt !== null) throw new Problem('state.conflict', '并入的小区已归档');
    await refuseClash(tx.db, from, into);

    await moveRows(tx.db, from, into, ctx);
    const gone = await tx.db.updateTable('registry.estate').set((eb) => ({ archivedAt: ctx.now, archivedReason: body.reason, mergedIntoId: into.id, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', from.id).returningAll().executeTakeFirstOrThrow();
    await tx.db.insertInto('registry.estateLineage').values({ id: newId<'EstateLineage'>(), countyId: from.countyId, fromId: from.id, toId: into.id, kind: 'merge', onDate: body.onDate ?? ctx.today, basis: body.reason, createdAt: ctx.now }).execute();
    const after = await tx.db.updateTable('registry.estate').set((eb) => ({ version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', into.id).returningAll().executeTakeFirstOrThrow();
    await dropEntries(tx.db, 'estate', [from.id]);
    await moveScope(tx.db, [into.id]);
    await settleCompany(tx.db, [into.id], ctx.today);
    await recountEstate(tx.db, [into.id, from.id], { on: ctx.today, now: ctx.now });
    await indexEstates(tx.db, [await tx.db.selectFrom('registry.estate').selectAll().where('id', '=', into.id).executeTakeFirstOrThrow()]);
    await reindexUnits(tx.db, after);
    tx.audit({ action: 'estate.merge', subject: ['Estate', from.id], before: from, after: gone, reason: body.reason, countyId: from.countyId, townshipId: from.townshipId });
    tx.audit({ action: 'estate.merge', subject: ['Estate', into.id], before: { names: [] }, after: { names: [from.name] }, reason: body.reason, countyId: into.countyId, townshipId: into.townshipId });
    tx.emit({ name: 'registry.estate-merged', key: from.id, payload: { fromId: from.id, intoId: into.id } });
    return presentEstate(tx.db, ctx, into.id, asOf({}, ctx.today));
  });
}

async function refuseClash(db: Db, from: EstateRecord, into: EstateRecord): Promise<void> {
  const clash = (await sql<{ title: string }>`
    select b.name || '-' || u.entrance || '-' || u.room as title from registry.unit u join registry.building b on b.id = u.building_id
     where u.estate_id = ${from.id} and u.archived_at is null and exists (select from registry.unit v where v.estate_id = ${into.id} and v.match_key = u.match_key and v.archived_at is null) limit 3`.execute(db)).rows;
  if (clash.length > 0) throw new Problem('state.conflict', `两个小区有相同的房号（${clash.map((row) => row.title).join('、')} 等），请先归档重复的房屋再合并`);
}

/** Rows of buildings and owners that both sides have become one; all else changes its estate. */
async function moveRows(db: Db, from: EstateRecord, into: EstateRecord, { now }: Pick<Ctx, 'now'>): Promise<void> {
  const twins = sql`select a.id as old_id, b.id as new_id from registry.building a join registry.building b on b.estate_id = ${into.id} and b.match_key = a.match_key and b.archived_at is null where a.estate_id = ${from.id} and a.archived_at is null`;
  await sql`update registry.unit u set building_id = w.new_id from (${twins}) w where u.building_id = w.old_id`.execute(db);
  await sql`update registry.building b set archived_at = ${now} from (${twins}) w where b.id = w.old_id`.execute(db);
  const owners = sql`select a.id as old_id, b.id as new_id from registry.owner a join registry.owner b on b.estate_id = ${into.id} and b.match_key = a.match_key and b.archived_at is null where a.estate_id = ${from.id} and a.archived_at is null`;
  await sql`update registry.ownership s set owner_id = w.new_id from (${owners}) w where s.owner_id = w.old_id`.execute(db);
  await sql`update registry.owner o set archived_at = ${now} from (${owners}) w where o.id = w.old_id`.execute(db);
  await db.insertInto('registry.estateName').values({ id: newId<'EstateName'>(), estateId: into.id, countyId: into.countyId, townshipId: into.townshipId, neighbourhoodId: into.neighbourhoodId, companyId: into.companyId, name: from.name, matchKey: from.matchKey, kind: 'former', sinceOn: null, untilOn: null, createdAt: now }).execute();
  const stays = new Set(['registry.estate_rollup', 'registry.search_entry']);
  for (const { table } of estateScoped.filter((scoped) => !stays.has(scoped.table))) await sql`update ${sql.raw(table)} set estate_id = ${into.id} where estate_id = ${from.id}`.execute(db);
  await sql`update registry.search_entry set estate_id = ${into.id} where estate_id = ${from.id} and kind = 'unit'`.execute(db);
}
