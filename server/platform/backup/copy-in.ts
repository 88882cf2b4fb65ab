import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from, type CopyStreamQuery } from 'pg-copy-streams';
import { columnList, quoted } from './catalogue.ts';
import type { ArchivedTable } from './manifest.ts';

/** 装入: rows by COPY into empty tables, in any order of tables. */
export interface Loader {
  part(table: string, text: Buffer): Promise<void>;
  /** Builds indexes and checks every foreign key. */
  finish(): Promise<void>;
}

/**
 * Foreign keys and indexes come off and go on again: tables may refer to each other in a circle, and an index built at once costs a fraction of one
 * that grows row by row. Triggers rest: what they did is in the rows.
 */
export async function copyIn(client: Client, schemas: readonly string[], tables: readonly Pick<ArchivedTable, 'name' | 'columns'>[]): Promise<Loader> {
  const keys = await definitions(client, FOREIGN_KEYS, schemas);
  const indexes = await definitions(client, INDEXES, schemas);
  for (const { off } of [...keys, ...indexes]) await client.query(off);
  for (const { name } of tables) await client.query(`alter table ${quoted(client, name)} disable trigger user`);
  await client.query("set local maintenance_work_mem = '256MB'");
  let open: { name: string; stream: CopyStreamQuery; done: Promise<void> } | null = null;
  const close = async () => {
    open?.stream.end();
    await open?.done;
    open = null;
  };
  return {
    async part(name, text) {
      if (open?.name !== name) {
        await close();
        const table = tables.find((each) => each.name === name);
        if (table === undefined) throw new Error(`no table ${name}`);
        const stream = client.query(from(`copy ${quoted(client, name)} (${columnList(client, table)}) from stdin`));
        open = { name, stream, done: finished(stream) };
        open.done.catch(() => undefined);
        // Whoever awaits `done` hears it; as an event nobody may leave unheard it would end the process.
        stream.on('error', () => undefined);
      }
      if (!open.stream.write(text)) await Promise.race([once(open.stream, 'drain'), open.done]);
    },
    async finish() {
      await close();
      for (const { name } of tables) await client.query(`alter table ${quoted(client, name)} enable trigger user`);
      for (const { on } of [...indexes, ...keys]) await client.query(on);
    },
  };
}

interface Definition { readonly off: string; readonly on: string }

async function definitions(client: Client, sql: string, schemas: readonly string[]): Promise<Definition[]> {
  return (await client.query<{ off: string; on: string }>(sql, [schemas])).rows;
}

const FOREIGN_KEYS = `
select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as off,
       format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as on
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
 where k.contype = 'f' and n.nspname = any($1) order by 1`;

/** Only plain indexes: those behind a primary key, a unique or an exclusion constraint stay. */
const INDEXES = `
select format('drop index %s', i.indexrelid::regclass) as off, pg_get_indexdef(i.indexrelid) as on
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = any($1) and not exists (select from pg_constraint k where k.conindid = i.indexrelid) order by 1`;
