import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KeepRule } from './keep.ts';
import { refuseBackup } from './refuse.ts';

/** 备份配置. */
export interface BackupConfig {
  /** Absolute folder of the archives; best on another disk than the data. */
  readonly folder: string;
  /** Hour of the night here (0–23) at which the day's backup is due; null when backups are made by hand only. */
  readonly hour: number | null;
  readonly keep: KeepRule;
  readonly key: string | undefined;
  readonly keyFile: string | undefined;
}

const KEY_LENGTH = 16;

/** 读取备份配置; every mistake is told through `refuse`. */
export function readBackupConfig(given: (name: string) => string | undefined, { cwd, dataDir }: { cwd: string; dataDir: string }, refuse: (sentence: string) => void): BackupConfig {
  const at = given('SHANZHI_BACKUP_HOUR') ?? '2';
  const isHour = /^\d{1,2}$/u.test(at) && Number(at) <= 23;
  if (at !== 'off' && !isHour) refuse(`SHANZHI_BACKUP_HOUR 应是 0 到 23 之间的整数（每天几点备份），或 off 表示不自动备份，不能是「${at}」。`);
  const keep = (given('SHANZHI_BACKUP_KEEP') ?? '7,4,12').split(',').map((part) => part.trim());
  const isRule = keep.length === 3 && keep.every((part) => /^\d{1,3}$/u.test(part)) && keep.some((part) => Number(part) > 0);
  if (!isRule) refuse(`SHANZHI_BACKUP_KEEP 应依次写按日、按周、按月保留的份数，例如 7,4,12，不能是「${keep.join(',')}」。`);
  const [daily = 7, weekly = 4, monthly = 12] = isRule ? keep.map(Number) : [];
  const [key, keyFile] = [given('SHANZHI_BACKUP_KEY'), given('SHANZHI_BACKUP_KEY_FILE')];
  if (key !== undefined && key.length < KEY_LENGTH) refuse(`SHANZHI_BACKUP_KEY 太短，至少要 ${String(KEY_LENGTH)} 个字符；可用 openssl rand -base64 32 生成。`);
  if (key !== undefined && keyFile !== undefined) refuse('SHANZHI_BACKUP_KEY 与 SHANZHI_BACKUP_KEY_FILE 只能设置一个。');
  return {
    folder: resolve(cwd, given('SHANZHI_BACKUP_DIR') ?? resolve(dataDir, 'backups')), hour: isHour ? Number(at) : null, keep: { daily, weekly, monthly },
    key, keyFile: keyFile === undefined ? undefined : resolve(cwd, keyFile),
  };
}

/** 备份密钥 as configured; null when archives are not encrypted. @throws Problem backup.refused when its file is missing, short or open to others */
export function passphraseOf({ key, keyFile }: Pick<BackupConfig, 'key' | 'keyFile'>): string | null {
  if (key !== undefined) return key;
  if (keyFile === undefined) return null;
  let text: string;
  try {
    if (process.platform !== 'win32' && (statSync(keyFile).mode & 0o077) !== 0) throw refuseBackup(`备份密钥文件「${keyFile}」对其他用户可读，请执行 chmod 600 后再试。`);
    text = readFileSync(keyFile, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw refuseBackup(`读不到备份密钥文件「${keyFile}」，请核对 SHANZHI_BACKUP_KEY_FILE。`);
    throw error;
  }
  if (text.length < KEY_LENGTH) throw refuseBackup(`备份密钥文件「${keyFile}」内容太短，至少要 ${String(KEY_LENGTH)} 个字符。`);
  return text;
}
