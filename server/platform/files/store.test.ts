import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileStoreOn, type FileStore } from './store.ts';

let folder: string;
let store: FileStore;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'shanzhi-store-')); store = fileStoreOn(folder); });
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (content: string, limitBytes = 100) => store.put(Readable.from([Buffer.from(content)]), { name: '台账.xlsx', mediaType: 'text/plain', limitBytes });
const pending = () => readdir(join(folder, 'pending'));

describe('the file store', () => {
  test('gives back what was put, and keeps the same content once', async () => {
    const [one, two] = [await put('甲'), await put('甲')];
    expect(one.hash).toBe(two.hash);
    expect(await text(await store.open(one.hash))).toBe('甲');
    expect(await readdir(join(folder, one.hash.slice(0, 2)))).toEqual([one.hash]);
  });
  test('takes exactly the limit, refuses one byte more, and keeps nothing of it', async () => {
    expect((await put('x'.repeat(100))).sizeBytes).toBe(100);
    await expect(put('x'.repeat(101))).rejects.toMatchObject({ code: 'input.too-large' });
    expect(await pending()).toEqual([]);
  });
  test('keeps nothing of an upload that breaks off', async () => {
    const broken = new Readable({ read() { this.push('half'); this.destroy(new Error('line cut')); } });
    await expect(store.put(broken, { name: 'x', mediaType: 'x', limitBytes: 100 })).rejects.toThrow('line cut');
    expect(await pending()).toEqual([]);
  });
  test('opens nothing by a name that is not a hash', async () => {
    await expect(store.open('../../etc/passwd')).rejects.toMatchObject({ code: 'file.not-found' });
    await expect(store.open('0'.repeat(64))).rejects.toMatchObject({ code: 'file.not-found' });
  });
  test('sweeps old content that nothing keeps, and only that', async () => {
    const [kept, orphan] = [await put('kept'), await put('orphan')];
    const later = Date.now() + 10_000;
    expect(await store.sweep(async () => new Set([kept.hash]), 5_000, later)).toBe(1);
    expect(await text(await store.open(kept.hash))).toBe('kept');
    await expect(store.open(orphan.hash)).rejects.toMatchObject({ code: 'file.not-found' });
    expect(await store.sweep(async () => new Set(), 60_000, later)).toBe(0);
  });
});
