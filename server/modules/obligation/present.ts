import type { z } from 'zod';
import type { DueBrief, Lamp, ObligationRow } from '#contract/obligation.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { namesOf } from './holder.ts';
import { ownBody, type OwnBody } from './own-body.ts';
import type { ObligationRecord } from './position.ts';

/** 灯色 at a moment. */
export function lampOf({ endedOn, endsAt, warnAt }: Pick<ObligationRecord, 'endedOn' | 'endsAt' | 'warnAt'>, now: Ctx['now']): Lamp {
  if (endedOn !== null) return 'none';
  if (endsAt !== null && endsAt <= now) return 'red';
  return warnAt !== null && warnAt <= now ? 'yellow' : 'green';
}

/** 应办事项 in words; the duty's id where it is no longer declared. */
export const dutyTitle = ({ kit }: Pick<Ctx, 'kit'>, dutyId: string): string => kit.modules.flatMap((module) => module.duties).find(({ id }) => id === dutyId)?.title ?? dutyId;

/** 一件的时限 as it goes out. */
export function presentDue(ctx: Pick<Ctx, 'kit' | 'now'>, row: ObligationRecord): z.input<typeof DueBrief> {
  const { id, dutyId, state, openedOn, dueOn, dueAt, isProvisional, isExtended, resumesOn, endedOn, isLate, holderKind, holderName } = row;
  return { id, dutyId, dutyTitle: dutyTitle(ctx, dutyId), state, lamp: lampOf(row, ctx.now), openedOn, dueOn, dueAt, provisional: isProvisional, isExtended, resumesOn, endedOn, isLate, holderKind, holderName };
}

/** 时限义务 as it goes out, with the names of the places. */
export async function presentRows(db: Db, ctx: Ctx, rows: readonly ObligationRecord[], known?: OwnBody): Promise<z.input<typeof ObligationRow>[]> {
  const own = known ?? await ownBody(db, ctx);
  const places = await namesOf(db, rows.flatMap(({ townshipId, neighbourhoodId }) => [townshipId, neighbourhoodId].filter((id) => id !== null)));
  return rows.map((row) => ({ ...presentDue(ctx, row), title: row.title, path: row.path, placeName: placeWords(places, row), isMine: own.holds(row), version: row.version }));
}

function placeWords(names: ReadonlyMap<string, string>, { townshipId, neighbourhoodId }: ObligationRecord): string | null {
  const words = [townshipId, neighbourhoodId].flatMap((id) => (id === null ? [] : [names.get(id) ?? '']));
  return words.length === 0 ? null : words.join('');
}
