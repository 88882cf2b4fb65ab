import { existsSync, linkSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fingerprintOf } from '../backup/manifest.ts';
import { readSecretFile, syncFolder } from '../config-secret.ts';
import { StartRefused } from '../db/embedded-refusal.ts';

/** 准备换上的密钥 lies beside the one in use until the database is of it. */
export const nextOf = (secretFile: string): string => `${secretFile}.next`;
/** 换下的密钥 stays beside the one in use, by the first eight signs of its fingerprint: archives made under it need it. */
export const formerOf = (secretFile: string, secret: string): string => `${secretFile}.${fingerprintOf(secret).slice(0, 8)}`;

/** 准备新密钥: the one that waits already, or a fresh one, on the disk before anything is sealed with it. @throws StartRefused */
export const prepareNext = (file: string): string => readSecretFile(file, { makes: true });

/** 换上新密钥: the old one keeps a name of its own, then the new one takes its place; cut anywhere and done again it comes to the same. @returns where the old one is kept. @throws StartRefused */
export function putInPlace(secretFile: string): string {
  const former = formerOf(secretFile, readSecretFile(secretFile, { makes: false }));
  try {
    if (!existsSync(former)) linkSync(secretFile, former);
    renameSync(nextOf(secretFile), secretFile);
    syncFolder(dirname(secretFile));
    return former;
  } catch (error) {
    throw new StartRefused(`数据库已经换成新密钥，但密钥文件没能换上：请把「${nextOf(secretFile)}」改名为「${secretFile}」（原来的先改名为「${former}」留着），再启动。`, { cause: error });
  }
}

/** 换下的密钥, all that lie beside the one in use. One that cannot be read is passed over: it only opens old archives. */
export function formerSecrets(secretFile: string): string[] {
  const folder = dirname(secretFile);
  const name = basename(secretFile);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((file) => file.startsWith(`${name}.`) && /^[0-9a-f]{8}$/.test(file.slice(name.length + 1))).flatMap((file) => {
    try { return [readSecretFile(join(folder, file), { makes: false })]; } catch { return []; }
  });
}
