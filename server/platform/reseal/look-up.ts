import type { Client } from 'pg';
import { quoted } from '../backup/catalogue.ts';
import type { SealedTable } from '../crypto/sealed-table.ts';
import type { Known, Rekey } from './rekey.ts';

/** So many are remembered between pages. */
const MOST = 200_000;

/** 查旧索引: finds, for old indexes that stand without their number, a row that still has both, while that row is of the old secret. Asked again it remembers. */
export function lookUpIn(client: Client, tables: readonly SealedTable[], rekey: Rekey): (indexes: readonly string[]) => Promise<Known> {
  const remembered: Known = new Map();
  const nowhere = new Set<string>();
  const places = tables.flatMap(({ table, seals = [], indexes = [] }) => indexes.map((index) => ({ table, seals, index })));
  return async (indexes) => {
    if (remembered.size + nowhere.size > MOST) { remembered.clear(); nowhere.clear(); }
    for (const { table, seals, index } of places) {
      const open = indexes.filter((one) => !remembered.has(one) && !nowhere.has(one));
      if (open.length === 0) break;
      const [column, ...ciphers] = [index, ...seals].map((name) => client.escapeIdentifier(name));
      const { rows } = await client.query<{ plains: string }>(
        `select concat_ws(' ', ${ciphers.map((cipher) => `x.${cipher}`).join(', ')}) as plains from unnest($1::text[]) i (one) cross join lateral (select * from ${quoted(client, table)} t where t.${column ?? ''} = i.one limit 1) x`, [open]);
      for (const { plains } of rows) for (const [old, next] of rekey.indexes(rekey.seals(plains).plains)) remembered.set(old, next);
    }
    for (const one of indexes) if (!remembered.has(one)) nowhere.add(one);
    return remembered;
  };
}
