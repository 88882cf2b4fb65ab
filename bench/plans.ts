import { Client } from 'pg';
import { purposeOf, type Statement } from './statement.ts';

/** 一条语句的执行计划 as the app role gets it, inside its own transaction with its own scope. */
export interface Plan { readonly sql: string; readonly milliseconds: number; readonly rowsTouched: number; readonly text: string }

/** 执行计划: EXPLAIN ANALYZE of each statement of a recorded request, everything rolled back afterwards. */
export async function explain(url: string, statements: readonly Statement[]): Promise<Plan[]> {
  const client = new Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  const plans: Plan[] = [];
  try {
    await client.query('begin');
    for (const statement of statements) {
      if (purposeOf(statement) === 'frame') {
        if (/set_config/.test(statement.text)) await client.query(statement.text, [...statement.values]);
        continue;
      }
      if (purposeOf(statement) === 'session') continue;
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers, timing off) ${statement.text}`, [...statement.values]);
      const text = rows.map((row) => row['QUERY PLAN']).join('\n');
      plans.push({ sql: statement.text, milliseconds: Number(/Execution Time: ([\d.]+)/.exec(text)?.[1] ?? 0), rowsTouched: touched(text), text });
    }
  } finally {
    await client.query('rollback').catch(() => undefined);
    await client.end();
  }
  return plans;
}

/** Rows that left or were thrown away by the scans of a plan: what grows when an index is missing. */
function touched(text: string): number {
  let total = 0;
  for (const line of text.split('\n')) {
    const scan = /Scan.*actual rows=([\d.]+) loops=(\d+)/.exec(line);
    if (scan) total += Number(scan[1]) * Number(scan[2]);
    const removed = /Rows Removed by (?:Filter|Index Recheck): (\d+)/.exec(line);
    if (removed) total += Number(removed[1]);
  }
  return Math.round(total);
}
