import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { administration } from '#modules/administration/index.ts';
import { committee } from '#modules/committee/index.ts';
import { registry } from '#modules/registry/index.ts';
import { countyScope, everything } from '#platform/access/scope.ts';
import { systemClock } from '#platform/clock.ts';
import { system } from '#platform/context.ts';
import { openVault } from '#platform/crypto/vault.ts';
import { connect } from '#platform/db/connect.ts';
import { slowLog } from '#platform/db/slow-log.ts';
import { fileStoreOn } from '#platform/files/store.ts';
import { newId } from '#platform/ids.ts';
import { queue } from '#platform/jobs/queue.ts';
import { runJob } from '#platform/jobs/run-job.ts';
import type { Kit } from '#platform/kit.ts';
import { makeContext } from '#platform/make-context.ts';
import { erasedBookAt, ERASED_BOOK } from '#platform/personal/erased-book.ts';
import { backupPlanIn, TEST_DEPLOYMENT, TEST_SECRET } from '#platform/testing/kit-on.ts';
import { strikeInstead } from '../crash-point.ts';
import { ledger } from '../index.ts';
import { confirmImport } from '../use-cases/settle-batch.ts';
import { uploadLedger } from '../use-cases/upload-ledger.ts';

/** A server's process, in small: uploads, reads and confirms one ledger (`import`), or only goes on with what was left (`restart`). Killed at the point that SHANZHI_CRASH_AT names; or the database is, where SHANZHI_CRASH_POSTMASTER names its process. */
const [appUrl = '', folder = '', countyId = '', what = '', path = ''] = process.argv.slice(2);
const kit: Kit = {
  database: connect({ url: appUrl, size: 4 }), slow: slowLog(null, { now: systemClock.now }), deployment: TEST_DEPLOYMENT, vault: openVault(TEST_SECRET), clock: systemClock, queue, modules: [administration, registry, committee, ledger],
  files: fileStoreOn(folder), hash: 'sha256', origin: 'http://127.0.0.1:8080', isDemo: false, oidc: null, erased: erasedBookAt([join(folder, ERASED_BOOK)]), backups: backupPlanIn(folder, ''), outgoing: { allow: [] },
};

const postmaster = Number(process.env.SHANZHI_CRASH_POSTMASTER ?? 0);
if (postmaster > 0) strikeInstead(() => { killDatabase(postmaster); });

/** The postmaster and, in the same breath, its children: nothing more is written, as when the power fails. Only Linux tells who they are. */
function killDatabase(pid: number): void {
  const listed = `/proc/${String(pid)}/task/${String(pid)}/children`;
  const children = existsSync(listed) ? readFileSync(listed, 'utf8').split(' ').map(Number).filter((child) => child > 0) : [];
  for (const each of [pid, ...children]) {
    try { process.kill(each, 'SIGKILL'); } catch { /* It went by itself meanwhile. */ }
  }
}

async function work(): Promise<void> {
  const left = await kit.database.read(everything, (db) => db.selectFrom('platform.job').select('id').where('status', 'in', ['waiting', 'running']).orderBy('id').execute());
  for (const { id } of left) await runJob(kit, id);
}

if (what === 'import') {
  const upload = await kit.files.put(createReadStream(path), { name: basename(path), mediaType: 'application/octet-stream', limitBytes: 60_000_000 });
  const as = () => makeContext(kit, { actor: { ...system, role: 'bureau-clerk' }, scope: countyScope(countyId), requestId: newId(), ip: null, ifMatch: null, idempotency: null, uploads: [upload] });
  const batch = await uploadLedger(as(), { params: {}, query: {}, body: { kind: 'estates' } });
  await work();
  await confirmImport(as(), { params: { batchId: batch.id }, query: {}, body: {} });
}
await work();
await kit.database.close();
