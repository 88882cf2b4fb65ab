import type { Instant } from '#domain/kernel/brand.ts';
import type { Scope } from '../access/scope.ts';
import type { Db } from '../db/types.ts';
import type { Kit } from '../kit.ts';
import { factsIn, sessionIdOf, type SessionFacts } from './facts.ts';

/** Thrown when a remembered session is no longer what it was: nothing read under it may leave; the request is answered anew. */
export class SessionChanged extends Error {}

const MOST = 10_000;
const remembered = new WeakMap<Kit, Map<string, SessionFacts>>();

function memoryOf(kit: Kit): Map<string, SessionFacts> {
  const known = remembered.get(kit) ?? new Map<string, SessionFacts>();
  remembered.set(kit, known);
  return known;
}

/** 记住会话: the facts as they were just read. The oldest goes when there are too many. */
export function remember(kit: Kit, facts: SessionFacts): void {
  const memory = memoryOf(kit);
  memory.delete(facts.sessionId);
  memory.set(facts.sessionId, facts);
  const [oldest] = memory.keys();
  if (memory.size > MOST && oldest !== undefined) memory.delete(oldest);
}

/** 忘记会话. */
export const forget = (kit: Kit, sessionId: string): void => { memoryOf(kit).delete(sessionId); };

/** 记得的会话 of this token, as last read: to be believed only together with a `SessionCheck`. */
export const recall = (kit: Kit, token: string): SessionFacts | undefined => memoryOf(kit).get(sessionIdOf(token));

const texts = new WeakMap<SessionFacts, string>();
/** The facts as one text, to compare them by; made once for those that are remembered. */
function textOf(facts: SessionFacts): string {
  const text = texts.get(facts) ?? JSON.stringify(facts);
  texts.set(facts, text);
  return text;
}

/** 随行核对: a session believed from memory is asked for again beside the first read, in the same packet, before anything of it is answered. */
export interface SessionCheck {
  /** Like the database's own `read`. @throws SessionChanged instead of whatever `work` says, when the session is another by now */
  read<T>(scope: Scope, work: (db: Db) => Promise<T>, requestId?: string): Promise<T>;
  /** At once, unless a read already did. @throws SessionChanged */
  confirm(): Promise<void>;
}

/** 核对 of these facts, once in a request. */
export function checkOf(kit: Kit, facts: SessionFacts, now: Instant): SessionCheck {
  let isConfirmed = false;
  const against = async (db: Db) => {
    const found = await factsIn(db, facts.sessionId, now);
    // The time last seen is written by the long way round.
    if (found === null || found.isSeenLongAgo || JSON.stringify(found.facts) !== textOf(facts)) throw new SessionChanged();
    isConfirmed = true;
  };
  return {
    read: (scope, work, requestId) => {
      if (isConfirmed) return kit.database.read(scope, work, requestId);
      return kit.database.read(scope, async (db) => {
        const [checked, done] = await Promise.allSettled([against(db), work(db)]);
        if (checked.status === 'rejected') throw checked.reason;
        if (done.status === 'rejected') throw done.reason;
        return done.value;
      }, requestId);
    },
    confirm: async () => { if (!isConfirmed) await kit.database.ask(against); },
  };
}
