import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';

const PATIENCE_MS = 300_000;

/**
 * 旧账已清: resolves once the worker has sealed every audit entry that an earlier run left behind, so that no figure carries that run's
 * work. @throws Error when it takes longer than five minutes
 */
export async function everythingSealed(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(500)) {
      const { rows } = await owner.query<{ open: boolean }>('select coalesce((select max(entry_no) from audit.entry), 0) > coalesce((select max(entry_no) from audit.seal), 0) as open');
      if (rows[0]?.open !== true) return;
    }
    throw new Error('the worker did not seal what earlier runs left behind');
  } finally {
    await owner.end();
  }
}
