import type { Client } from 'pg';
import { quoted, readTables } from '../backup/catalogue.ts';
import { SEAL, type SealedTable } from '../crypto/sealed-table.ts';
import type { Vault } from '../crypto/vault.ts';

const NAMED = /_(?:cipher|index|last4)$/;
const TEXTUAL = /^(?:text|character varying|character|jsonb?|text\[\])/;
/** So many texts of a column that look like a seal are tried; people may type anything, but not a seal that opens. */
const TRIED = 50;

/**
 * 没有登记的封存列: columns named as sealed or keyed that no module names, and columns of any name in which a seal of this secret stands all the same.
 * Empty when changing the secret reaches everything. Reads every text of the database once.
 */
export async function unknownSeals(client: Client, schemas: readonly string[], sealed: readonly SealedTable[], vault: Vault): Promise<string[]> {
  const told = new Map<string, { readonly all: boolean; readonly columns: ReadonlySet<string> }>(sealed.map(({ table, seals = [], indexes = [], mixed = {}, plain = [], ends }) => [table, { all: ends === true, columns: new Set([...seals, ...indexes, ...Object.keys(mixed), ...plain]) }]));
  const unknown: string[] = [];
  for (const { name, columns } of await readTables(client, schemas)) {
    const known = told.get(name);
    if (known?.all === true) continue;
    const others = columns.filter((column) => TEXTUAL.test(column.type) && known?.columns.has(column.name) !== true).map((column) => column.name);
    unknown.push(...others.filter((column) => NAMED.test(column)).map((column) => `${name}.${column}`));
    const searched = others.filter((column) => !NAMED.test(column));
    for (const column of await lookAlikes(client, name, searched)) if (await opens(client, name, column, vault)) unknown.push(`${name}.${column}`);
  }
  return unknown.toSorted();
}

const PATTERN = String.raw`v1\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22}\.`;

/** Columns in which anything looks like a seal; one look at the table for all of them. */
async function lookAlikes(client: Client, table: string, columns: readonly string[]): Promise<string[]> {
  if (columns.length === 0) return [];
  const looks = columns.map((column, at) => `coalesce(bool_or(${client.escapeIdentifier(column)}::text like '%v1.%' and ${client.escapeIdentifier(column)}::text ~ '${PATTERN}'), false) as c${at}`);
  const { rows: [row] } = await client.query<boolean[]>({ text: `select ${looks.join(', ')} from ${quoted(client, table)}`, rowMode: 'array' });
  return columns.filter((_, at) => row?.[at] === true);
}

async function opens(client: Client, table: string, column: string, vault: Vault): Promise<boolean> {
  const { rows } = await client.query<{ text: string }>(`select ${client.escapeIdentifier(column)}::text as text from ${quoted(client, table)} where ${client.escapeIdentifier(column)}::text ~ '${PATTERN}' limit ${TRIED}`);
  return rows.some(({ text }) => [...text.matchAll(SEAL)].some(([seal]) => isOpenedBy(vault, seal)));
}

/** 能否打开. */
export function isOpenedBy(vault: Vault, seal: string): boolean {
  try {
    vault.open(seal);
    return true;
  } catch {
    return false;
  }
}
