import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx } from '../context.ts';
import { send } from '../db/dialect.ts';
import type { Db } from '../db/types.ts';
import { newId } from '../ids.ts';

/** 操作记录草稿:what happened to which subject. `before`/`after` may be whole rows; only what differs is kept. */
export interface AuditDraft {
  readonly action: string;
  readonly subject: readonly [kind: string, id: string];
  readonly before: unknown;
  readonly after: unknown;
  readonly reason?: string | undefined;
  /** The county and township the subject belongs to; the actor's own where left out. */
  readonly countyId?: string | null;
  readonly townshipId?: string | null;
}

/** Personal data and secrets never enter the audit trail: that a phone changed is a fact, which phone is not. */
const HIDDEN = /(cipher|index|last4|password|token|hash)$/i;
const NOISE = new Set(['updatedAt', 'version']);

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const shown = (key: string, value: unknown) => (HIDDEN.test(key) && value !== null && value !== undefined ? '（已隐去）' : value);

/** The fields that differ between two rows, personal data hidden. */
export function differing(before: unknown, after: unknown): { before: unknown; after: unknown } {
  if (!isFields(before) || !isFields(after)) return { before: masked(before), after: masked(after) };
  const keys = Object.keys({ ...before, ...after }).filter((key) => !NOISE.has(key) && !same(before[key], after[key]));
  const pick = (from: Fields) => Object.fromEntries(keys.map((key) => [key, shown(key, from[key] ?? null)]));
  return { before: pick(before), after: pick(after) };
}

const masked = (value: unknown): unknown => (isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(key, inner)])) : (value ?? null));

const placeOf = (id: string | null) => (id === null ? null : makeId<'OrgUnit'>(id));

/** 写入操作记录, all of one transaction in one statement, sent while it is called. */
export async function writeAudit(db: Db, ctx: Ctx, drafts: readonly AuditDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  await send(db, db.insertInto('audit.entry').values(drafts.map((draft) => {
    const change = differing(draft.before, draft.after);
    return {
      id: newId<'Entry'>(),
      countyId: placeOf(draft.countyId ?? ctx.scope.countyId),
      townshipId: placeOf(draft.townshipId ?? (ctx.scope.level === 'township' ? ctx.scope.id : null)),
      at: ctx.now,
      actorId: ctx.actor.userId, actorName: ctx.actor.name, grantId: ctx.actor.grantId, role: ctx.actor.role,
      action: draft.action, subjectKind: draft.subject[0], subjectId: draft.subject[1],
      reason: draft.reason ?? null,
      before: change.before === null ? null : JSON.stringify(change.before),
      after: change.after === null ? null : JSON.stringify(change.after),
      requestId: ctx.requestId, ip: ctx.ip,
    };
  })).compile());
}
