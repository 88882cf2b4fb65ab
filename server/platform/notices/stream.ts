import { Readable } from 'node:stream';
import type { Id } from '#domain/kernel/brand.ts';
import { nothing } from '../access/scope.ts';
import { factsIn, type SessionFacts } from '../identity/facts.ts';
import type { Kit } from '../kit.ts';
import { unreadOf } from './own.ts';

/** What the triggers of the migration notify on; the payload is a person's id. */
const CHANNEL = 'shanzhi_person';
/** Each stream says so often that it lives, and looks whether its session still does: a proxy cuts what is silent for a minute. */
const HEARTBEAT_MS = 25_000;
/** A browser opens six connections to one server; who has more pages open than this keeps the newest. */
const MOST_PER_SESSION = 4;

interface Stream { readonly person: Id<'AppUser'>; readonly sessionId: string; look(): void; end(event: 'replaced' | 'ended' | 'closing'): void }
interface Hub { readonly streams: Set<Stream>; isClosed: boolean }
const hubs = new WeakMap<Kit, Hub>();

/** The streams of this process; the first one begins to listen for what any process writes. */
function hubOf(kit: Kit): Hub {
  const known = hubs.get(kit);
  if (known) return known;
  const hub: Hub = { streams: new Set(), isClosed: false };
  hubs.set(kit, hub);
  const look = (isMeant: (stream: Stream) => boolean) => { for (const stream of hub.streams) if (isMeant(stream)) stream.look(); };
  kit.database.listen(CHANNEL, { heard: (person) => look((stream) => stream.person === person), ready: () => look(() => true) });
  return hub;
}

/** 打开推送: the count of unread now and whenever it changes, until the reader leaves, the session ends or the server stops. */
export function openStream(kit: Kit, session: SessionFacts): Readable {
  const hub = hubOf(kit);
  const same = [...hub.streams].filter(({ sessionId }) => sessionId === session.sessionId);
  for (const oldest of same.slice(0, Math.max(0, same.length - MOST_PER_SESSION + 1))) oldest.end('replaced');

  const out = new Readable({ read: () => undefined });
  const say = (event: string, data: unknown) => { out.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`); };
  let told: number | null = null;
  let looking: 'no' | 'yes' | 'again' = 'no';
  const look = (): void => {
    if (looking !== 'no') { looking = 'again'; return; }
    looking = 'yes';
    // A database that does not answer now is asked at the next beat.
    void lookOnce().catch(() => undefined).finally(() => { const more = looking === 'again'; looking = 'no'; if (more && hub.streams.has(stream)) look(); });
  };
  const lookOnce = async (): Promise<void> => {
    const isAlive = await kit.database.ask((db) => factsIn(db, session.sessionId, kit.clock.now()));
    if (isAlive === null) { stream.end('ended'); return; }
    const unread = await kit.database.read(nothing, (db) => unreadOf(db, session.user.id));
    if (unread === told || !hub.streams.has(stream)) return;
    told = unread;
    say('count', { unread });
  };
  const beat = setInterval(() => { out.push(': \n\n'); look(); }, HEARTBEAT_MS);
  beat.unref();
  const stream: Stream = {
    person: session.user.id, sessionId: session.sessionId, look,
    end: (event) => {
      if (!hub.streams.delete(stream)) return;
      say(event, {});
      out.push(null);
      clearInterval(beat);
    },
  };
  out.on('close', () => { hub.streams.delete(stream); clearInterval(beat); });
  hub.streams.add(stream);
  // How long a browser waits before it comes again when the connection breaks.
  out.push('retry: 5000\n\n');
  if (hub.isClosed) stream.end('closing');
  else look();
  return out;
}

/** 关闭全部推送, when the server stops. */
export function closeStreams(kit: Kit): void {
  const hub = hubs.get(kit);
  if (!hub) return;
  hub.isClosed = true;
  for (const stream of hub.streams) stream.end('closing');
}
