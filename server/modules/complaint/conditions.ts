import { sql, type SelectQueryBuilder } from 'kysely';
import type { z } from 'zod';
import type { complaintFilters } from '#contract/complaint.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { categoryCodes, groupOf } from '#domain/complaint/category.ts';
import type { AgendaGround } from '#domain/complaint/agenda.ts';
import { stages } from '#domain/complaint/stage.ts';
import { openStatuses } from '#domain/complaint/lifecycle.ts';
import type { Ctx } from '#platform/context.ts';

/** What is asked of the list; the two numbers of days are parameters in force; `agenda` only what is proposed to the conference, on one ground or any. */
export type Asked = z.output<typeof complaintFilters> & { readonly longOpenDays: number; readonly closedDays: number; readonly agenda?: AgendaGround | 'proposed' };
type Column = 'townshipId' | 'neighbourhoodId' | 'estateId' | 'handlerId' | 'holderId' | 'categoryCode' | 'status' | 'origin' | 'nextDueOn' | 'receivedOn' | 'closedOn';
/** 一个条件: a column of the file and what it may be; dates include the day itself. The list and the search by words read the same. */
export interface Condition { readonly column: Column; readonly op: 'in' | 'not-in' | 'from' | 'until'; readonly values: readonly string[] }

/** The day before a deadline and the day itself are near. */
export const SOON = 1;
const OVER = { over7: 7, over15: 15, over30: 30 } as const;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** 筛选条件 of the list, without its words. */
export function conditionsOf({ actor, today }: Pick<Ctx, 'actor' | 'today'>, { townshipId, neighbourhoodId, handlerId, group, category, status, state, stage, estateId, receivedFrom, receivedTo, counted, origin, lamp, age, inHand, longOpenDays, closedDays }: Omit<Asked, 'q' | 'agenda'>): Condition[] {
  const open: Condition = { column: 'status', op: 'in', values: openStatuses };
  const equal = (column: Column, value: string | undefined): Condition[] => (value === undefined ? [] : [{ column, op: 'in', values: [value] }]);
  const soon = addDays(today, SOON);
  return [
    ...equal('townshipId', townshipId), ...equal('neighbourhoodId', neighbourhoodId), ...equal('handlerId', handlerId), ...equal('categoryCode', category), ...equal('status', status), ...equal('origin', origin),
    ...equal('estateId', estateId), ...(receivedFrom === undefined ? [] : [{ column: 'receivedOn', op: 'from', values: [receivedFrom] } as const]), ...(receivedTo === undefined ? [] : [{ column: 'receivedOn', op: 'until', values: [receivedTo] } as const]),
    ...(counted === undefined ? [] : [{ column: 'status', op: 'not-in', values: ['merged', 'withdrawn', 'refused', 'returned'] } as const]),
    ...(stage === undefined ? [] : [{ column: 'status', op: 'in', values: stages[stage].statuses } as const, ...(stage === 'closed' ? [{ column: 'closedOn', op: 'from', values: [addDays(today, -closedDays)] } as const] : [])]),
    ...(inHand === 'mine' ? equal('holderId', actor.userId ?? NOBODY) : []),
    ...(group === undefined ? [] : [{ column: 'categoryCode', op: 'in', values: categoryCodes.filter((code) => groupOf(code) === group) } as const]),
    ...(state === undefined ? [] : [{ ...open, op: state === 'open' ? 'in' : 'not-in' } as const]),
    ...(lamp === 'red' ? [{ column: 'nextDueOn', op: 'until', values: [addDays(today, -1)] } as const] : []),
    ...(lamp === 'yellow' ? [{ column: 'nextDueOn', op: 'from', values: [today] } as const, { column: 'nextDueOn', op: 'until', values: [soon] } as const] : []),
    ...(lamp === 'green' ? [{ column: 'nextDueOn', op: 'from', values: [addDays(soon, 1)] } as const] : []),
    ...(age === undefined ? [] : [open, age === 'week' ? { column: 'receivedOn', op: 'from', values: [addDays(today, -7)] } as const : { column: 'receivedOn', op: 'until', values: [addDays(today, -(age === 'long' ? longOpenDays : OVER[age]) - 1)] } as const]),
  ];
}

/** 套用条件. One value is asked with `=`, so that the index of that column keeps its order. */
export const narrowed = <DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>, conditions: readonly Condition[]): SelectQueryBuilder<DB, TB, O> => conditions.reduce((all, one) => all.where(termOf(one)), query);

function termOf({ column, op, values }: Condition) {
  const ref = sql.ref(`c.${column}`);
  if (op === 'from') return sql<boolean>`${ref} >= ${values[0]}`;
  if (op === 'until') return sql<boolean>`${ref} <= ${values[0]}`;
  if (op === 'not-in') return sql<boolean>`${ref} <> all(${values})`;
  return values.length === 1 ? sql<boolean>`${ref} = ${values[0]}` : sql<boolean>`${ref} = any(${values})`;
}
