import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { passphraseOf } from './config.ts';

const read = (env: Record<string, string>) => readConfig({ SHANZHI_DATA: 'records', ...env }, '/srv').backup;

test('without a word backups are made at two at night into the data folder, plain, and kept 7 days, 4 weeks, 12 months', () => {
  expect(read({})).toEqual({ folder: '/srv/records/backups', hour: 2, keep: { daily: 7, weekly: 4, monthly: 12 }, key: undefined, keyFile: undefined });
});

test('folder, hour, rule and key are taken from the environment', () => {
  expect(read({ SHANZHI_BACKUP_DIR: '/mnt/other', SHANZHI_BACKUP_HOUR: '23', SHANZHI_BACKUP_KEEP: '14, 0, 24', SHANZHI_BACKUP_KEY: 'long enough a key' })).toEqual({ folder: '/mnt/other', hour: 23, keep: { daily: 14, weekly: 0, monthly: 24 }, key: 'long enough a key', keyFile: undefined });
  expect(read({ SHANZHI_BACKUP_HOUR: 'off' }).hour).toBeNull();
});

test('every mistake is told', () => {
  expect(() => read({ SHANZHI_BACKUP_HOUR: '24', SHANZHI_BACKUP_KEEP: '0,0,0', SHANZHI_BACKUP_KEY: 'short' })).toThrow(/SHANZHI_BACKUP_HOUR .*\n.*SHANZHI_BACKUP_KEEP .*\n.*SHANZHI_BACKUP_KEY 太短/);
  expect(() => read({ SHANZHI_BACKUP_KEEP: '7,4' })).toThrow('SHANZHI_BACKUP_KEEP');
  expect(() => read({ SHANZHI_BACKUP_KEY: 'long enough a key', SHANZHI_BACKUP_KEY_FILE: 'key' })).toThrow('只能设置一个');
});

describe('a key in a file', () => {
  let folder: string;
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'shanzhi-key-')); });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is read without its line end; a file that is missing, short or open to others is refused', async () => {
    const keyFile = join(folder, 'backup.key');
    expect(() => passphraseOf({ key: undefined, keyFile })).toThrow('读不到备份密钥文件');
    await writeFile(keyFile, 'long enough a key\n', { mode: 0o600 });
    expect(passphraseOf({ key: undefined, keyFile })).toBe('long enough a key');
    await writeFile(keyFile, 'short\n');
    expect(() => passphraseOf({ key: undefined, keyFile })).toThrow('内容太短');
    await chmod(keyFile, 0o644);
    if (process.platform !== 'win32') expect(() => passphraseOf({ key: undefined, keyFile })).toThrow('对其他用户可读，请执行 chmod 600');
    expect(passphraseOf({ key: undefined, keyFile: undefined })).toBeNull();
  });
});
