import { createHash } from 'node:crypto';
import { currentGrants, presentGrants, type GrantOut } from '#modules/administration/index.ts';
import type { ItemGroup } from '#domain/handover/words.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { everything } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import type { Kit } from '#platform/kit.ts';

/** 名下的一项, as the list shows it. */
export interface Held { readonly kind: string; readonly subjectId: string; readonly scopeId: string | null; readonly group: ItemGroup; readonly title: string; readonly detail: string; readonly path: string | null }

/** 岗位 as a kind of what is held; its subject is the grant. */
export const POST = 'handover.post';
export const keyOf = ({ kind, subjectId }: Pick<Held, 'kind' | 'subjectId'>): string => `${kind}/${subjectId}`;

/** 在任岗位 that go: all, or those chosen that are still in force. */
export async function goingPosts(db: Db, fromId: Id<'AppUser'>, grantIds: readonly string[] | null): Promise<GrantOut[]> {
  const all = presentGrants(await currentGrants(db, everything, fromId).execute());
  return grantIds === null ? all : all.filter(({ id }) => grantIds.includes(id));
}

/** 名下事项: the posts that go, and what every module says the person has in hand in them. */
export async function heldIn(kit: Kit, db: Db, fromId: Id<'AppUser'>, posts: readonly GrantOut[]): Promise<Held[]> {
  const scopes = new Set(posts.map(({ scopeId }) => scopeId));
  const things: Held[] = [];
  for (const { holdings } of kit.modules) {
    if (holdings === null) continue;
    for (const { id: subjectId, ...thing } of await holdings.list(db, fromId)) if (thing.scopeId === null || scopes.has(thing.scopeId)) things.push({ subjectId, ...thing });
  }
  return [...posts.map(postItem), ...things];
}

const postItem = ({ id, roleTitle, scopeName, scopeId, title, startedOn }: GrantOut): Held => ({
  kind: POST, subjectId: id, scopeId, group: 'post', title: title === null || title === '' ? `${roleTitle}（${scopeName}）` : `${roleTitle}（${scopeName}），${title}`, detail: `${dateText(startedOn)}到岗`, path: null,
});

/** 清单标记: SHA-256 of which things the list names, in its order; details may move on (a draft's state) without its being another list. */
export const markOf = (items: readonly Pick<Held, 'kind' | 'subjectId' | 'title'>[]): string =>
  createHash('sha256').update(JSON.stringify(items.map(({ kind, subjectId, title }) => [kind, subjectId, title]))).digest('hex');
