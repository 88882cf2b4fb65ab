import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant, type Instant } from '#domain/kernel/brand.ts';
import type { BackupPlan } from '../backup/plan.ts';
import { fingerprintOf } from '../backup/manifest.ts';
import type { Clock } from '../clock.ts';
import { openVault } from '../crypto/vault.ts';
import { connect } from '../db/connect.ts';
import { APP_ROLE, JOBS_ROLE, urlOf } from '../db/roles.ts';
import { slowLog } from '../db/slow-log.ts';
import type { Deployment } from '../diagnose/deployment.ts';
import type { OidcConfig } from '../identity/oidc/config.ts';
import { openProvider } from '../identity/oidc/provider.ts';
import { fileStoreOn } from '../files/store.ts';
import { queue } from '../jobs/queue.ts';
import type { Kit } from '../kit.ts';
import type { Module } from '../module.ts';
import { erasedBookAt, ERASED_BOOK } from '../personal/erased-book.ts';

/** The secret of every test database; `migrate` uses the same when it is given none. */
export const TEST_SECRET = 'test-only';

/** 测试用备份安排: into `folder`, every night at two. */
export const backupPlanIn = (folder: string, ownerUrl: string): BackupPlan => ({ folder: join(folder, 'backups'), hour: 2, keep: { daily: 7, weekly: 4, monthly: 12 }, key: undefined, keyFile: undefined, ownerUrl, fingerprint: fingerprintOf(TEST_SECRET) });

/** 测试用部署情况. */
export const TEST_DEPLOYMENT: Deployment = { product: 'test', settings: {}, logFolder: null };

/** A clock that stands still until it is told the time. */
export interface TestClock extends Clock { set(at: string): void }

/** 静止的时钟. */
export function stoppedClock(at = '2026-11-20T02:00:00.000Z'): TestClock {
  let now: Instant = instant(at);
  return { now: () => now, set: (next) => { now = instant(next); } };
}

export interface TestKit { readonly kit: Kit; readonly clock: TestClock; readonly ownerUrl: string; readonly jobsUrl: string; readonly appUrl: string; stop(): Promise<void> }

/** 测试部件的选择: `origin` where pages lead people out and back, `oidc` a provider that is really there. */
export interface KitOptions { readonly at?: string; readonly size?: number; readonly isDemo?: boolean; readonly slowMs?: number; readonly origin?: string; readonly oidc?: OidcConfig }

/** 测试部件 on a database that is already there: real PostgreSQL, real files in a temporary folder and a clock that tests move. */
export async function kitOn(database: { ownerUrl: string; drop(): Promise<void> }, modules: readonly Module[], options: KitOptions = {}): Promise<TestKit> {
  const folder = await mkdtemp(join(tmpdir(), 'shanzhi-files-'));
  const clock = stoppedClock(options.at);
  const appUrl = urlOf(APP_ROLE, database.ownerUrl, TEST_SECRET);
  const slow = slowLog(options.slowMs ?? null, { now: clock.now });
  const kit: Kit = {
    database: connect({ url: appUrl, size: options.size ?? 4, slow }), slow,
    vault: openVault(TEST_SECRET), clock, queue, modules, files: fileStoreOn(folder),
    hash: 'sha256', origin: options.origin ?? 'http://127.0.0.1:8080', oidc: options.oidc === undefined ? null : openProvider(options.oidc), isDemo: options.isDemo ?? false,
    erased: erasedBookAt([folder, join(folder, 'backups')].map((place) => join(place, ERASED_BOOK))), backups: backupPlanIn(folder, database.ownerUrl), outgoing: { allow: ['127.0.0.1'] }, deployment: { ...TEST_DEPLOYMENT, logFolder: join(folder, 'logs') },
  };
  return {
    kit, clock, ownerUrl: database.ownerUrl, jobsUrl: urlOf(JOBS_ROLE, database.ownerUrl, TEST_SECRET), appUrl,
    stop: async () => { await kit.database.close(); await database.drop(); await rm(folder, { recursive: true, force: true }); },
  };
}
