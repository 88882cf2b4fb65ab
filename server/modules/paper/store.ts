import { sql, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { paperFilters } from '#contract/paper.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import { Problem } from '#platform/problem.ts';
import type { PaperTables } from './tables.gen.ts';

/** 文书 as stored. */
export type PaperRecord = Selectable<PaperTables['paper.paper']>;
type Filters = z.output<typeof paperFilters>;
const EXACT_TO = 1_000;

/** 可见的文书: those of the scope; drafts only at the level of the body that writes them. */
export function visiblePapers(db: Db, scope: Scope) {
  const query = within(scope, db.selectFrom('paper.paper as p'), { alias: 'p' });
  return scope.level === 'everything' ? query : query.where((eb) => eb.or([eb('p.status', 'in', ['issued', 'cancelled']), sql<boolean>`p.level = ${scope.level}`]));
}

/** 一页文书, the newest first; `next` is the key of the following page. */
export async function pagePapers(db: Db, { scope, actor }: Pick<Ctx, 'scope' | 'actor'>, filters: Filters, { after, limit }: { after?: string | undefined; limit: number }) {
  const query = filtered(visiblePapers(db, scope), filters, actor.userId);
  const { total } = await db.selectFrom(query.select(sql<number>`1`.as('one')).limit(EXACT_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const page = after === undefined ? query : query.where(sql<boolean>`p.id < ${after}::uuid`);
  const found = await page.selectAll('p').orderBy('p.id', 'desc').limit(limit + 1).execute();
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
}

function filtered(query: ReturnType<typeof visiblePapers>, { q, kind, status, year, estateId, inHand }: Filters, userId: string | null) {
  let found = query;
  if (inHand === 'mine') found = found.where(isInHand('p.holderId', 'p.createdBy', userId));
  if (kind) found = found.where('p.kind', '=', kind);
  if (status) found = found.where('p.status', '=', status);
  if (year !== undefined) found = found.where('p.numberYear', '=', year);
  if (estateId) found = found.where('p.aboutEstateId', '=', estateId);
  if (q) {
    const like = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    found = found.where(sql<boolean>`(p.title like ${like} or (p.number_code || '〔' || p.number_year || '〕' || p.number_serial || '号') like ${like})`);
  }
  return found;
}

/** 查文书. @throws Problem not-found, also when it is out of scope or another level's draft */
export async function getPaper(db: Db, scope: Scope, id: Id<'Paper'>): Promise<PaperRecord> {
  const row = await visiblePapers(db, scope).selectAll('p').where('p.id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not-found', '文书不存在或不在管辖范围内');
  return row;
}

/** 锁文书 for change. @throws Problem not-found, state.stale */
export async function lockPaper(db: Db, ctx: Pick<Ctx, 'scope' | 'ifMatch'>, id: Id<'Paper'>): Promise<PaperRecord> {
  const row = await visiblePapers(db, ctx.scope).selectAll('p').where('p.id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('not-found', '文书不存在或不在管辖范围内');
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw new Problem('state.stale', '文书已被别人修改，请刷新后核对再办理');
  return row;
}

/** 所涉小区的名称. */
export async function estateNames(db: Db, ids: readonly (Id<'Estate'> | null)[]): Promise<Map<string, string>> {
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  return new Map((await db.selectFrom('registry.estate').select(['id', 'name']).where('id', 'in', known).execute()).map(({ id, name }) => [id, name]));
}
