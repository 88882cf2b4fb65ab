import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sentenceFor } from './embedded-refusal.ts';
import { startEmbedded, StartRefused } from './embedded.ts';

let base: string;
beforeAll(() => { base = mkdtempSync(join(tmpdir(), 'shanzhi-full-')); chmodSync(base, 0o755); });
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A disk in memory with these limits, mounted for the length of `work`; null where this account may not mount one. */
async function onDisk<T>(limits: string, work: (folder: string) => Promise<T>): Promise<T | null> {
  const folder = mkdtempSync(join(base, 'disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', limits, 'tmpfs', folder]).status !== 0) return null;
  try {
    chmodSync(folder, 0o755);
    return await work(folder);
  } finally {
    spawnSync('umount', [folder]);
  }
}

const startIn = (dataDir: string) => startEmbedded({ dataDir, log: () => undefined }).then(async (embedded) => { await embedded.stop(); return null; }, (error: unknown) => error);
const mayMount = (await (async () => { base = mkdtempSync(join(tmpdir(), 'shanzhi-full-')); const may = await onDisk('size=1m', async () => true); rmSync(base, { recursive: true, force: true }); return may; })()) === true;

// Only root may mount a disk. Everybody else's run says so by the name of the test it has instead, and still checks the words.
describe(mayMount ? 'a disk that is really full' : 'a full disk, by its words alone: this account may not mount one', () => {
  if (!mayMount) {
    test('what the system and PostgreSQL say of it becomes the one sentence', () => {
      for (const said of ['ENOSPC: no space left on device, mkdir', 'FATAL:  could not write lock file "postmaster.pid": No space left on device']) expect(sentenceFor(said, '/data')).toMatch(/^磁盘空间不足/);
    });
    return;
  }

  test('with less than 100 MB left nothing is begun, and the sentence says how much there is', async () => {
    const error = await onDisk('size=60m', (disk) => startIn(join(disk, 'data')));
    expect(error).toBeInstanceOf(StartRefused);
    expect(error).toMatchObject({ message: expect.stringMatching(/^磁盘空间不足：「.*」所在磁盘只剩 \d+ MB，至少需要 100 MB，请清理后再启动。$/) });
  });

  test('when it fills up while the database is being made, it is told in one sentence', async () => {
    // Bytes enough, but only so many files: initdb itself meets ENOSPC.
    const error = await onDisk('size=500m,nr_inodes=120', (disk) => startIn(join(disk, 'data')));
    expect(error).toBeInstanceOf(StartRefused);
    expect(error).toMatchObject({ message: expect.stringMatching(/^磁盘空间不足，数据库无法写入「.*」，请清理磁盘后再启动。$/) });
  });

  test('a database that was made before starts again once there is room', async () => {
    const told = await onDisk('size=400m', async (disk) => {
      const data = join(disk, 'data');
      mkdirSync(data);
      const first = await startIn(data);
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - 20 * 1024 * 1024));
      const full = await startIn(data);
      rmSync(join(disk, 'ballast'));
      return { first, full, again: await startIn(data) };
    });
    expect(told).toMatchObject({ first: null, full: { message: expect.stringContaining('磁盘空间不足') }, again: null });
  });
});
