import { Client, escapeIdentifier } from 'pg';

/** 听众. */
export interface Listener {
  heard(payload: string): void;
  /** Called when listening begins, and again after a gap in which something may have been missed. */
  ready(): void;
}

/** Pauses before the connection is tried again; the last is kept. */
const PAUSES_MS = [1_000, 2_000, 5_000, 15_000];

/** 监听一个频道 (LISTEN) on a connection of its own: a lost one is opened again after a pause. */
export function listenOn({ url, channel, listener }: { url: string; channel: string; listener: Listener }): { close(): Promise<void> } {
  let isClosed = false;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let failures = 0;

  const again = (lost: Client): void => {
    if (isClosed || client !== lost) return;
    client = null;
    timer = setTimeout(() => { opening = open(); }, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
    timer.unref();
    failures += 1;
  };
  const open = async (): Promise<void> => {
    const mine = new Client({ connectionString: url, application_name: 'shanzhi-listen' });
    client = mine;
    mine.on('notification', ({ payload }) => { listener.heard(payload ?? ''); });
    mine.on('error', () => { void mine.end().catch(() => undefined); again(mine); });
    mine.on('end', () => { again(mine); });
    try {
      await mine.connect();
      await mine.query(`listen ${escapeIdentifier(channel)}`);
      failures = 0;
      listener.ready();
    } catch {
      await mine.end().catch(() => undefined);
      again(mine);
    }
  };
  let opening = open();

  return {
    close: async () => {
      isClosed = true;
      if (timer) clearTimeout(timer);
      await opening;
      await client?.end().catch(() => undefined);
    },
  };
}
