import { sql, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { publicationFilters } from '#contract/publication.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { ActName } from '#domain/publication/lifecycle.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import type { PublicationTables } from './tables.gen.ts';

/** 公开事项 as stored. */
export type PublicationRecord = Selectable<PublicationTables['publication.publication']>;
type Filters = z.output<typeof publicationFilters>;
const EXACT_TO = 1_000;
const ABSENT = '公开事项不存在或不在管辖范围内';

/** 可见的公开事项: those of the scope; before they are published only at the level of the body that writes them. */
export function visiblePublications(db: Db, scope: Scope) {
  const query = within(scope, db.selectFrom('publication.publication as p'), { alias: 'p' });
  return scope.level === 'everything' ? query : query.where((eb) => eb.or([eb('p.status', 'in', ['published', 'withdrawn', 'expired']), sql<boolean>`p.level = ${scope.level}`]));
}

/** 一页公开事项, the newest first. */
export async function pagePublications(db: Db, { scope, actor }: Pick<Ctx, 'scope' | 'actor'>, { q, kind, status, inHand }: Filters, { after, limit }: { after?: string | undefined; limit: number }) {
  let query = visiblePublications(db, scope);
  if (inHand === 'mine') query = query.where(isInHand('p.holderId', 'p.draftedBy', actor.userId));
  if (kind) query = query.where('p.kind', '=', kind);
  if (status) query = query.where('p.status', '=', status);
  if (q) query = query.where(sql<boolean>`(p.title like ${likeOf(q)} or p.index_no like ${likeOf(q)})`);
  const { total } = await db.selectFrom(query.select(sql<number>`1`.as('one')).limit(EXACT_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const page = after === undefined ? query : query.where(sql<boolean>`p.id < ${after}::uuid`);
  const found = await page.selectAll('p').orderBy('p.id', 'desc').limit(limit + 1).execute();
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
}

/** 包含某些字, as `like` takes it. */
export const likeOf = (words: string): string => `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** 查公开事项. @throws Problem not-found, also when it is out of scope or another level's draft */
export async function getRecord(db: Db, scope: Scope, id: Id<'Publication'>): Promise<PublicationRecord> {
  const row = await visiblePublications(db, scope).selectAll('p').where('p.id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not-found', ABSENT);
  return row;
}

/** 锁公开事项 for change. @throws Problem not-found, state.stale */
export async function lockRecord(db: Db, ctx: Pick<Ctx, 'scope' | 'ifMatch'>, id: Id<'Publication'>): Promise<PublicationRecord> {
  const row = await visiblePublications(db, ctx.scope).selectAll('p').where('p.id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('not-found', ABSENT);
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw new Problem('state.stale', '这件公开事项已被别人办理，请刷新后核对再办');
  return row;
}

/** 附件 that stand, in order, with the file behind each. */
export interface AttachedFile { readonly fileNo: number; readonly isDrawn: boolean; readonly sightings: unknown; readonly unread: string | null; readonly name: string; readonly sizeBytes: number; readonly mediaType: string; readonly hash: string }
export const filesOf = (db: Db, id: Id<'Publication'>): Promise<AttachedFile[]> =>
  db.selectFrom('publication.publicationFile as f').innerJoin('platform.file as p', 'p.id', 'f.fileId').select(['f.fileNo', 'f.isDrawn', 'f.sightings', 'f.unread', 'p.name', 'p.sizeBytes', 'p.mediaType', 'p.hash'])
    .where('f.publicationId', '=', id).where('f.removedAt', 'is', null).orderBy('f.fileNo').execute();

/** 办理过程, in order. */
export const stepsOf = (db: Db, id: Id<'Publication'>) => db.selectFrom('publication.step').selectAll().where('publicationId', '=', id).orderBy('id').limit(500).execute();

/** The columns by which a row belongs to a body. */
export const placeOf = ({ countyId, townshipId, neighbourhoodId, estateId, companyId }: Pick<PublicationRecord, 'countyId' | 'townshipId' | 'neighbourhoodId' | 'estateId' | 'companyId'>) => ({ countyId, townshipId, neighbourhoodId, estateId, companyId });

/** 记一步: who did what to which content, with the opinion; and the audit entry that goes with it. */
export async function recordStep(tx: Tx, ctx: Ctx, item: PublicationRecord, { act, opinion = '', before }: { act: ActName | 'draft'; opinion?: string; before: PublicationRecord | null }): Promise<void> {
  await tx.db.insertInto('publication.step').values({ id: newId<'Step'>(), publicationId: item.id, ...placeOf(item), act, opinion, actedBy: ctx.actor.userId, actedByName: ctx.actor.name, actedAt: ctx.now, contentSha256: item.contentSha256 }).execute();
  const told = (row: PublicationRecord) => ({ title: row.title, status: row.status, indexNo: row.indexNo });
  tx.audit({ action: `publication.${act}`, subject: ['Publication', item.id], before: before === null ? null : told(before), after: told(item), ...(opinion === '' ? {} : { reason: opinion }), countyId: item.countyId, townshipId: item.townshipId });
}
