import { join } from 'node:path';
import { Client } from 'pg';
import { passphraseOf } from '#platform/backup/config.ts';
import type { MadeBackup } from '#platform/backup/make-backup.ts';
import { fingerprintOf } from '#platform/backup/manifest.ts';
import { recordCommandBackup } from '#modules/operations/index.ts';
import { readSecret } from '#platform/config-secret.ts';
import type { Config } from '#platform/config.ts';
import { systemClock, type Clock } from '#platform/clock.ts';
import { openVault } from '#platform/crypto/vault.ts';
import { connect } from '#platform/db/connect.ts';
import { slowLog, type SlowStatement } from '#platform/db/slow-log.ts';
import { startEmbedded, StartRefused } from '#platform/db/embedded.ts';
import { assertDatabase } from '#platform/db/embedded-assert.ts';
import { migrate } from '#platform/db/migrate.ts';
import { APP_ROLE, JOBS_ROLE, unfitness, urlOf } from '#platform/db/roles.ts';
import { deploymentOf } from '#platform/diagnose/deployment.ts';
import { fileStoreOn } from '#platform/files/store.ts';
import { queue } from '#platform/jobs/queue.ts';
import type { Kit } from '#platform/kit.ts';
import { erasedBookAt, ERASED_BOOK } from '#platform/personal/erased-book.ts';
import { keeperOf, settleSecret } from '#platform/reseal/settle-secret.ts';
import { guardUpgrade, type UpgradePlan } from '#platform/upgrade/guard-upgrade.ts';
import { modules } from './modules.ts';

/** A running process: its kit, the connection strings of the other two roles, and the way out. */
export interface Running { readonly kit: Kit; readonly ownerUrl: string; readonly jobsUrl: string; readonly applied: readonly string[]; stop(): Promise<void> }

export interface BootOptions { readonly log: (line: string) => void; readonly clock?: Clock; readonly onSlow?: (found: SlowStatement) => void; /** The operator has a backup of his own to go back to, should the database be upgraded. */ readonly withoutBackup?: boolean }

/** 装配: opens the database (embedded unless DATABASE_URL is set), migrates it, checks the app role and makes the kit. @throws StartRefused */
export async function boot(config: Config, { log, clock = systemClock, onSlow, withoutBackup = false }: BootOptions): Promise<Running> {
  // Before a database is started or made: a secret that cannot be read is told at once.
  readSecret(config);
  const embedded = config.databaseUrl === undefined ? await startEmbedded({ dataDir: config.dataDir, log }) : null;
  try {
    const ownerUrl = config.databaseUrl ?? embedded?.url ?? '';
    await assertDatabase(ownerUrl);
    const secret = await settleSecret(config, ownerUrl, log);
    const made: MadeBackup[] = [];
    const plan: UpgradePlan = {
      source: { ownerUrl, files: fileStoreOn(join(config.dataDir, 'files')), fingerprint: fingerprintOf(secret) }, target: { folder: config.backup.folder, passphrase: passphraseOf(config.backup), now: clock.now() },
      makesBackup: embedded !== null, withoutBackup, dataDir: config.dataDir, say: log, onBackup: (done) => { made.push(done); },
    };
    const applied = await migrate(ownerUrl, { secret, say: log, keeper: keeperOf(secret), guard: (client, pending) => guardUpgrade(client, pending, plan) });
    if (applied.length > 0) log(`数据库结构已升级（${applied.length} 项）。`);
    const kit = await makeKit(config, { ownerUrl, secret, clock, onSlow });
    for (const done of made) await recordCommandBackup(kit, done, plan.target.now);
    return {
      kit, ownerUrl, applied, jobsUrl: urlOf(JOBS_ROLE, ownerUrl, secret),
      stop: async () => { await kit.database.close(); await embedded?.stop(); },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function makeKit(config: Config, { ownerUrl, secret, clock, onSlow = () => undefined }: { ownerUrl: string; secret: string; clock: Clock; onSlow: ((found: SlowStatement) => void) | undefined }): Promise<Kit> {
  const url = urlOf(APP_ROLE, ownerUrl, secret);
  await refuseUnfit(url);
  const slow = slowLog(config.operations.slowMs, { now: clock.now, tell: onSlow });
  return {
    database: connect({ url, namedStatements: config.namedStatements, slow }), slow,
    vault: openVault(secret), clock, queue, modules,
    files: fileStoreOn(join(config.dataDir, 'files')),
    hash: config.hash, origin: config.origin, isDemo: config.mode === 'demo',
    erased: erasedBookAt([config.dataDir, config.backup.folder].map((folder) => join(folder, ERASED_BOOK))), backups: { ...config.backup, ownerUrl, fingerprint: fingerprintOf(secret) }, outgoing: config.outgoing, deployment: deploymentOf(config),
    oidc: config.oidc === null ? null : (await import('#platform/identity/oidc/provider.ts')).openProvider(config.oidc),
  };
}

/** A role that owns tables or bypasses row-level security would make the second lock worthless: refuse to start. */
async function refuseUnfit(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const reason = await unfitness(client);
    if (reason) throw new StartRefused(reason);
  } finally {
    await client.end();
  }
}
