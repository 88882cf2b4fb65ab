/** This page's own first script; undefined where pages are not built (development). */
const own = typeof document === 'undefined' ? undefined : [...document.scripts].map(({ src }) => /\/assets\/([\w.-]+\.js)$/.exec(src)?.[1]).find((name) => name !== undefined);
let isOld = false;
const listeners = new Set<() => void>();

/** 记下服务器的页面版本 that an answer names; another than ours means that the system was upgraded under this page. */
export function noteBuild(told: string | null): void {
  if (isOld || told === null || own === undefined || told === own) return;
  isOld = true;
  for (const listener of listeners) listener();
}

/** 页面是否过时. */
export const isOutdated = (): boolean => isOld;

/** Calls back when the page becomes outdated. @returns how to stop */
export function watchBuild(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
