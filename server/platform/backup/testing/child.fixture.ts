import { writeSync } from 'node:fs';
import { instant } from '#domain/kernel/brand.ts';
import { fileStoreOn } from '#platform/files/store.ts';
import { TEST_SECRET } from '#platform/testing/kit-on.ts';
import { makeBackup } from '../make-backup.ts';
import { fingerprintOf } from '../manifest.ts';
import { checkArchive, restoreBackup } from '../restore-backup.ts';

// A process that comes to the named stage of a backup or a restore, says so, and stands still there for ever. The test kills it.
const [what = '', ownerUrl = '', folder = '', stage = '', path = ''] = process.argv.slice(2);
const stand = (line: string) => {
  if (!line.includes(stage)) return;
  writeSync(1, 'there\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
if (what === 'backup') {
  let tables = 0;
  await makeBackup({ ownerUrl, files: fileStoreOn(folder), fingerprint: fingerprintOf(TEST_SECRET) }, { folder, passphrase: null, now: instant('2026-11-23T02:00:00.000Z') }, async (_done, _total, now) => {
    tables += 1;
    // Some tables are in the file by then.
    if (tables > 20 || now !== '备份数据') stand(now);
  });
}
if (what === 'restore') await restoreBackup(await checkArchive({ path, passphrase: null, secret: TEST_SECRET }), { ownerUrl, filesFolder: folder, replaces: stage === '逐行比对', say: stand });
