import type { Column } from '#domain/collection/column.ts';
import { mergePart, type MergedCell } from '#domain/collection/merge.ts';
import { NOTHING_SAID, summaryOf, type PartSummary } from '#domain/collection/summary.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { answersOf, openValues, type AnswerWithFile } from './store/answers.ts';
import { columnsOf, type CollectionRecord } from './store/collections.ts';
import { choosingsOf, linesOf, partsAmong, partsOf, summaryIn, type PartHead, type PartRecord } from './store/parts.ts';

/** 合并后的一份: its answers that were handed in, and every cell. */
export interface MergedPart { readonly part: PartRecord; readonly lines: ReturnType<typeof linesOf>; readonly answers: readonly AnswerWithFile[]; readonly cells: readonly MergedCell[] }
/** 合并后的任务. */
export interface MergedCollection { readonly columns: readonly Column[]; readonly parts: readonly MergedPart[] }

interface Eyes { readonly scope: Scope; readonly vault: Vault }

/** 合并一个任务, whole, in a fixed number of queries: for an export, and for a task that follows it. */
export async function loadMerged(db: Db, eyes: Eyes, collection: CollectionRecord): Promise<MergedCollection> {
  const columns = columnsOf(collection);
  return { columns, parts: await mergeThese(db, eyes, columns, await partsOf(db, eyes.scope, collection.id)) };
}

/** 合并这几份: nothing of the others is opened. */
export async function mergeThese(db: Db, { vault }: Pick<Eyes, 'vault'>, columns: readonly Column[], parts: readonly PartRecord[]): Promise<MergedPart[]> {
  const answers = Map.groupBy(await answersOf(db, parts.map(({ id }) => id)), ({ partId }) => partId);
  return parts.map((part) => mergedPart(vault, columns, part, answers.get(part.id) ?? []));
}

/** 各份的概况 as kept with each change; those from before are opened to be known. */
export async function summariesOf(db: Db, eyes: Eyes, columns: readonly Column[], heads: readonly PartHead[]): Promise<Map<Id<'Part'>, PartSummary>> {
  const kept = new Map(heads.flatMap((head) => { const summary = summaryIn(head); return summary === null ? [] : [[head.id, summary] as const]; }));
  const unknown = heads.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  for (const one of await mergeThese(db, eyes, columns, await partsAmong(db, eyes.scope, unknown))) kept.set(one.part.id, summaryOfPart(columns, one));
  return kept;
}

/** 一份的概况; of one nobody has handed in there is nothing to say. */
export const summaryOfPart = (columns: readonly Column[], { answers, cells }: Pick<MergedPart, 'answers' | 'cells'>): PartSummary => (answers.length === 0 ? NOTHING_SAID : summaryOf(columns, cells));

/** 合并一份. */
export function mergedPart(vault: Vault, columns: readonly Column[], part: PartRecord, all: readonly AnswerWithFile[]): MergedPart {
  const answers = all.filter(({ status }) => status === 'handed-in');
  const lines = linesOf(part);
  const handed = answers.flatMap(({ id, handedInAt, valuesCipher }) => (handedInAt === null ? [] : [{ id, at: handedInAt, values: openValues(vault, valuesCipher) }]));
  return { part, lines, answers, cells: mergePart({ rows: lines, columns, held: openValues(vault, part.heldCipher), answers: handed, choosings: choosingsOf(part) }) };
}
