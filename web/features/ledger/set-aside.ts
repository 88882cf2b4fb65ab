let kept: readonly File[] = [];

/** 留待下一次: files of another kind wait, for as long as the console is open, until the import before them is done. */
export function setAside(files: readonly File[]): void {
  kept = files;
}

/** 留下的文件. */
export function waiting(): readonly File[] {
  return kept;
}
