import { instant, type LocalDate } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import type { Scope } from './access/scope.ts';
import { everything } from './access/scope.ts';
import { writeAudit, type AuditDraft } from './audit/record.ts';
import { submitterOf, system, type Actor, type Ctx, type Tx } from './context.ts';
import { hasSubscribers, writeEvents, type EventDraft } from './events/emit.ts';
import { newId } from './ids.ts';
import { claim } from './http/idempotency.ts';
import type { SessionCheck } from './identity/remembered.ts';
import type { Kit } from './kit.ts';
import type { Database } from './db/connect.ts';

export interface RequestFacts {
  readonly actor: Actor;
  readonly scope: Scope;
  readonly requestId: string;
  readonly ip: string | null;
  readonly ifMatch?: number | null;
  readonly idempotency?: Ctx['idempotency'];
  readonly uploads?: Ctx['uploads'];
  /** For a session believed from memory: what must hold before anything is answered or changed under it. */
  readonly check?: SessionCheck | null;
}

/** 建立上下文 for one request or one job run. */
export function makeContext(kit: Kit, { check = null, ...facts }: RequestFacts): Ctx {
  const now = kit.clock.now();
  const today: LocalDate = todayIn(now);
  const ctx: Ctx = {
    kit, ifMatch: null, idempotency: null, uploads: [], ...facts, now, today,
    read: (work) => (check ?? kit.database).read(facts.scope, work, facts.requestId),
    transact: async (work) => { await check?.confirm(); return recorded(kit.database.write, ctx, work); },
    transactBulk: async (work) => { await check?.confirm(); return recorded(kit.database.bulk, ctx, work); },
  };
  return ctx;
}

/** 系统上下文:for jobs and the command line, over `scope` (everything unless said otherwise). */
export function systemContext(kit: Kit, { scope = everything, actor = system, requestId }: { scope?: Scope; actor?: Actor; requestId?: string } = {}): Ctx {
  return makeContext(kit, { actor, scope, requestId: requestId ?? `system-${newId()}`, ip: null });
}

/** load → decide → record: what was audited and emitted is written just before the commit, in the same transaction. */
function recorded<T>(open: Database['write'], ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const audits: AuditDraft[] = [];
  const events: EventDraft[] = [];
  return open(ctx.scope, async (db, client) => {
    const submitter = submitterOf(ctx.actor);
    if (ctx.idempotency && submitter !== null) await claim(db, submitter, ctx.idempotency, ctx.now);
    let excused = false;
    const result = await work({
      db, client, now: ctx.now, modules: ctx.kit.modules,
      audit: (draft) => { audits.push(draft); },
      auditNothing: () => { excused = true; },
      emit: (draft) => { events.push(draft); },
    });
    if (audits.length === 0 && !excused) throw new Error('a change must be audited');
    // What others wait for is written in several steps; what nobody waits for leaves with the commit.
    await writeEvents(db, ctx, events.filter(({ name }) => hasSubscribers(ctx, name)));
    return result;
  }, ctx.requestId, (db) => Promise.all([writeAudit(db, ctx, audits), writeEvents(db, ctx, events.filter(({ name }) => !hasSubscribers(ctx, name)))]));
}

/** 时刻 now, for code that has a kit and no request. */
export const nowOf = (kit: Kit) => instant(kit.clock.now());
