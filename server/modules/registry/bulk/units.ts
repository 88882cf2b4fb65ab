import { sql } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import { buildingKey, entranceKey, roomKey, type UnitNumber } from '#domain/kernel/unit-number.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { unitMatchKey } from '../names.ts';
import { recountEstate } from '../recount.ts';
import { indexUnits } from '../search-entries.ts';
import type { BuildingRecord } from '../store/records.ts';
import { writeAreas } from './areas.ts';
import { mapGivingWay } from './give-way.ts';
import { writeHeads } from './merge.ts';
import { byId } from './old.ts';
import { scopeOf, type EstatePlace } from './place.ts';
import { writeHolders } from './holders.ts';
import type { BulkOptions, Change, UnitWrite, Written } from './types.ts';

/**
 * 批量写房屋: buildings, units, areas by source, owners and who holds what, with search entries and the estates' rollups.
 * Set-based: made for 100,000 rows in one transaction.
 */
export async function bulkWriteUnits(tx: Pick<Tx, 'db'>, rows: readonly UnitWrite[], options: BulkOptions): Promise<Written<'Unit'>> {
  const { db } = tx;
  const estates = await placesOf(db, rows.map((row) => row.estateId));
  const buildings = await ensureBuildings(db, rows, estates, options);
  const old = await byId(db, 'registry.unit', rows.map((row) => row.id));
  const drafts = await mapGivingWay(rows, (row) => {
    const before = row.id ? old.get(row.id) ?? null : null;
    const { building, entrance, room, usage, deliveredOn, note } = row.set;
    const place = estates.get(row.estateId);
    const number = building !== undefined && room !== undefined ? keysOf({ building, entrance: entrance ?? '', room }) : null;
    return {
      old: before,
      set: {
        ...(number === null ? {} : {
          buildingId: buildings.ids.get(`${row.estateId}/${number.building}`), matchKey: number.matchKey,
          // A number written otherwise is the same number: what stands stays.
          ...(before !== null && before.matchKey === number.matchKey ? {} : { entrance: number.entrance, room: number.room }),
        }),
        ...given({ usage, deliveredOn, note }),
      },
      fresh: { ...scopeOf(place), estateId: row.estateId, entrance: '', usage: 'residential' },
    };
  });
  const { ids, changes } = await writeHeads(db, 'registry.unit', drafts, options);
  const unitIds = ids as Id<'Unit'>[];
  const wanted = rows.flatMap((row, at) => (unitIds[at] === undefined ? [] : [{ unitId: unitIds[at], estateId: row.estateId, set: row.set, matchKey: drafts[at]?.set.matchKey ?? unitMatchKey({ building: row.set.building ?? '', entrance: row.set.entrance ?? '', room: row.set.room ?? unitIds[at] }) }]));
  await writeAreas(db, wanted, estates, options);
  const owners = await writeHolders(db, wanted, estates, options);
  await indexWritten(db, changes, estates);
  if (options.recountLater) for (const id of estates.keys()) options.recountLater.add(id);
  else await recountEstate(db, [...estates.keys()], { on: options.on, now: options.at });
  return { ids: unitIds, changes: [...buildings.changes, ...changes, ...owners] };
}

/** The keys of a number's parts, made once per row; together they are `unitMatchKey`. */
function keysOf(number: UnitNumber): UnitNumber & { readonly matchKey: string } {
  const [building, entrance, room] = [buildingKey(number.building), entranceKey(number.entrance), roomKey(number.room)];
  return { building, entrance, room, matchKey: [building, entrance, room].join('-') };
}

const given = (fields: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

async function placesOf(db: Db, ids: readonly Id<'Estate'>[]): Promise<Map<Id<'Estate'>, EstatePlace>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const found = await db.selectFrom('registry.estate').select(['id', 'countyId', 'townshipId', 'neighbourhoodId', 'companyId', 'name', 'developerName', 'isDemo']).where('id', 'in', wanted).orderBy('id').forUpdate().execute();
  return new Map(found.map((row) => [row.id, row]));
}

async function ensureBuildings(db: Db, rows: readonly UnitWrite[], estates: Map<Id<'Estate'>, EstatePlace>, options: BulkOptions): Promise<{ ids: Map<string, string>; changes: Change[] }> {
  const known = estates.size === 0 ? [] : await db.selectFrom('registry.building').select(['id', 'estateId', 'matchKey']).where('estateId', 'in', [...estates.keys()]).where('archivedAt', 'is', null).execute();
  const ids = new Map<string, string>(known.map((row) => [`${row.estateId}/${row.matchKey}`, row.id]));
  const missing = new Map<string, { estateId: Id<'Estate'>; name: string; matchKey: string }>();
  for (const { estateId, set } of rows) {
    if (set.building === undefined) continue;
    const matchKey = buildingKey(set.building);
    if (!ids.has(`${estateId}/${matchKey}`)) missing.set(`${estateId}/${matchKey}`, { estateId, name: set.building, matchKey });
  }
  const fresh = [...missing.values()];
  const written = await writeHeads<BuildingRecord>(db, 'registry.building', fresh.map((row) => ({ old: null, set: {}, fresh: { ...row, ...scopeOf(estates.get(row.estateId)) } })), options);
  fresh.forEach((row, at) => { const id = written.ids[at]; if (id !== undefined) ids.set(`${row.estateId}/${row.matchKey}`, id); });
  return { ids, changes: written.changes };
}

async function indexWritten(db: Db, changes: readonly Change[], estates: Map<Id<'Estate'>, EstatePlace>): Promise<void> {
  const numbered = changes.filter((change) => change.act === 'insert' || (change.before && ('room' in change.before || 'buildingId' in change.before))).map((change) => change.id);
  if (numbered.length === 0) return;
  const units = await sql<{ id: string; estateId: Id<'Estate'>; matchKey: string; entrance: string; room: string; building: string }>`
    select u.id, u.estate_id, u.match_key, u.entrance, u.room, b.name as building from registry.unit u join registry.building b on b.id = u.building_id where u.id = any(${numbered}::uuid[])`.execute(db);
  for (const [isDemo, of] of Map.groupBy(units.rows, (row) => estates.get(row.estateId)?.isDemo ?? false)) {
    await indexUnits(db, of.flatMap((row) => { const place = estates.get(row.estateId); return place ? [{ ...row, countyId: place.countyId, townshipId: place.townshipId, neighbourhoodId: place.neighbourhoodId, companyId: place.companyId, estate: place.name }] : []; }), isDemo);
  }
}
