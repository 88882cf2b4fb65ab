import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { search as route } from '#contract/registry/directory.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { holds } from '../../access.ts';
import { ownersBy, practitionersBy } from './people.ts';
import { readSearch, type SearchQuery } from './search-query.ts';

export type Hit = Output<typeof route>['hits'][number];

/** 搜索: one box for estates, companies, people, units and (for those who may see them) owners, within scope. */
export function search(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const wanted = readSearch(query.q);
  if (wanted.words.length === 0) return Promise.resolve({ hits: [], hasMore: false });
  const limit = query.limit + 1;
  return ctx.read(async (db) => {
    const [entries, people, owners] = await Promise.all([entriesBy(db, wanted, limit), practitionersBy(db, ctx, wanted, limit), ownersBy(db, ctx, wanted, limit)]);
    // A home's page shows its owners: who may not see those is not led there.
    const units = holds(ctx, 'registry.owner.read') ? entries.filter((hit) => hit.kind === 'unit') : [];
    const hits = distinct([...entries.filter((hit) => hit.kind !== 'unit'), ...people, ...owners, ...units]);
    return { hits: hits.slice(0, query.limit), hasMore: hits.length > query.limit };
  });
}

/** Names, codes, spellings and unit numbers, best first; the function applies the scope itself. */
async function entriesBy(db: Db, { words, unit }: SearchQuery, limit: number): Promise<Hit[]> {
  const found = await sql<{ kind: Hit['kind']; subjectId: string; title: string; detail: string }>`
    select kind, subject_id, title, detail from registry.search(${words}::text[], ${unit?.place ?? []}::text[], ${unit?.patterns ?? []}::text[], ${unit?.rooms ?? []}::text[], ${limit}::integer)`.execute(db);
  return found.rows.map((row) => ({ kind: row.kind, id: row.subjectId, title: row.title, detail: row.detail }));
}

/** A person found by name and by number is one hit. */
const distinct = (hits: readonly Hit[]): Hit[] => [...new Map(hits.map((hit) => [`${hit.kind}/${hit.id}`, hit])).values()];
