import { z } from 'zod';
import type { Passage } from '#domain/publication/content.ts';
import { possibleNames } from '#domain/publication/names.ts';
import { lookForMarks, lookForNames, lookForNumbers, mustBeMended, sightingKindLabels, type Sighting as Seen } from '#domain/publication/sighting.ts';
import { keysOf } from '#contract/administration/shared.ts';
import { instant } from '#contract/kernel.ts';
import { heldAmong } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';

const stored = z.array(z.object({ key: z.string(), kind: z.enum(keysOf(sightingKindLabels)), shown: z.string(), places: z.array(z.string()), isHeld: z.boolean() }));
/** 发现 as stored: masked, with a keyed mark of the value by which its answer is found again. */
export type StoredSighting = z.output<typeof stored>[number];
const answers = z.array(z.object({ key: z.string(), reason: z.string(), by: z.string(), byId: z.string().nullable(), at: instant }));
export type StoredAnswer = z.output<typeof answers>[number];

export const sightingsIn = (column: unknown): StoredSighting[] => stored.parse(column);
export const answersIn = (column: unknown): StoredAnswer[] => answers.parse(column);

/** 自动检查: numbers of persons, names of registered owners and marks of secrecy in the passages. The full values leave this function only as keyed marks. */
export async function lookThrough(db: Db, ctx: Ctx, passages: readonly Passage[]): Promise<StoredSighting[]> {
  const numbers = lookForNumbers(passages);
  const of = (...kinds: readonly Seen['kind'][]) => numbers.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
  const held = await heldAmong(db, ctx.scope, ctx.kit.vault, { names: possibleNames(passages), phones: of('mobile').map((phone) => phone.slice(-11)), ids: of('identity', 'identity-like') });
  const mark = ({ kind, value }: Seen) => `${kind}.${ctx.kit.vault.index('id', `publication:${kind}:${value}`)}`;
  return [...numbers, ...lookForNames(passages, held.names), ...lookForMarks(passages)].map((seen) => ({
    key: mark(seen), kind: seen.kind, shown: seen.shown, places: [...seen.places], isHeld: seen.kind === 'owner-name' || held.numbers.has(seen.kind === 'mobile' ? seen.value.slice(-11) : seen.value),
  }));
}

/** 读不出的附件 as a sighting: somebody has to look at it. */
export const unreadSighting = (hash: string, name: string, why: string): StoredSighting => ({ key: `unread.${hash.slice(0, 24)}`, kind: 'unread', shown: `${why}，请打开附件逐页核对`, places: [`附件“${name}”`], isHeld: false });

/** 合并: one line for each value, with all its places. */
export function merged(parts: readonly StoredSighting[]): StoredSighting[] {
  return [...Map.groupBy(parts, ({ key }) => key).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ ...first, places: [...new Set(same.flatMap(({ places }) => places))], isHeld: same.some(({ isHeld }) => isHeld) }];
  });
}

/** 还没有处理的: how many must be mended, how many wait for an answer, and how many attachments somebody has to look at. */
export function openSightings(sightings: readonly StoredSighting[], given: readonly StoredAnswer[]): { toMend: number; toAnswer: number; unread: number } {
  const answered = new Set(given.map(({ key }) => key));
  const toMend = sightings.filter(({ kind }) => mustBeMended(kind)).length;
  return { toMend, toAnswer: sightings.filter(({ kind, key }) => !mustBeMended(kind) && !answered.has(key)).length, unread: sightings.filter(({ kind }) => kind === 'unread').length };
}
