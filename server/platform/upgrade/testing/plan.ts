import { join } from 'node:path';
import { fingerprintOf } from '../../backup/manifest.ts';
import { systemClock } from '../../clock.ts';
import { fileStoreOn } from '../../files/store.ts';
import { TEST_SECRET } from '../../testing/kit-on.ts';
import type { UpgradePlan } from '../guard-upgrade.ts';

/** 测试用升级安排, as the embedded server has it. */
export const upgradePlanIn = (folder: string, ownerUrl: string): UpgradePlan => ({
  source: { ownerUrl, files: fileStoreOn(join(folder, 'files')), fingerprint: fingerprintOf(TEST_SECRET) },
  target: { folder: join(folder, 'backups'), passphrase: null, now: systemClock.now() },
  makesBackup: true, withoutBackup: false, dataDir: folder, say: () => undefined,
});
