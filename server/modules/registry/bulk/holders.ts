import type { Id } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { newId } from '#platform/ids.ts';
import { cutAt } from '../ownership-line.ts';
import { ownerKey, ownerKindOf } from '../owner-key.ts';
import { tellsMore } from '#platform/personal/seal-phone.ts';
import { sealId, sealPhone } from '../personal.ts';
import type { OwnershipRecord } from '../store/records.ts';
import type { Lines, Wanted } from './areas.ts';
import type { EstateUnits, KnownOwner } from './estate-units.ts';
import { mapGivingWay } from './give-way.ts';
import type { Draft } from './merge.ts';
import { scopeOf } from './place.ts';
import type { BulkOptions, HolderFields, Share } from './types.ts';

interface Holding { readonly unit: Wanted; readonly key: string; readonly kind: OwnershipRecord['kind']; readonly share: Share | null }

/** An owner record to write, and the estate it is kept in. */
export interface OwnerDraft extends Draft<KnownOwner> { readonly estate: EstateUnits; readonly matchKey: string }

/** 拟写产权人: the owner records that units' holders mean, one each within an estate, and who holds what by their keys. */
export interface Holders { readonly drafts: ReadonlyMap<string, OwnerDraft>; readonly holdings: readonly (readonly Holding[])[] }

/** Finds or drafts the owner records of all holders told. */
export async function decideHolders(wanted: readonly Wanted[], options: BulkOptions): Promise<Holders> {
  const drafts = new Map<string, OwnerDraft>();
  const holdings = await mapGivingWay(wanted.filter(({ set }) => set.holders !== undefined), (unit) => {
    const { linesOf, owners, heldBy } = unit.estate;
    const standing = (linesOf.get(unit.unitId) ?? []).flatMap(({ ownerId, validTo }) => { const owner = validTo === null ? owners.get(ownerId) : undefined; return owner ? [owner] : []; });
    const renamable = standing.filter((owner) => (heldBy.get(owner.id) ?? 0) === 1);
    return (unit.set.holders ?? []).map((holder, at) => holdingOf({ unit, holder, at, standing, renamable, drafts, options }));
  });
  return { drafts, holdings };
}

interface Told { unit: Wanted; holder: HolderFields; at: number; standing: readonly KnownOwner[]; renamable: readonly KnownOwner[]; drafts: Map<string, OwnerDraft>; options: BulkOptions }

/** Finds or drafts the owner record that one holder of one unit means. */
function holdingOf({ unit, holder, at, standing, renamable, drafts, options }: Told): Holding {
  const { estate } = unit;
  const kind = ownerKindOf(holder.name, estate.place.developerName);
  const sealedId = sealId(options.vault, holder.idNumber ?? null);
  const sealedPhone = sealPhone(options.vault, holder.phone ?? null);
  const namesake = standing.find((owner) => normaliseName(owner.name) === normaliseName(holder.name) && (sealedId.idIndex === null || owner.idIndex === null || owner.idIndex === sealedId.idIndex));
  // What the ledger leaves out is not forgotten: the holder on record keeps number and phone.
  const identity = { name: holder.name, kind, idIndex: sealedId.idIndex ?? namesake?.idIndex ?? null, phoneIndex: sealedPhone.phoneIndex ?? namesake?.phoneIndex ?? null };
  const matchKey = ownerKey(identity, unit.matchKey);
  const key = keyIn(estate, matchKey);
  // The same number under another name is the same person, renamed; one who holds other units too may be two persons under one number, and stays apart.
  const renamed = namesake === undefined && sealedId.idIndex !== null ? renamable.find((owner) => owner.idIndex === sealedId.idIndex) : undefined;
  if (!drafts.has(key)) {
    const old = estate.ownersByKey.get(matchKey) ?? namesake ?? renamed;
    const phone = old === undefined || tellsMore(sealedPhone, old) ? sealedPhone : {};
    const number = sealedId.idIndex !== null && sealedId.idIndex !== old?.idIndex ? sealedId : {};
    if (old === undefined) drafts.set(key, { estate, matchKey, old: null, set: {}, fresh: { ...scopeOf(estate.place), estateId: estate.place.id, kind, name: holder.name, matchKey, ...sealedId, ...sealedPhone } });
    else drafts.set(key, { estate, matchKey, old, set: { ...phone, ...number, ...(old === renamed ? { name: holder.name } : {}), matchKey }, fresh: {} });
  }
  return { unit, key, kind: holder.kind ?? (at === 0 ? 'owner' : 'co-owner'), share: holder.share ?? null };
}

const keyIn = (estate: EstateUnits, matchKey: string): string => `${estate.place.id}/${matchKey}`;

/** 记住写下的业主, so that the next rows of the run meet them as they will stand. `ids` are in the order of the drafts. */
export function keepOwners(drafts: readonly OwnerDraft[], ids: readonly string[], isChanged: ReadonlySet<string>): void {
  for (const [at, { estate, matchKey, old, set, fresh }] of drafts.entries()) {
    const id = ids[at] as Id<'Owner'>;
    if (old !== null && !isChanged.has(id)) continue;
    const owner = { ...(old ?? NOBODY), ...fresh, ...set, id, version: old === null ? 1 : old.version + 1 } as KnownOwner;
    if (old !== null) estate.ownersByKey.delete(old.matchKey);
    estate.owners.set(id, owner);
    estate.ownersByKey.set(matchKey, owner);
  }
}

const NOBODY = { idCipher: null, idIndex: null, idLast4: null, phoneCipher: null, phoneIndex: null, phoneLast4: null, phoneMoreIndex: null };

/** 拟写产权关系: a unit whose holders differ from the ledger's gets a change point on the ledger's day; a start or a share that was not known is filled in. */
export function decideOwnership(holdings: Holders['holdings'], ownerOf: ReadonlyMap<string, string>, options: BulkOptions): Lines {
  const lines: Lines = { gone: [], fresh: [] };
  for (const all of holdings) {
    const of = new Map(all.map((holding) => [ownerOf.get(holding.key) ?? '', holding]));
    const unit = all[0]?.unit;
    if (unit === undefined) continue;
    const filled = filledIn(unit, of, options);
    keepLines(unit, filled);
    const then = changed(unit, of, options);
    keepLines(unit, then);
    // What was filled in and then changed was never known as it stood in between.
    lines.gone.push(...[...filled.gone, ...then.gone.filter((line) => !filled.fresh.includes(line))].map(({ id }) => id));
    lines.fresh.push(...filled.fresh.filter((line) => !then.gone.includes(line)), ...then.fresh);
  }
  return lines;
}

/** Versions corrected away, and those that stand instead. */
interface Correction { readonly gone: readonly OwnershipRecord[]; readonly fresh: readonly OwnershipRecord[] }
type Of = ReadonlyMap<string, Holding>;

const linesNow = ({ estate, unitId }: Wanted): readonly OwnershipRecord[] => estate.linesOf.get(unitId) ?? [];

/** Nothing changes hands: what the books did not know of the present holders is written into their versions. */
function filledIn(unit: Wanted, of: Of, { at, batchId }: BulkOptions): Correction {
  const pairs = linesNow(unit).filter((line) => line.validTo === null).flatMap((line) => {
    const share = line.sharePart === null ? of.get(line.ownerId)?.share ?? null : null;
    const validFrom = line.validFrom ?? unit.set.startsOn ?? null;
    if (share === null && validFrom === line.validFrom) return [];
    return [{ line, fresh: { ...line, id: newId<'Ownership'>(), validFrom, ...(share === null ? {} : { sharePart: share.part, shareWhole: share.whole }), recordedAt: at, supersededAt: null, batchId } }];
  });
  return { gone: pairs.map(({ line }) => line), fresh: pairs.map(({ fresh }) => fresh) };
}

/** Others hold, or hold other shares, from the day that is told; else, when nothing was known, as long as anyone knows; else from the ledger's own day. */
function changed(unit: Wanted, of: Of, { at, on, batchId }: BulkOptions): Correction {
  const known = linesNow(unit);
  const present = new Map(known.filter((line) => line.validTo === null).map((line) => [line.ownerId as string, line]));
  const isSame = present.size === of.size && [...of].every(([ownerId, { kind, share }]) => {
    const line = present.get(ownerId);
    return line?.kind === kind && (share === null || (line.sharePart === share.part && line.shareWhole === share.whole));
  });
  if (isSame) return { gone: [], fresh: [] };
  const from = unit.set.heldFrom ?? (known.length === 0 ? null : on);
  const cut = cutAt(known, from);
  const fresh = [
    ...cut.shortened.map((line) => ({ ...line, id: newId<'Ownership'>(), recordedAt: at, supersededAt: null, batchId })),
    ...[...of].map(([ownerId, { kind, share }]) => ({
      id: newId<'Ownership'>(), ...scopeOf(unit.estate.place), estateId: unit.estate.place.id, unitId: unit.unitId, ownerId: ownerId as Id<'Owner'>, kind, sharePart: share?.part ?? null, shareWhole: share?.whole ?? null,
      basis: 'unknown' as const, validFrom: from, validTo: cut.until, recordedAt: at, supersededAt: null, batchId,
    })),
  ];
  return { gone: cut.superseded, fresh };
}

function keepLines(unit: Wanted, { gone, fresh }: Correction): void {
  const { estate, unitId } = unit;
  if (gone.length === 0 && fresh.length === 0) return;
  estate.linesOf.set(unitId, [...linesNow(unit).filter((line) => !gone.includes(line)), ...fresh]);
  const count = (line: OwnershipRecord, by: number) => { if (line.validTo === null) estate.heldBy.set(line.ownerId, (estate.heldBy.get(line.ownerId) ?? 0) + by); };
  for (const line of gone) count(line, -1);
  for (const line of fresh) count(line, 1);
}
