import type pg from 'pg';
import { roleMay, type machineRole, type Permission, type Role } from '#contract/permissions.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Scope } from './access/scope.ts';
import type { AuditDraft } from './audit/record.ts';
import type { EventDraft } from './events/emit.ts';
import type { Db } from './db/types.ts';
import type { Upload } from './files/store.ts';
import type { Kit } from './kit.ts';

/** 操作人:who acts, in which post. */
export interface Actor {
  readonly userId: Id<'AppUser'> | null;
  readonly name: string;
  readonly grantId: Id<'UserGrant'> | null;
  readonly role: Role | typeof machineRole.name | null;
  readonly sessionId: string | null;
  /** Of a key: itself, and what was chosen for it from what machines may do. */
  readonly key?: { readonly id: Id<'ApiKey'>; readonly permissions: readonly Permission[] };
}

/** 操作人能否: the system itself may, a key what was chosen for it, a person what the role lists, anybody else nothing. */
export function actorMay({ userId, role, key }: Actor, permission: Permission): boolean {
  if (key) return key.permissions.includes(permission) && roleMay('machine', permission);
  return role === null ? userId === null : roleMay(role, permission);
}

/** 提交人: whose marks of intent these are. Null for those who leave none. */
export const submitterOf = ({ userId, key }: Actor): string | null => userId ?? key?.id ?? null;

/** 访客: whoever did not sign in. */
export const visitor: Actor = { userId: null, name: '访客', grantId: null, role: null, sessionId: null };

/** 系统自身 as the actor of jobs and the command line. */
export const system: Actor = { userId: null, name: '系统', grantId: null, role: null, sessionId: null };

/** 事务:one open transaction. A commit without `audit` (or `auditNothing`) is refused. */
export interface Tx {
  readonly db: Db;
  readonly client: pg.PoolClient;
  /** The context's `now`. */
  readonly now: Instant;
  /** All modules of the process: what a fact told here may concern. */
  readonly modules: Kit['modules'];
  audit(draft: AuditDraft): void;
  /** Says that a purely technical write needs no entry, and why. */
  auditNothing(why: string): void;
  emit(draft: EventDraft): void;
}

/** 上下文:all a use case knows of the request or job that runs it. `now` is read once. */
export interface Ctx {
  readonly kit: Kit;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly now: Instant;
  readonly today: LocalDate;
  readonly requestId: string;
  readonly ip: string | null;
  /** The version the page had read, from `If-Match`; null where the route does not need one. */
  readonly ifMatch: number | null;
  /** The caller's mark of this one intent; the first transaction of the request claims it. */
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  /** Files that came with the request, already stored under their hash and not yet belonging to anything. */
  readonly uploads: readonly Upload[];
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Like `transact`, on a connection that can carry COPY. */
  transactBulk<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}
