import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { appUrlOf } from './app-url.ts';
import { postmasterOf } from './cpu.ts';
import { openDatabase } from './database.ts';
import { measureComplaints } from './complaints/measure-complaints.ts';
import { measureHotline } from './hotline/measure-hotline.ts';
import { measureDuties } from './duties/measure-duties.ts';
import { firstLoad } from './first-load.ts';
import { freePort } from './free-port.ts';
import { measureAll } from './measure.ts';
import { isOperation } from './operations.ts';
import { readOptions, usage, type Options } from './options.ts';
import { report, type SizeResult } from './report.ts';
import { startServer } from './server-process.ts';
import { everythingSealed } from './settled.ts';
import { soak, type Soak } from './soak.ts';

const options = asked();
const before = loadavg();
const say = (line: string) => console.log(line);
const sizes: SizeResult[] = [];
let lasted: Soak | null = null;

// What is measured in databases of its own needs none of these.
const sized = options.soakMinutes > 0 || options.only.some((name) => isOperation(name)) ? options.sizes : [];
for (const rows of sized) {
  say(`${rows.toLocaleString('en-US')} units`);
  const { running, folder, seeded } = await openDatabase(options.folder, rows, say);
  try {
    const server = await startServer({ ownerUrl: running.ownerUrl, port: await freePort(), folder, flags: options.nodeFlags });
    try {
      const { postmaster, ...database } = await facts(running.ownerUrl);
      await everythingSealed(running.ownerUrl);
      const measured = await measureAll(server, { appUrl: appUrlOf(running.ownerUrl, folder), postmaster, options }, say);
      const memoryMiB = Math.round((await server.rss()) / 1_048_576);
      sizes.push({ rows, seededSeconds: seeded, measured, memoryMiB, ...database });
      if (rows === options.sizes.at(-1) && options.soakMinutes > 0) {
        say(`  soak: ${options.soakMinutes} minutes at ${options.soakConnections} connections`);
        lasted = await soak(server, { minutes: options.soakMinutes, connections: options.soakConnections });
        say(`    ${lasted.requests} requests, ${lasted.errors} failed, memory ${lasted.memory.join(' ')} MiB`);
      }
    } finally {
      await server.stop();
    }
  } finally {
    await running.stop();
  }
}
const lines = [...await measureDuties(options, say), ...await measureComplaints(options, say), ...await measureHotline(options, say)];
await writeFile(options.out, report({ options, sizes, lines, loadAverage: [before[0] ?? 0, loadavg()[0] ?? 0], soak: lasted, firstLoad: firstLoad(fileURLToPath(new URL('../dist/web', import.meta.url))), at: new Date().toISOString().slice(0, 10) }));
for (const { rows, measured } of sizes) for (const { title, plans } of measured) for (const plan of plans) if (process.env.BENCH_PLANS) say(`\n-- ${rows} ${title}\n${plan.sql}\n${plan.text}`);
say(`written: ${options.out}`);

/** What the command line asks for; leaves with the usage when it asks for that, or for something that is none of ours. */
function asked(): Options {
  try {
    const found = readOptions(process.argv.slice(2));
    if (found) return found;
    console.log(usage());
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage()}`);
    process.exit(2);
  }
}

async function facts(ownerUrl: string): Promise<{ bytes: number; postgres: string; postmaster: number | null }> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ bytes: string; version: string; backend: number }>("select pg_backend_pid() as backend, pg_database_size(current_database()) as bytes, current_setting('server_version') as version");
    // Asked while the backend lives; its parent is the server.
    return { bytes: Number(rows[0]?.bytes ?? 0), postgres: rows[0]?.version ?? '', postmaster: postmasterOf(rows[0]?.backend ?? 0) };
  } finally {
    await client.end();
  }
}
