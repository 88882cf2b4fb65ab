import { sql } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { cutAt } from '../ownership-line.ts';
import { ownerKey, ownerKindOf } from '../owner-key.ts';
import { sealId, sealPhone } from '../personal.ts';
import { insertMany } from '../store/bulk-sql.ts';
import { supersede } from '../store/supersede.ts';
import type { OwnerRecord, OwnershipRecord } from '../store/records.ts';
import type { Wanted } from './areas.ts';
import { mapGivingWay } from './give-way.ts';
import { writeHeads, type Draft } from './merge.ts';
import { scopeOf, type EstatePlace } from './place.ts';
import type { BulkOptions, Change, HolderFields } from './types.ts';

type Known = OwnerRecord;
type Line = OwnershipRecord;
interface Holding { readonly unit: Wanted; readonly holder: HolderFields; readonly key: string; readonly kind: OwnershipRecord['kind'] }

/** 写产权人: owners of an estate are one record each; a unit whose holders differ from the ledger's gets a change point on the ledger's day. */
export async function writeHolders(db: Db, wanted: readonly Wanted[], estates: ReadonlyMap<Id<'Estate'>, EstatePlace>, options: BulkOptions): Promise<Change[]> {
  const told = wanted.filter(({ set }) => set.holders !== undefined);
  if (told.length === 0) return [];
  const estateIds = [...new Set(told.map((row) => row.estateId))];
  const owners = (await sql<Known>`select * from registry.owner where estate_id = any(${estateIds}::uuid[]) and archived_at is null`.execute(db)).rows;
  const lines = (await sql<Line>`select * from registry.ownership where estate_id = any(${estateIds}::uuid[]) and superseded_at is null`.execute(db)).rows;
  const byId = new Map(owners.map((row) => [row.id, row]));
  const byKey = new Map(owners.map((row) => [`${row.estateId}/${row.matchKey}`, row]));
  const linesOf = Map.groupBy(lines, (row) => row.unitId);
  const heldBy = new Map<string, number>();
  for (const line of lines) if (line.validTo === null) heldBy.set(line.ownerId, (heldBy.get(line.ownerId) ?? 0) + 1);

  const drafts = new Map<string, Draft<Known>>();
  const holdings = await mapGivingWay(told, (unit) => {
    const standing = (linesOf.get(unit.unitId) ?? []).filter((line) => line.validTo === null).flatMap((line) => { const owner = byId.get(line.ownerId); return owner ? [owner] : []; });
    const renamable = standing.filter((owner) => (heldBy.get(owner.id) ?? 0) === 1);
    return (unit.set.holders ?? []).map((holder, at) => holdingOf({ unit, holder, at, standing, renamable, place: estates.get(unit.estateId), byKey, drafts, options }));
  });
  const keys = [...drafts.keys()];
  const written = await writeHeads<Known>(db, 'registry.owner', await withPurposes(db, [...drafts.values()], options), options);
  const idOf = new Map(keys.map((key, at) => [key, written.ids[at]]));
  await writeLines(db, holdings, linesOf, (holding) => idOf.get(holding.key) ?? byKey.get(holding.key)?.id, estates, options);
  return written.changes;
}

/** New owners name the purpose they are kept for from the start. */
async function withPurposes(db: Db, drafts: readonly Draft<Known>[], { purposesOf }: BulkOptions): Promise<readonly Draft<Known>[]> {
  if (purposesOf === undefined) return drafts;
  const estateOf = (draft: Draft<Known>) => draft.fresh['estateId'] as Id<'Estate'>;
  const purposes = await purposesOf(db, [...new Set(drafts.filter(({ old }) => old === null).map(estateOf))]);
  return drafts.map((draft) => (draft.old === null ? { ...draft, fresh: { ...draft.fresh, purposeId: purposes.get(estateOf(draft)) ?? null } } : draft));
}

interface Told { unit: Wanted; holder: HolderFields; at: number; standing: readonly Known[]; renamable: readonly Known[]; place: EstatePlace | undefined; byKey: ReadonlyMap<string, Known>; drafts: Map<string, Draft<Known>>; options: BulkOptions }

/** Finds or drafts the owner record that one holder of one unit means. */
function holdingOf({ unit, holder, at, standing, renamable, place, byKey, drafts, options }: Told): Holding {
  const kind = ownerKindOf(holder.name, place?.developerName ?? null);
  const sealedId = sealId(options.vault, holder.idNumber ?? null);
  const sealedPhone = sealPhone(options.vault, holder.phone ?? null);
  const namesake = standing.find((owner) => normaliseName(owner.name) === normaliseName(holder.name) && (sealedId.idIndex === null || owner.idIndex === null || owner.idIndex === sealedId.idIndex));
  // What the ledger leaves out is not forgotten: the holder on record keeps number and phone.
  const identity = { name: holder.name, kind, idIndex: sealedId.idIndex ?? namesake?.idIndex ?? null, phoneIndex: sealedPhone.phoneIndex ?? namesake?.phoneIndex ?? null };
  const matchKey = ownerKey(identity, unit.matchKey);
  const key = `${unit.estateId}/${matchKey}`;
  // The same number under another name is the same person, renamed; one who holds other units too may be two persons under one number, and stays apart.
  const renamed = namesake === undefined && sealedId.idIndex !== null ? renamable.find((owner) => owner.idIndex === sealedId.idIndex) : undefined;
  const same = namesake ?? renamed;
  const old = byKey.get(key) ?? (same && !drafts.has(key) ? same : undefined);
  if (!drafts.has(key)) {
    const phone = sealedPhone.phoneIndex !== null && sealedPhone.phoneIndex !== old?.phoneIndex ? sealedPhone : {};
    const number = sealedId.idIndex !== null && sealedId.idIndex !== old?.idIndex ? sealedId : {};
    if (old === undefined) drafts.set(key, { old: null, set: {}, fresh: { ...scopeOf(place), estateId: unit.estateId, kind, name: holder.name, matchKey, ...sealedId, ...sealedPhone } });
    else drafts.set(key, { old, set: { ...phone, ...number, ...(old === renamed ? { name: holder.name } : {}), matchKey }, fresh: {} });
  }
  return { unit, holder, key, kind: holder.kind ?? (at === 0 ? 'owner' : 'co-owner') };
}

async function writeLines(
  db: Db, holdings: readonly (readonly Holding[])[], linesOf: ReadonlyMap<Id<'Unit'>, readonly Line[]>, ownerOf: (holding: Holding) => string | undefined,
  estates: ReadonlyMap<Id<'Estate'>, EstatePlace>, { at, on, batchId }: BulkOptions,
): Promise<void> {
  const gone: string[] = [];
  const fresh: Record<string, unknown>[] = [];
  for (const all of holdings) {
    const of = [...new Map(all.map((holding) => [ownerOf(holding), holding])).values()];
    const [first] = of;
    if (first === undefined) continue;
    const known = linesOf.get(first.unit.unitId) ?? [];
    const present = known.filter((line) => line.validTo === null);
    const told = of.map((holding) => `${ownerOf(holding) ?? ''}/${holding.kind}`).toSorted().join();
    if (present.map((line) => `${line.ownerId}/${line.kind}`).toSorted().join() === told) continue;
    // Nothing known yet: as long as anyone knows. Otherwise the ledger tells of a change without its day: its own day is taken.
    const from = first.unit.set.heldFrom ?? (known.length === 0 ? null : on);
    const cut = cutAt(known, from);
    gone.push(...cut.superseded.map((line) => line.id));
    fresh.push(...cut.shortened.map((line) => ({ ...line, id: newId(), recordedAt: at, supersededAt: null, batchId })));
    fresh.push(...of.map((holding) => ({
      ...blank, ...scopeOf(estates.get(first.unit.estateId)), id: newId(), estateId: first.unit.estateId, unitId: first.unit.unitId, ownerId: ownerOf(holding), kind: holding.kind,
      basis: 'unknown', validFrom: from, validTo: cut.until, recordedAt: at, batchId,
    })));
  }
  await supersede(db, 'registry.ownership', gone, at);
  await insertMany(db, 'registry.ownership', fresh);
}

const blank = {
  id: null, countyId: null, townshipId: null, neighbourhoodId: null, estateId: null, companyId: null, unitId: null, ownerId: null, kind: 'owner', sharePart: null, shareWhole: null, basis: 'unknown',
  validFrom: null, validTo: null, recordedAt: null, supersededAt: null, batchId: null,
};
