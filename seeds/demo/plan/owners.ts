import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import { localDate, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { dayBetween, personName } from '../made-up.ts';
import { FIRST_ENTRY, SECOND_ENTRY } from './contracts.ts';
import { placeOf, type EstateRow, type Making, type OwnerRow, type OwnershipRow, type PurposeRow, type UnitRow } from './rows.ts';
import type { Stock } from './units.ts';

/** 一个小区的业主与产权. */
export interface Holdings { readonly purpose: PurposeRow; readonly owners: readonly OwnerRow[]; readonly ownerships: readonly OwnershipRow[] }

/** How a unit came to be held. */
const ways = { buyer: 820, again: 75, organisation: 15, unsold: 45, undelivered: 10, phoneOnly: 22, nameOnly: 5, sharedNumber: 1, nobody: 4 } as const;

/** 演示业主: buyers alone or with a co-owner, some with several units, organisations, the developer's unsold units, a few of weak identity, and transfers in 2025. */
export function planHoldings(making: Making, { estate, units }: Stock): Holdings {
  const { random, newId, newIdentity, newPhone, today } = making;
  const purpose: PurposeRow = {
    id: newId(), countyId: estate.countyId, townshipId: estate.townshipId, neighbourhoodId: estate.neighbourhoodId ?? null, estateId: estate.id,
    purpose: '核对业主名册，筹备业主大会和表决', document: '安和住建函〔2024〕12号', deleteOn: addMonths(today, 18), recordedBy: null, recordedAt: FIRST_ENTRY,
  };
  const owners: OwnerRow[] = [];
  const ownerships: OwnershipRow[] = [];
  const add = (draft: Pick<OwnerRow, 'kind' | 'name' | 'idNumber' | 'phone'>): OwnerRow => {
    const owner: OwnerRow = { id: newId(), ...placeOf(estate), purposeId: purpose.id, ...draft };
    owners.push(owner);
    return owner;
  };
  const buyer = () => add({ kind: 'person', name: personName(random), idNumber: newIdentity(), phone: random.chance(0.95) ? newPhone() : null });
  const developer = once(() => add({ kind: 'developer', name: estate.developerName ?? '建设单位', idNumber: null, phone: null }));
  const buyers: OwnerRow[] = [];
  const companies: OwnerRow[] = [];
  for (const unit of units) {
    const way = random.weighted(ways);
    const hold = (owner: OwnerRow, draft: Partial<OwnershipRow> = {}) => ownerships.push(holding(newId(), { unit, owner, since: heldSince(making, estate) }, draft));
    if (way === 'nobody') continue;
    if (way === 'unsold' || way === 'undelivered') { hold(developer(), { kind: `developer-${way}` }); continue; }
    if (way === 'phoneOnly') { hold(add({ kind: 'person', name: personName(random), idNumber: null, phone: newPhone() })); continue; }
    if (way === 'nameOnly') { hold(add({ kind: 'person', name: personName(random), idNumber: null, phone: null })); continue; }
    const owner = way === 'organisation' ? organisation(making, companies, add) : way === 'again' && buyers.length > 0 ? random.pick(buyers) : buyer();
    if (way === 'sharedNumber') { hold(add({ kind: 'person', name: personName(random), idNumber: owner.idNumber, phone: null })); continue; }
    if (owner.kind === 'person') buyers.push(owner);
    if (owner.kind === 'person' && random.chance(0.015)) { ownerships.push(...transferred(making, { unit, from: owner, to: buyer(), since: heldSince(making, estate) })); continue; }
    const isShared = owner.kind === 'person' && random.chance(0.24);
    hold(owner, isShared ? { sharePart: 1, shareWhole: 2 } : {});
    if (isShared) hold(buyer(), { kind: 'co-owner', sharePart: 1, shareWhole: 2 });
  }
  return { purpose, owners: owners.filter(held(ownerships)), ownerships };
}

const held = (ownerships: readonly OwnershipRow[]) => { const ids = new Set(ownerships.map(({ ownerId }) => ownerId)); return ({ id }: OwnerRow) => ids.has(id); };

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** An organisation of the estate: now and then one that already holds a unit. Without a number, told apart by its name. */
function organisation({ random }: Making, known: OwnerRow[], add: (draft: Pick<OwnerRow, 'kind' | 'name' | 'idNumber' | 'phone'>) => OwnerRow): OwnerRow {
  if (known.length > 0 && random.chance(0.4)) return random.pick(known);
  const name = `安和${random.pick(['禾丰', '立新', '顺达', '宏远', '景和', '安顺', '同泰', '汇丰收', '长青', '百川'])}${random.pick(['商贸', '建材', '投资', '餐饮管理', '科技', '农业'])}有限公司`;
  const same = known.find((owner) => owner.name === name);
  if (same) return same;
  const made = add({ kind: 'organisation', name, idNumber: null, phone: null });
  known.push(made);
  return made;
}

function heldSince({ random, today }: Making, estate: EstateRow): LocalDate | null {
  const first = estate.deliveredOn ?? null;
  if (first === null || random.chance(0.08)) return null;
  const last = localDate('2024-11-30');
  const end = first < last ? last : addDays(today, -30);
  return dayBetween(random, first, first < end ? end : first);
}

interface Held { readonly unit: UnitRow; readonly owner: OwnerRow; readonly since: LocalDate | null }

function holding(id: Id<'Ownership'>, { unit, owner, since }: Held, draft: Partial<OwnershipRow>): OwnershipRow {
  return {
    id, countyId: unit.countyId, townshipId: unit.townshipId, neighbourhoodId: unit.neighbourhoodId ?? null, estateId: unit.estateId, companyId: unit.companyId ?? null,
    unitId: unit.id, ownerId: owner.id, kind: 'owner', sharePart: null, shareWhole: null, basis: since === null ? 'unknown' : 'register', validFrom: since, validTo: null,
    recordedAt: FIRST_ENTRY, supersededAt: null, ...draft,
  };
}

/** 2025 年的转移: sold early in 2025, entered in the round of May: asked about a day between, the books of April still name the seller. */
function transferred({ random, newId }: Making, { unit, from, to, since }: { unit: UnitRow; from: OwnerRow; to: OwnerRow; since: LocalDate | null }): OwnershipRow[] {
  const on = dayBetween(random, localDate('2025-01-06'), localDate('2025-04-25'));
  const began = since !== null && since < on ? since : null;
  return [
    holding(newId(), { unit, owner: from, since: began }, { supersededAt: SECOND_ENTRY }),
    holding(newId(), { unit, owner: from, since: began }, { validTo: on, recordedAt: SECOND_ENTRY }),
    holding(newId(), { unit, owner: to, since: on }, { recordedAt: SECOND_ENTRY }),
  ];
}
