import { getUnreadNotices, streamNotices, UnreadNotices } from '#contract/inbox.ts';
import { apiUrl } from '#web/kit/api/url.ts';

/** What to do with what is heard. */
interface Heard {
  /** The count, as the server just told it. */
  count(unread: number): void;
  /** The session ended, here or elsewhere. */
  ended(): void;
  /** Nothing is heard: ask. */
  lost(): void;
}

/** Tried again after a refusal or a server that does not answer; a broken connection the browser mends by itself. */
const AGAIN_MS = 30_000;

/**
 * 收听未读条数: only a page that is being looked at holds a connection — a browser has six to one server — and asks anew when it is looked at
 * again. @returns how to stop
 */
export function watchUnread(heard: Heard): () => void {
  let source: EventSource | null = null;
  let timer: number | undefined;
  const close = (): void => {
    source?.close();
    source = null;
    clearTimeout(timer);
  };
  const open = (): void => {
    close();
    if (document.hidden) return;
    const mine = new EventSource(apiUrl(streamNotices));
    source = mine;
    mine.addEventListener('count', ({ data }) => {
      const told = UnreadNotices.safeParse(JSON.parse(String(data)));
      if (told.success) heard.count(told.data.unread);
    });
    mine.addEventListener('replaced', close);
    mine.addEventListener('ended', () => { close(); heard.ended(); });
    mine.addEventListener('error', () => {
      if (mine.readyState !== EventSource.CLOSED || source !== mine) return;
      close();
      heard.lost();
      timer = window.setTimeout(open, AGAIN_MS);
    });
  };
  open();
  document.addEventListener('visibilitychange', open);
  return () => {
    document.removeEventListener('visibilitychange', open);
    close();
  };
}

/** Under this key the count is kept. */
export const unreadKey = [getUnreadNotices.path, {}] as const;
