import type { Column } from '#domain/collection/column.ts';
import { mergePart, type MergedCell } from '#domain/collection/merge.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { answersOf, openValues, type AnswerWithFile } from './store/answers.ts';
import { columnsOf, type CollectionRecord } from './store/collections.ts';
import { choosingsOf, linesOf, partsOf, type PartRecord } from './store/parts.ts';

/** 合并后的一份: its answers that were handed in, and every cell. */
export interface MergedPart { readonly part: PartRecord; readonly lines: ReturnType<typeof linesOf>; readonly answers: readonly AnswerWithFile[]; readonly cells: readonly MergedCell[] }
/** 合并后的任务. */
export interface MergedCollection { readonly columns: readonly Column[]; readonly parts: readonly MergedPart[] }

/** 合并一个任务, in a fixed number of queries. */
export async function loadMerged(db: Db, { scope, vault }: { readonly scope: Scope; readonly vault: Vault }, collection: CollectionRecord): Promise<MergedCollection> {
  const columns = columnsOf(collection);
  const parts = await partsOf(db, scope, collection.id);
  const answers = Map.groupBy(await answersOf(db, parts.map(({ id }) => id)), ({ partId }) => partId);
  return { columns, parts: parts.map((part) => mergedPart(vault, columns, part, answers.get(part.id) ?? [])) };
}

/** 合并一份. */
export function mergedPart(vault: Vault, columns: readonly Column[], part: PartRecord, all: readonly AnswerWithFile[]): MergedPart {
  const answers = all.filter(({ status }) => status === 'handed-in');
  const lines = linesOf(part);
  const handed = answers.flatMap(({ id, handedInAt, valuesCipher }) => (handedInAt === null ? [] : [{ id, at: handedInAt, values: openValues(vault, valuesCipher) }]));
  return { part, lines, answers, cells: mergePart({ rows: lines, columns, held: openValues(vault, part.heldCipher), answers: handed, choosings: choosingsOf(part) }) };
}

/** 未决的不一致 of a part. */
export const openConflictsOf = ({ cells }: Pick<MergedPart, 'cells'>): number => cells.filter(({ state }) => state === 'conflict').length;
