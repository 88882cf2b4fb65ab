import { sql } from 'kysely';
import type { z } from 'zod';
import type * as route from '#contract/administration/audit.ts';
import type { auditFilters } from '#contract/administration/audit.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { machineRole, roles } from '#contract/permissions.ts';
import { instant, makeId, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays, epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { withMerged, within, type Scope } from '#platform/access/scope.ts';
import { publishedHead, sealPending, verifyChain, type Verification } from '#platform/audit/seal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Kit } from '#platform/kit.ts';
import { Problem } from '#platform/problem.ts';
import { numberTitle, valueTitle } from '../audit-values.ts';
import { conditionWords, idsIn } from '../conditions.ts';
import { actionTitle, fieldTitle, subjectTitle } from '../labels.ts';
import { countyUnits } from '../store/org-units.ts';
import { cut, totalOf } from '../store/page.ts';
import { visibleUsers } from '../store/users.ts';

const columns = ['e.id', 'e.entryNo', 'e.at', 'e.actorId', 'e.actorName', 'e.role', 'e.action', 'e.subjectKind', 'e.subjectId', 'e.reason'] as const;

/** Every read of entries starts here, inside the scope. */
const visible = (db: Db, scope: Scope) => within(scope, db.selectFrom('audit.entry as e'), { alias: 'e', inherited: true }).leftJoin('audit.seal as s', 's.entryNo', 'e.entryNo');

/** The instant at which a day begins in China. */
const startOf = (day: LocalDate): Instant => instantOf(epochOf(instant(`${day}T00:00:00.000Z`)) - 8 * 3_600_000);

/** 操作记录, newest first. */
export function listAuditEntries(ctx: Ctx, { query }: Input<typeof route.listAuditEntries>): Promise<Output<typeof route.listAuditEntries>> {
  return ctx.read(async (db) => {
    const entries = filteredEntries(db, await withMerged(db, ctx.scope), query);
    const total = await totalOf(db, entries);
    const after = Number(query.after);
    const rows = await (Number.isSafeInteger(after) && after > 0 ? entries.where('e.entryNo', '<', after) : entries).orderBy('e.entryNo', 'desc').limit(query.limit + 1).execute();
    const page = cut(rows, query.limit, ({ entryNo }) => String(entryNo));
    return { ...total, next: page.next, rows: page.rows.map(line) };
  });
}

/** Entries that fit the conditions. */
export function filteredEntries(db: Db, scope: Scope, query: z.output<typeof auditFilters>) {
  let entries = visible(db, scope).select([...columns, 's.sealNo']);
  if (query.actorId !== undefined) entries = entries.where('e.actorId', '=', query.actorId);
  if (query.actor) entries = entries.where(sql<boolean>`position(${query.actor} in e.actor_name) > 0`);
  if (query.action) entries = entries.where('e.action', '=', query.action);
  if (query.subjectKind) entries = entries.where('e.subjectKind', '=', query.subjectKind);
  if (query.subjectId) entries = entries.where('e.subjectId', '=', query.subjectId);
  if (query.from !== undefined) entries = entries.where('e.at', '>=', startOf(query.from));
  return query.to === undefined ? entries : entries.where('e.at', '<', startOf(addDays(query.to, 1)));
}

interface Line { readonly role: string | null; readonly action: string; readonly subjectKind: string; readonly sealNo: number | null }
const roleTitle = (role: string | null): string | null => (role === machineRole.name ? machineRole : Object.entries(roles).find(([key]) => key === role)?.[1])?.title ?? role;
/** 操作记录 as listed: codes with their names. */
export const line = <T extends Line>({ role, sealNo, ...row }: T) => ({ ...row, roleTitle: roleTitle(role), actionTitle: actionTitle(row.action), subjectTitle: subjectTitle(row.subjectKind), sealed: sealNo !== null });

/** 操作记录详情. */
export function getAuditEntry(ctx: Ctx, { params }: Input<typeof route.getAuditEntry>): Promise<Output<typeof route.getAuditEntry>> {
  return ctx.read(async (db) => {
    const row = await visible(db, await withMerged(db, ctx.scope)).select([...columns, 'e.before', 'e.after', 'e.requestId', 'e.ip', 's.sealNo', 's.algorithm', 's.hash', 's.previous', 's.sealedAt']).where('e.id', '=', params.entryId).executeTakeFirst();
    if (!row) throw new Problem('not-found', '没有这条操作记录');
    const { before, after, algorithm, hash, previous, sealedAt, ...entry } = row;
    const seal = entry.sealNo !== null && algorithm && hash && previous && sealedAt ? { sealNo: entry.sealNo, algorithm, hash, previous, sealedAt } : null;
    return { ...line(entry), changes: changesOf(entry.subjectKind, before, await withConditions(db, ctx, entry, after)), seal };
  });
}

/** What an export was narrowed by is kept as it was asked, and told in words. */
async function withConditions(db: Db, { kit, scope }: Pick<Ctx, 'kit' | 'scope'>, { subjectKind, subjectId }: { readonly subjectKind: string; readonly subjectId: string }, after: unknown): Promise<unknown> {
  if (subjectKind !== 'Export' || !isFields(after) || after['query'] === undefined) return after;
  const routes = kit.modules.flatMap((module) => module.routes.map(({ route }) => route));
  return { ...after, query: conditionWords(subjectId, after['query'], { routes, names: await namesOf(db, scope, idsIn(after['query'])) }) };
}

/** Names of bodies and of the county's users; another's stay a number. */
async function namesOf(db: Db, scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const bodies = await countyUnits(db, scope).select(['id', 'name']).where('id', 'in', ids.map((id) => makeId<'OrgUnit'>(id))).execute();
  const users = await visibleUsers(db, scope).select(['u.id', 'u.name']).where('u.id', 'in', ids.map((id) => makeId<'AppUser'>(id))).execute();
  return new Map([...bodies, ...users].map(({ id, name }) => [id, name]));
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
function shown(subjectKind: string, field: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map((one) => shown(subjectKind, field, one)).join('、');
  if (typeof value === 'string') return valueTitle(subjectKind, field, value);
  return typeof value === 'number' ? numberTitle(field, value) : JSON.stringify(value);
}

function changesOf(subjectKind: string, before: unknown, after: unknown) {
  const [old, now] = [isFields(before) ? before : {}, isFields(after) ? after : {}];
  return Object.keys({ ...old, ...now }).map((field) => ({ field: fieldTitle(field), before: shown(subjectKind, field, old[field]), after: shown(subjectKind, field, now[field]) }));
}

/** 链头. */
export const getAuditHead = async (ctx: Ctx): Promise<Output<typeof route.getAuditHead>> => ({ head: await headOf(ctx.kit) });

async function headOf(kit: Kit) {
  const head = await publishedHead(kit);
  return head && { ...head, sealedAt: instant(head.sealedAt) };
}

/** 核验: seals what waits, recomputes the chain, and records that it was done and what it found. */
export async function verifyAudit(ctx: Ctx, { body }: Input<typeof route.postAuditVerification>): Promise<Output<typeof route.postAuditVerification>> {
  await sealAll(ctx.kit);
  const found = await verifyChain(ctx.kit, { head: body.head });
  const head = await headOf(ctx.kit);
  await recordVerification(ctx, found, head);
  return { ...found, firstBad: found.firstBad ?? null, head, message: verdict(found) };
}

/** 核验结果 in one sentence. */
export function verdict({ ok, checked, firstBad }: Verification): string {
  if (ok) return `核验通过：已封存的 ${checked} 条操作记录没有被改动、删除或调换。`;
  return `核验不通过。第一处不符：${firstBad?.message ?? '不明'}。请立即保存现场并报告。`;
}

/** Seals until nothing is left. */
export async function sealAll(kit: Kit): Promise<number> {
  let sealed = 0;
  for (let n = await sealPending(kit); n > 0; n = await sealPending(kit)) sealed += n;
  return sealed;
}

/** The head goes into the trail itself, so that every verification pins the chain before it. */
export const recordVerification = (ctx: Ctx, found: Verification, head: { readonly sealNo: number; readonly hash: string } | null): Promise<void> => ctx.transact(async (tx) => {
  tx.audit({ action: 'audit.verify', subject: ['AuditChain', 'audit.entry'], before: null, after: { ok: found.ok, checked: found.checked, firstBad: found.firstBad?.message ?? null, sealNo: head?.sealNo ?? null, chainHead: head?.hash ?? null } });
});
