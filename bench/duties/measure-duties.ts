import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { readConfig } from '#platform/config.ts';
import type { Line } from '../line.ts';
import type { Options } from '../options.ts';
import { seedDatabase } from '../seed.ts';
import { boot } from '#server/main/boot.ts';
import { measureTicks } from './ticks.ts';

const UNITS = 20_000;

/** 时限的测量, in a database of its own that is made anew each time: what it writes is in nobody's way, and nothing has to be taken out of tables that only grow. */
export async function measureDuties(options: Options, say: (line: string) => void): Promise<readonly Line[]> {
  if (!options.only.includes('duties')) return [];
  const folder = join(options.folder, 'duties');
  rmSync(folder, { recursive: true, force: true });
  say('duties');
  const running = await boot(readConfig({ SHANZHI_DATA: folder, SHANZHI_DEMO: '1' }), { log: () => undefined });
  const owner = new Client({ connectionString: running.ownerUrl });
  try {
    await seedDatabase(running, UNITS, () => undefined);
    await owner.connect();
    const ticks = await measureTicks({ owner, ownerUrl: running.ownerUrl, folder, flags: options.nodeFlags });
    for (const line of ticks) say(`  ${line.what}: ${line.measured}`);
    return ticks;
  } finally {
    await owner.end();
    await running.stop();
  }
}
