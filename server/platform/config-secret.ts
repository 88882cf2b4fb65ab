import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from './config.ts';
import { StartRefused } from './db/embedded-refusal.ts';
import { makeFolder } from './folder.ts';

/**
 * 密钥:the deployment's secret — from SHANZHI_SECRET, or from the key file, which is made (32 random bytes, base64, 0600)
 * at the first start. Losing it loses every encrypted phone and identity number, so a file is never overwritten.
 * @throws StartRefused when the file is unreadable, too short, open to others, or cannot be made
 */
export function readSecret({ secret, secretFile }: Pick<Config, 'secret' | 'secretFile'>): string {
  return secret ?? readSecretFile(secretFile, { makes: true });
}

/** 密钥文件: what a file holds; made first where it is missing and `makes` says so. @throws StartRefused as `readSecret` */
export function readSecretFile(secretFile: string, { makes }: { makes: boolean }): string {
  try {
    if (makes && !existsSync(secretFile)) makeSecret(secretFile);
    if (process.platform !== 'win32' && (statSync(secretFile).mode & 0o077) !== 0) throw new StartRefused(`密钥文件「${secretFile}」对其他用户可读，请执行 chmod 600 后再启动。`);
    const text = readFileSync(secretFile, 'utf8').trim();
    if (text.length < 32) throw new StartRefused(`密钥文件「${secretFile}」内容不完整，请从备份恢复。`);
    return text;
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`无法读写密钥文件「${secretFile}」，请检查该文件和所在文件夹的权限。`, { cause: error });
  }
}

/** Written whole under another name and linked into place: two first starts agree on one secret, and a cut one leaves none. */
function makeSecret(file: string): void {
  makeFolder(dirname(file));
  const draft = `${file}.${String(process.pid)}`;
  // On the disk before anything is sealed with it: a row must never outlive its secret.
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(file));
}

/** A name is only sure to be there after a loss of power when its folder was written too; Windows cannot be asked. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
