import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import { FRAME_BYTES, HEADER_BYTES } from './container.ts';
import { WORDS, type ArchivedTable, type Manifest } from './manifest.ts';
import { readArchive } from './read-archive.ts';
import { writeArchive } from './write-archive.ts';

const KEY = 'a key that only this test knows';
let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(roomyFolder(), 'shanzhi-archive-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

const manifestOf = (tables: ArchivedTable[]): Manifest => ({
  format: 1, product: '0', madeAt: '2026-11-23T02:00:00.000Z', postgres: '18', counties: [], secretFingerprint: '00', migrations: [], tables, sequences: [],
  files: { count: 0, bytes: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }, missingFiles: [], words: WORDS,
});

async function archiveOf(name: string, passphrase: string | null, text: Buffer): Promise<string> {
  const path = join(folder, name);
  await rm(path, { force: true });
  await writeArchive(path, passphrase, async (writer) => {
    const table = await writer.table({ name: 'a.table', columns: [{ name: 'x', type: 'text' }] }, (async function* once() { yield text; })());
    await writer.manifest(manifestOf([table]));
  });
  return path;
}

/** What is said of these bytes under the name of a file. */
async function saidOf(bytes: Buffer, passphrase: string | null): Promise<string> {
  const path = join(folder, 'tried.backup');
  await writeFile(path, bytes);
  return readArchive(path, passphrase).then(() => 'accepted', (error: Error) => error.message);
}
const REFUSED = /^(备份文件「tried\.backup」已损坏、不完整或被改动过|「tried\.backup」不是善治的备份文件|「tried\.backup」的备份格式（\d+）比本程序新|「tried\.backup」是加密的备份|备份密钥不对)/;

describe('a plain archive', () => {
  let whole: Buffer;
  beforeAll(async () => { whole = await readFile(await archiveOf('plain.backup', null, Buffer.from('1\t第一行\n2\t第二行\n'))); });

  test('as it was written it is accepted, and only its owner can read it', async () => {
    expect(await saidOf(whole, null)).toBe('accepted');
    if (process.platform !== 'win32') expect((await stat(join(folder, 'plain.backup'))).mode & 0o777).toBe(0o600);
  });

  test('with any one byte changed it is refused', async () => {
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
      expect([at, await saidOf(changed, null)]).toEqual([at, expect.stringMatching(REFUSED)]);
    }
  });

  test('cut anywhere, or with anything behind it, it is refused', async () => {
    for (let length = 0; length < whole.length; length += 1) expect([length, await saidOf(whole.subarray(0, length), null)]).toEqual([length, expect.stringMatching(REFUSED)]);
    expect(await saidOf(Buffer.concat([whole, Buffer.from([0])]), null)).toMatch(REFUSED);
    expect(await saidOf(Buffer.concat([whole, whole]), null)).toMatch(REFUSED);
  });

  test('of a newer format it says so, and what is no archive is called that', async () => {
    const newer = Buffer.from(whole);
    newer.writeUInt8(2, 16);
    expect(await saidOf(newer, null)).toContain('比本程序新，请先升级程序');
    expect(await saidOf(Buffer.from('PK\u0003\u0004 a workbook'), null)).toContain('不是善治的备份文件');
  });
});

describe('an encrypted archive', () => {
  let whole: Buffer;
  const secretText = Buffer.from('1\t不能给人看\n');
  beforeAll(async () => { whole = await readFile(await archiveOf('sealed.backup', KEY, Buffer.concat([secretText, Buffer.from(`2\t${randomBytes(FRAME_BYTES).toString('hex')}\n`)]))); });

  test('opens with its key, and with no other, and not without', async () => {
    expect(whole.length).toBeGreaterThan(FRAME_BYTES);
    expect(whole.includes(secretText.subarray(2))).toBe(false);
    expect(await saidOf(whole, KEY)).toBe('accepted');
    expect(await saidOf(whole, `${KEY}!`)).toContain('备份密钥不对');
    expect(await saidOf(whole, null)).toContain('是加密的备份，请用 SHANZHI_BACKUP_KEY');
  });

  test('with a byte changed, cut, or with frames in another order it is refused', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ by, at);
      expect(await saidOf(changed, KEY)).toMatch(REFUSED);
      expect(await saidOf(whole.subarray(0, at), KEY)).toMatch(REFUSED);
    }), { numRuns: 25 });
    const first = 4 + FRAME_BYTES + 16;
    const [header, one, rest] = [whole.subarray(0, HEADER_BYTES), whole.subarray(HEADER_BYTES, HEADER_BYTES + first), whole.subarray(HEADER_BYTES + first)];
    expect(await saidOf(Buffer.concat([header, rest, one]), KEY)).toMatch(REFUSED);
    expect(await saidOf(Buffer.concat([header, one, one, rest]), KEY)).toMatch(REFUSED);
    expect(await saidOf(Buffer.concat([header, one]), KEY)).toMatch(REFUSED);
  });
});

test('an archive whose content is not what its manifest promises is refused, though every digest of the container fits', async () => {
  const path = join(folder, 'liar.backup');
  for (const lie of [{ rows: 2 }, { bytes: 3 }, { sha256: '0'.repeat(64) }, { parts: [] }, { name: 'a.other' }]) {
    await rm(path, { force: true });
    await writeArchive(path, null, async (writer) => {
      const table = await writer.table({ name: 'a.table', columns: [] }, (async function* once() { yield Buffer.from('1\n'); })());
      await writer.manifest(manifestOf([{ ...table, ...lie }]));
    });
    await expect(readArchive(path, null)).rejects.toThrow('已损坏、不完整或被改动过');
  }
  await rm(path, { force: true });
  await writeArchive(path, null, async () => undefined);
  await expect(readArchive(path, null)).rejects.toThrow('已损坏、不完整或被改动过');
});
