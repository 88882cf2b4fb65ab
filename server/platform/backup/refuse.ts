import { Problem } from '../problem.ts';

/** 备份不能用: one sentence about what is wrong with an archive or its place, and what to do. */
export const refuseBackup = (sentence: string): Problem => new Problem('backup.refused', sentence);

/** Why a file could not be read or written, in a sentence; anything else is passed on as it is. */
export function diskWords(error: unknown, place: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const sentence = SENTENCES[code];
  return sentence === undefined ? error : refuseBackup(sentence(place));
}

const full = (place: string) => `磁盘已满，「${place}」写不下了，没有留下半个文件。请清理磁盘，或换一个文件夹，再试一次。`;
const SENTENCES: Readonly<Record<string, (place: string) => string>> = {
  ENOSPC: full, EDQUOT: full, EFBIG: full,
  EACCES: (place) => `没有权限读写「${place}」，请检查文件夹的权限。`,
  EPERM: (place) => `没有权限读写「${place}」，请检查文件夹的权限。`,
  EROFS: (place) => `「${place}」所在的磁盘是只读的，请换一个文件夹。`,
  ENOENT: (place) => `找不到「${place}」，请核对路径。`,
  EISDIR: (place) => `「${place}」是文件夹，不是备份文件，请写出备份文件的完整路径。`,
  EEXIST: (place) => `「${place}」不是文件夹，请换一个文件夹。`,
  ENOTDIR: (place) => `「${place}」不是文件夹，请换一个文件夹。`,
  EIO: (place) => `读写「${place}」时磁盘出错，请检查磁盘或移动盘的连接。`,
};
