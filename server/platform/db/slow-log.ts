import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { newId } from '../ids.ts';

/** 慢查询: a statement that took too long. Its text has places instead of values, so nothing of anybody is in it. */
export interface SlowStatement {
  readonly id: Id<'SlowStatement'>;
  readonly at: Instant;
  /** Whole milliseconds from sending to the last row; on a pipelined connection this holds what it waited for before it. */
  readonly ms: number;
  readonly rows: number;
  /** The same text has the same name, here and in PostgreSQL's list of prepared statements. */
  readonly statement: string;
  readonly text: string;
  /** True when the text is longer than what is kept of it. */
  readonly isCut: boolean;
  readonly requestId: string | null;
}

/** 慢查询记录: the last ones of this process, newest first. */
export interface SlowLog {
  /** Milliseconds from which a statement is slow. */
  readonly threshold: number;
  note(found: { readonly text: string; readonly ms: number; readonly rows: number; readonly client: ClientBase }): void;
  recent(): readonly SlowStatement[];
  /** How many since the process began. */
  noted(): number;
}

const KEPT = 200;
const LONGEST_TEXT = 20_000;

/** 语句名: the hash of a statement's text. */
export const nameOf = (text: string): string => 's' + createHash('sha256').update(text).digest('base64url').slice(0, 20);

const requests = new WeakMap<ClientBase, string>();
/** 这个连接正为哪个请求工作; the next transaction on it says anew. */
export function attribute(client: ClientBase, requestId: string | null): void {
  if (requestId === null) requests.delete(client);
  else requests.set(client, requestId);
}

/** 建立慢查询记录; each is also told to `tell`, without its values. A threshold of null notes nothing. */
export function slowLog(thresholdMs: number | null, { now, tell = () => undefined }: { now: () => Instant; tell?: (found: SlowStatement) => void }): SlowLog {
  const kept: SlowStatement[] = [];
  let noted = 0;
  return {
    threshold: thresholdMs ?? Number.POSITIVE_INFINITY,
    note: ({ text, ms, rows, client }) => {
      const found = { id: newId<'SlowStatement'>(), at: now(), ms: Math.round(ms), rows, statement: nameOf(text), text: text.slice(0, LONGEST_TEXT), isCut: text.length > LONGEST_TEXT, requestId: requests.get(client) ?? null };
      noted += 1;
      kept.unshift(found);
      kept.length = Math.min(kept.length, KEPT);
      tell(found);
    },
    recent: () => kept,
    noted: () => noted,
  };
}
