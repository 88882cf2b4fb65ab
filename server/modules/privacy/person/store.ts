import type { Selectable } from 'kysely';
import { z } from 'zod';
import { ERASED } from '#domain/privacy/words.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import type { PrivacyTables } from '../tables.gen.ts';
import type { Person } from './find-person.ts';
import { dropFindings } from './findings.ts';

/** 个人信息请求 as stored. */
export type RequestRecord = Selectable<PrivacyTables['privacy.personRequest']>;

/** 可见的请求. */
export const visibleRequests = (db: Db, scope: Scope) => within(scope, db.selectFrom('privacy.personRequest as q'), { alias: 'q', only: ['county'] });

const missing = () => new Problem('not-found', '没有这件请求，或不在管辖范围内');

/** 查请求. @throws Problem not-found */
export const getRequest = (db: Db, scope: Scope, id: Id<'PersonRequest'>): Promise<RequestRecord> => visibleRequests(db, scope).selectAll('q').where('q.id', '=', id).executeTakeFirstOrThrow(missing);

/** 锁请求 for change. @throws Problem not-found, state.stale */
export async function lockRequest(db: Db, { scope, ifMatch }: Pick<Ctx, 'scope' | 'ifMatch'>, id: Id<'PersonRequest'>): Promise<RequestRecord> {
  const row = await visibleRequests(db, scope).selectAll('q').where('q.id', '=', id).forUpdate().executeTakeFirstOrThrow(missing);
  if (ifMatch !== null && ifMatch !== row.version) throw new Problem('state.stale', '这件请求已被别人办理过，请刷新后核对再办理');
  return row;
}

const opened = (vault: Vault, sealed: string | null) => (sealed === null ? null : vault.open(sealed));
/** 所涉的人, whole. */
export const personOf = (vault: Vault, row: Pick<RequestRecord, 'nameCipher' | 'idCipher' | 'phoneCipher'>): Person => ({ name: opened(vault, row.nameCipher), idNumber: opened(vault, row.idCipher), phone: opened(vault, row.phoneCipher) });

const Keys = z.array(z.string());
/** 认定为本人的记录. */
export const chosenOf = ({ chosen }: Pick<RequestRecord, 'chosen'>): string[] => Keys.parse(chosen);

/** 清除请求里的姓名、号码, also where they were written into its sentences; that it was made, checked and answered stays. */
export async function clearRequest(tx: Tx, vault: Vault, row: RequestRecord): Promise<void> {
  const { name, idNumber, phone } = personOf(vault, row);
  const words = [name, idNumber, phone].filter((word) => word !== null && word !== '');
  await dropFindings(tx, row.id);
  const without = (text: string) => words.reduce<string>((rest, word) => rest.replaceAll(word ?? '', ERASED), text).slice(0, 200);
  await tx.db.updateTable('privacy.personRequest').set((eb) => ({
    nameCipher: null, idCipher: null, idIndex: null, phoneCipher: null, phoneIndex: null, chosen: '[]', searchedAt: null, searchCut: [], clearedAt: tx.now, asked: without(row.asked), identityCheck: without(row.identityCheck), outcome: row.outcome === null ? null : without(row.outcome),
    version: eb('version', '+', 1), updatedAt: tx.now,
  })).where('id', '=', row.id).execute();
}
