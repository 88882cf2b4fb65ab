import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * 建文件夹 with those above it, one after the other. Node's own recursive way never returns where the system answers that a folder which is
 * there is not (/proc). @throws Error of the system, when one cannot be made
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}
