import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let moved = false;
/** 是否已从打开的那一页走开: on the first page the browser begins reading at the top by itself. */
export const hasMoved = (): boolean => moved;
const tell = () => { moved = true; for (const listener of listeners) listener(); };

/** 到另一页, within the owner's entry. */
export function goTo(path: string, { isReplaced = false }: { isReplaced?: boolean } = {}): void {
  if (isReplaced) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  if (!isReplaced) window.scrollTo(0, 0);
  tell();
}

function watch(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', tell);
  return () => { listeners.delete(listener); window.removeEventListener('popstate', tell); };
}

/** 当前地址: path, query and what stands behind `#`. */
export const useAddress = (): URL => new URL(useSyncExternalStore(watch, () => window.location.href));
