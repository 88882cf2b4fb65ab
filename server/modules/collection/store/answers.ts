import { sql, type Selectable } from 'kysely';
import { CollectionValues } from '#contract/collection.ts';
import type { Values } from '#domain/collection/column.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import type { CollectionTables } from '../tables.gen.ts';

/** 填报 as stored. */
export type AnswerRecord = Selectable<CollectionTables['collection.answer']>;
/** 填报 with the name of the file it came in. */
export type AnswerWithFile = AnswerRecord & { readonly fileName: string | null };

/** 封存所填: whatever was asked may turn out to name somebody, so all of it is sealed. */
export const sealValues = (vault: Vault, values: Values): string => vault.seal(JSON.stringify(values));
/** 启封所填. */
export const openValues = (vault: Vault, sealed: string): Values => CollectionValues.parse(JSON.parse(vault.open(sealed)));

/** 各份的填报 that were handed in or saved, the earliest first. The parts must have been found within scope. */
export async function answersOf(db: Db, partIds: readonly Id<'Part'>[]): Promise<AnswerWithFile[]> {
  if (partIds.length === 0) return [];
  return db.selectFrom('collection.answer as a').leftJoin('platform.file as f', 'f.id', 'a.fileId').selectAll('a').select('f.name as fileName')
    .where(sql<boolean>`a.part_id = any(${partIds}::uuid[])`).where('a.status', '<>', 'returned').orderBy('a.id').execute();
}

/** 一份填报的概要 without its contents. */
export type AnswerHead = Pick<AnswerWithFile, 'id' | 'partId' | 'source' | 'byName' | 'handedInAt' | 'updatedAt' | 'fileName'>;
/** 各份已提交的填报 without their contents, the earliest first. The parts must have been found within scope. */
export async function answerHeadsOf(db: Db, partIds: readonly Id<'Part'>[]): Promise<AnswerHead[]> {
  if (partIds.length === 0) return [];
  return db.selectFrom('collection.answer as a').leftJoin('platform.file as f', 'f.id', 'a.fileId').select(['a.id', 'a.partId', 'a.source', 'a.byName', 'a.handedInAt', 'a.updatedAt', 'f.name as fileName'])
    .where(sql<boolean>`a.part_id = any(${partIds}::uuid[])`).where('a.status', '=', 'handed-in').orderBy('a.id').execute();
}
