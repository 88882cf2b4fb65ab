import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import { fen, instant, localDate, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { dayBetween } from '../made-up.ts';
import type { Random } from '../random.ts';
import { placeOf, type CompanyRow, type ContractRow, type EstateRow, type Making, type ManagerRow, type PractitionerRow } from './rows.ts';

/** When the county's paper ledgers were first entered, and when this year's round was. */
export const FIRST_ENTRY: Instant = instant('2024-12-16T02:00:00.000Z');
export const SECOND_ENTRY: Instant = instant('2025-05-20T07:30:00.000Z');

/** 登记时间: old facts were entered in the first round, later ones some days after they happened; nothing in the future. */
export function enteredAt(random: Random, day: LocalDate | null, today: LocalDate): Instant {
  if (day === null || day < '2024-12-01') return FIRST_ENTRY;
  const later = addDays(day, random.whole(3, 25));
  return instant(`${later < today ? later : addDays(today, -1)}T0${random.whole(1, 8)}:30:00.000Z`);
}

/** 演示合同: most estates with a company have one; some are over, some end within two months, a few had another company before. */
export function planContracts(making: Making, estates: readonly EstateRow[], companies: readonly CompanyRow[]): ContractRow[] {
  const { random } = making;
  const former = companies.filter(({ status }) => status !== 'revoked');
  return estates.flatMap((estate) => {
    if (estate.companyId === null || estate.companyId === undefined || random.chance(0.07)) return [];
    const current = currentContract(making, estate, estate.companyId);
    const others = former.filter(({ id }) => id !== estate.companyId);
    const earlier = current.startsOn && random.chance(0.16) ? [earlierContract(making, { estate, company: random.pick(others), until: current.startsOn })] : [];
    return [...earlier, ...corrected(making, current)];
  });
}

function currentContract({ random, newId, today }: Making, estate: EstateRow, companyId: NonNullable<EstateRow['companyId']>): ContractRow {
  const isYoung = estate.deliveredOn !== null && estate.deliveredOn !== undefined && estate.deliveredOn > addMonths(today, -48);
  const kind = isYoung ? 'early' : random.weighted({ ordinary: 82, 'open-ended': 10, unknown: 8 });
  const { startsOn, endsOn } = termOf(random, today, kind === 'open-ended');
  return {
    id: newId(), contractId: newId(), ...placeOf(estate), companyId, kind, feeBasis: estate.feeBasis ?? null, feeFenPerM2Month: estate.feeFenPerM2Month ?? null,
    startsOn, endsOn, terminatedOn: null, recordedAt: enteredAt(random, startsOn, today), supersededAt: null,
  };
}

/** One in eight is over, one in ten ends within sixty days. */
function termOf(random: Random, today: LocalDate, isOpen: boolean): { startsOn: LocalDate; endsOn: LocalDate | null } {
  const years = random.whole(1, 5);
  const standing = isOpen ? 'open' : random.weighted({ running: 78, expired: 12, ending: 10 });
  if (standing === 'open') return { startsOn: addMonths(today, -random.whole(14, 80)), endsOn: null };
  const endsOn = standing === 'expired' ? addDays(today, -random.whole(3, 700)) : addDays(today, standing === 'ending' ? random.whole(2, 58) : random.whole(70, 1_000));
  return { startsOn: addDays(addMonths(endsOn, -12 * years), 1), endsOn };
}

function earlierContract({ random, newId }: Making, { estate, company, until }: { estate: EstateRow; company: CompanyRow; until: LocalDate }): ContractRow {
  return {
    id: newId(), contractId: newId(), ...placeOf(estate), companyId: company.id, kind: 'ordinary', feeBasis: 'lump-sum', feeFenPerM2Month: fen(5 * random.whole(12, 40)),
    startsOn: addMonths(until, -36), endsOn: addMonths(until, 6), terminatedOn: until, recordedAt: FIRST_ENTRY, supersededAt: null,
  };
}

/** In some the price was entered wrongly and put right half a year later: both are kept. */
function corrected({ random, newId }: Making, contract: ContractRow): ContractRow[] {
  const price = contract.feeFenPerM2Month ?? null;
  if (price === null || contract.recordedAt !== FIRST_ENTRY || !random.chance(0.12)) return [contract];
  return [
    { ...contract, feeFenPerM2Month: fen(price + 20), supersededAt: SECOND_ENTRY },
    { ...contract, id: newId(), recordedAt: SECOND_ENTRY },
  ];
}

/** 演示项目经理任职: most estates with a company have one, who may run two; in some another was before. */
export function planManagers(making: Making, estates: readonly EstateRow[], people: readonly PractitionerRow[]): ManagerRow[] {
  const { random, newId, today } = making;
  const byCompany = Map.groupBy(people.filter(({ post, companyId }) => post === 'estate-manager' && companyId !== null), ({ companyId }) => companyId);
  return estates.flatMap((estate) => {
    const staff = byCompany.get(estate.companyId ?? null) ?? [];
    if (staff.length === 0 || random.chance(0.08)) return [];
    const now = random.pick(staff);
    const since = dayBetween(random, localDate('2021-01-01'), addDays(today, -40));
    const before = staff.find(({ id }) => id !== now.id);
    const row = (practitionerId: PractitionerRow['id'], validFrom: LocalDate | null, validTo: LocalDate | null): ManagerRow =>
      ({ id: newId(), ...placeOf(estate), practitionerId, validFrom, validTo, recordedAt: enteredAt(random, validTo ?? validFrom, today), supersededAt: null });
    return before && random.chance(0.2) ? [row(before.id, addMonths(since, -30), since), row(now.id, since, null)] : [row(now.id, since, null)];
  });
}
