import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isAuthority } from './trust.ts';

/** 读根证书文件 that a variable names, once, at the start: a file that is not one is told then, through `refuse`, and not at the first mail or sign-in. */
export function readAuthorityFile(variable: string, file: string | undefined, cwd: string, refuse: (sentence: string) => void): string | undefined {
  if (file === undefined) return undefined;
  const path = resolve(cwd, file);
  const pem = readOrNull(path);
  if (pem !== null && isAuthority(pem)) return pem;
  refuse(pem === null ? `${variable} 指的文件「${path}」不存在或读不了，请核对。` : `${variable} 指的文件「${path}」不是根证书：应是 PEM 格式（以 -----BEGIN CERTIFICATE----- 开头）的签发机构证书，不是服务器自己的证书。`);
  return undefined;
}

function readOrNull(path: string): string | null {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}
