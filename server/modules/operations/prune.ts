import { rm } from 'node:fs/promises';
import { kept } from '#platform/backup/keep.ts';
import { archivesIn } from '#platform/backup/place.ts';
import type { BackupPlan } from '#platform/backup/plan.ts';
import { readArchive } from '#platform/backup/read-archive.ts';
import { Problem } from '#platform/problem.ts';

/**
 * 删除旧备份: archives in the folder that the rule does not keep — and only those that read back whole and are of this deployment. What is damaged,
 * sealed with another key or somebody else's is never ours to remove; those made under a secret this deployment had before are. @returns the names removed
 */
export async function pruneBackups(plan: BackupPlan, passphrase: string | null, former: readonly string[] = []): Promise<string[]> {
  const archives = await archivesIn(plan.folder);
  const keep = kept(archives, plan.keep);
  const removed: string[] = [];
  for (const archive of archives.filter((each) => !keep.has(each))) {
    if (!(await isOurs(archive.path, passphrase, [plan.fingerprint, ...former]))) continue;
    await rm(archive.path, { force: true });
    removed.push(archive.name);
  }
  return removed;
}

async function isOurs(path: string, passphrase: string | null, fingerprints: readonly string[]): Promise<boolean> {
  try {
    return fingerprints.includes((await readArchive(path, passphrase)).secretFingerprint);
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
