import type { Clock } from './clock.ts';
import type { BackupPlan } from './backup/plan.ts';
import type { Vault } from './crypto/vault.ts';
import type { Database } from './db/connect.ts';
import type { SlowLog } from './db/slow-log.ts';
import type { Deployment } from './diagnose/deployment.ts';
import type { FileStore } from './files/store.ts';
import type { OidcProvider } from './identity/oidc/provider.ts';
import type { HashName } from './audit/seal.ts';
import type { Module } from './module.ts';
import type { Queue } from './jobs/queue.ts';
import type { ErasedBook } from './personal/erased-book.ts';
import type { OutgoingRules } from './outgoing/address.ts';

/** 平台部件:what a running process has, made once in server/main and passed down. */
export interface Kit {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly files: FileStore;
  readonly queue: Queue;
  readonly modules: readonly Module[];
  readonly hash: HashName;
  /** Public origin, e.g. http://127.0.0.1:8080. */
  readonly origin: string;
  readonly isDemo: boolean;
  readonly backups: BackupPlan;
  readonly erased: ErasedBook;
  readonly deployment: Deployment;
  /** Null when people sign in by password only. */
  readonly oidc: OidcProvider | null;
  /** Which addresses requests of ours may reach. */
  readonly outgoing: OutgoingRules;
  /** Statements of this process that took too long. */
  readonly slow: SlowLog;
}
