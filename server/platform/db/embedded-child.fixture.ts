// Run as a process of its own by embedded.db.test.ts: opens the database in argv[2], says so, and either waits to be
// told (a line on stdin) or to be killed.
import { createInterface } from 'node:readline';
import { startEmbedded } from './embedded.ts';

const say = (fact: unknown): void => { process.stdout.write(`${JSON.stringify(fact)}\n`); };

try {
  const opened = await startEmbedded({ dataDir: process.argv[2] ?? '', log: () => undefined });
  say({ url: opened.url, adopted: opened.adopted, uid: process.getuid?.() });
  createInterface({ input: process.stdin }).once('line', () => void opened.stop().then(() => { say({ stopped: true }); process.exit(0); }));
} catch (error) {
  say({ refused: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
