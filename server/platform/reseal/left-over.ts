import { sql } from 'kysely';
import { SEAL, type SealedTable } from '../crypto/sealed-table.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/types.ts';
import { isOpenedBy } from './refuse-unknown.ts';

const PAGE = 5_000;

/** 打不开的封存内容 of one table: rows with a seal that the secret in use does not open. */
export interface LeftOver { readonly table: string; readonly rows: number }

/** 查打不开的封存内容: every seal of every table is opened once. In one transaction of reading, with everything in scope. */
export async function leftOvers(db: Db, sealed: readonly SealedTable[], vault: Vault): Promise<{ opened: number; left: LeftOver[] }> {
  const left: LeftOver[] = [];
  let opened = 0;
  for (const { table, seals = [], mixed = {} } of sealed) {
    const columns = [...seals, ...Object.keys(mixed)].map((column) => sql`${sql.id(column)}::text`);
    if (columns.length === 0) continue;
    await sql`declare left_over no scroll cursor for select concat_ws(' ', ${sql.join(columns)}) as text from ${sql.table(table)} where num_nonnulls(${sql.join(columns)}) > 0`.execute(db);
    let rows = 0;
    for (;;) {
      const page = (await sql<{ text: string }>`fetch ${sql.lit(PAGE)} from left_over`.execute(db)).rows;
      if (page.length === 0) break;
      for (const { text } of page) {
        const found = [...text.matchAll(SEAL)].map(([seal]) => isOpenedBy(vault, seal));
        opened += found.filter((is) => is).length;
        if (found.includes(false)) rows += 1;
      }
    }
    await sql`close left_over`.execute(db);
    if (rows > 0) left.push({ table, rows });
  }
  return { opened, left };
}
