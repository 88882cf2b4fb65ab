import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import { localDate, type LocalDate } from '#domain/kernel/brand.ts';
import { dayBetween, personName } from '../made-up.ts';
import type { Random } from '../random.ts';
import { enteredAt } from './contracts.ts';
import { placeOf, type CommitteeRow, type EstateRow, type Making, type MemberRow } from './rows.ts';

/** Of the occupied estates about half have one; some are past their term, some still preparing, a few were dissolved. */
const SHARE = 0.5;
const EXPIRED = 9;
const PREPARING = 8;
const DISSOLVED = 3;
const BOARDS = 4;
const JOINT = 2;

type Kind = CommitteeRow['kind'];
export interface Committees { readonly committees: readonly CommitteeRow[]; readonly members: readonly MemberRow[] }

/** 演示业委会: larger estates, and those with a company, are likelier to have one. */
export function planCommittees(making: Making, estates: readonly EstateRow[]): Committees {
  const { random } = making;
  const occupied = estates.filter(({ occupiedUnits }) => occupiedUnits !== 0);
  const ranked = likelier(random, occupied);
  const established = ranked.slice(0, Math.round(occupied.length * SHARE));
  const rest = ranked.slice(established.length);
  const committees = [
    ...established.map((estate, at) => formed(making, estate, { isExpired: at < EXPIRED, kind: at >= EXPIRED && at < EXPIRED + JOINT ? 'joint' : 'committee' })),
    ...rest.slice(0, BOARDS).map((estate) => formed(making, estate, { isExpired: false, kind: 'management-committee' })),
    ...rest.slice(BOARDS, BOARDS + PREPARING).map((estate) => preparing(making, estate)),
    ...rest.slice(BOARDS + PREPARING, BOARDS + PREPARING + DISSOLVED).map((estate) => dissolved(making, estate)),
  ];
  const byId = new Map(estates.map((estate) => [estate.id, estate]));
  return { committees, members: committees.flatMap((committee) => { const estate = byId.get(committee.estateId); return estate && committee.status === 'established' ? membersOf(making, committee, estate) : []; }) };
}

/** Larger estates, and those with a company, are likelier to have formed one. */
const weight = ({ totalUnits, companyId }: EstateRow): number => Math.sqrt(totalUnits ?? 40) * (companyId ? 1.6 : 1);

/** Weighted draw without putting back. */
function likelier(random: Random, estates: readonly EstateRow[]): EstateRow[] {
  const drawn = estates.map((estate) => ({ estate, key: random.next() ** (1 / weight(estate)) })).sort((a, b) => b.key - a.key);
  // The order of the draw is by size; what follows (who is past the term) must not be.
  const half = Math.round(drawn.length * SHARE);
  return [...random.shuffled(drawn.slice(0, half)), ...random.shuffled(drawn.slice(half))].map(({ estate }) => estate);
}

function formed({ random, newId, today }: Making, estate: EstateRow, { isExpired, kind }: { isExpired: boolean; kind: Kind }): CommitteeRow {
  const years = random.pick([3, 3, 5, 5, 5]);
  const earliest = estate.deliveredOn && estate.deliveredOn > '2012-01-01' ? addMonths(estate.deliveredOn, 12) : localDate('2012-01-01');
  const sinceOn: LocalDate = isExpired ? addDays(addMonths(today, -12 * years), -random.whole(20, 800)) : dayBetween(random, later(earliest, addMonths(today, -12 * years + 2)), addDays(today, -25));
  const name = `${estate.name}${kind === 'management-committee' ? '物业管理委员会' : kind === 'joint' ? '联合业主委员会' : '业主委员会'}`;
  return {
    id: newId(), committeeId: newId(), ...placeOf(estate), name, kind, status: 'established', sinceOn,
    filedOn: random.chance(0.9) ? addDays(sinceOn, random.whole(5, 20)) : null, endedOn: null,
    untilOn: !isExpired && random.chance(0.03) ? null : addDays(addMonths(sinceOn, 12 * years), -1), recordedAt: enteredAt(random, sinceOn, today), supersededAt: null,
  };
}

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b && a < '2026-06-01' ? a : b);

function preparing({ random, newId, today }: Making, estate: EstateRow): CommitteeRow {
  return { id: newId(), committeeId: newId(), ...placeOf(estate), name: `${estate.name}业主委员会（筹备组）`, kind: 'committee', status: 'preparing', sinceOn: null, untilOn: null, filedOn: null, endedOn: null, recordedAt: enteredAt(random, addDays(today, -random.whole(30, 260)), today), supersededAt: null };
}

function dissolved({ random, newId, today }: Making, estate: EstateRow): CommitteeRow {
  const sinceOn = addDays(addMonths(today, -random.whole(60, 90)), -3);
  return { id: newId(), committeeId: newId(), ...placeOf(estate), name: `${estate.name}业主委员会`, kind: 'committee', status: 'dissolved', sinceOn, untilOn: addDays(addMonths(sinceOn, 36), -1), filedOn: addDays(sinceOn, 12), endedOn: addMonths(sinceOn, 30), recordedAt: enteredAt(random, addMonths(sinceOn, 30), today), supersededAt: null };
}

/** Five to eleven, always odd: a chair, one or two deputies, members. One chair in twelve has no phone on record. */
function membersOf({ random, newId, newPhone }: Making, committee: CommitteeRow, estate: EstateRow): MemberRow[] {
  const count = (estate.totalUnits ?? 0) > 800 ? random.pick([7, 9, 11]) : random.pick([5, 5, 7]);
  const deputies = count > 5 ? 2 : 1;
  return Array.from({ length: count }, (_, at) => {
    const post = at === 0 ? 'chair' as const : at <= deputies ? 'vice-chair' as const : 'member' as const;
    return {
      id: newId<'Member'>(), committeeId: committee.committeeId, ...placeOf(estate), name: personName(random), post,
      phone: random.chance(post === 'member' ? 0.6 : 0.92) ? newPhone() : null, isPartyMember: random.chance(0.85) ? random.chance(0.42) : null,
      validFrom: committee.sinceOn ?? null, validTo: null, recordedAt: committee.recordedAt, supersededAt: null,
    };
  });
}
