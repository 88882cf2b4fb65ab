import type { Put } from './guess-kind.ts';

let kept: readonly Put[] = [];

/** 留待下一次: files that hold ledgers of another kind wait, for as long as the console is open, until the import before them is done. */
export function setAside(files: readonly Put[]): void {
  kept = files;
}

/** 留下的文件. */
export function waiting(): readonly Put[] {
  return kept;
}
