/** 存在手机上: read, or null where there is nothing or the browser keeps nothing. */
export function keptText(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** 记在手机上; null forgets it. A browser that keeps nothing loses it with the page, and nothing else fails. */
export function keepText(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // A private window, or full: the page goes on without.
  }
}
