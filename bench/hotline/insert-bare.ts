import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

const TOGETHER = 250;
/** Above every number that was given. */
const APART = 5_000_000;

/** 只插入投诉件: the complaints of the county's orders once more, under ids and numbers of their own, as many in a transaction as the import takes, by the app's role under the same scope. @returns seconds taken */
export async function insertBare(owner: Client, appUrl: string, most: number): Promise<number> {
  const { rows: described } = await owner.query<{ name: string }>("select column_name as name from information_schema.columns where table_schema = 'complaint' and table_name = 'complaint' order by ordinal_position");
  const names = described.map(({ name }) => name);
  const { rows } = await owner.query<Record<string, string | null>>(`select ${names.map((name) => `"${name}"::text as "${name}"`).join(', ')} from complaint.complaint where origin = 'hotline' limit ${String(most)}`);
  const countyId = rows[0]?.['county_id'] ?? '';
  const again = rows.map((row) => names.map((name) => (name === 'id' ? randomUUID() : name === 'number_serial' ? String(Number(row[name]) + APART) : name === 'origin_no' ? `${row[name] ?? ''}x` : row[name] ?? null)));
  const app = new Client({ connectionString: appUrl });
  await app.connect();
  try {
    const began = performance.now();
    for (let at = 0; at < again.length; at += TOGETHER) {
      const part = again.slice(at, at + TOGETHER);
      await app.query('begin');
      await app.query("select set_config('shanzhi.level', 'county', true), set_config('shanzhi.scope_id', $1, true), set_config('shanzhi.county_id', $1, true)", [countyId]);
      await app.query(`insert into complaint.complaint (${names.map((name) => `"${name}"`).join(', ')}) values ${part.map((_, row) => `(${names.map((_name, column) => `$${String(row * names.length + column + 1)}`).join(', ')})`).join(', ')}`, part.flat());
      await app.query('commit');
    }
    return (performance.now() - began) / 1000;
  } finally {
    await app.end();
  }
}
