import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { Client } from 'pg';
import { to } from 'pg-copy-streams';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import { testDatabase } from '../testing/database.ts';
import { COPY_OPTIONS, readTables } from './catalogue.ts';
import { copyIn } from './copy-in.ts';
import { WORDS } from './manifest.ts';
import { readArchive } from './read-archive.ts';
import { writeArchive } from './write-archive.ts';

const TABLES = `create schema odd;
create table odd.thing (no integer primary key, line text, whole bigint, exact numeric, shape jsonb, bytes bytea, words text[], marks integer[], at timestamptz, day date, yes boolean, id uuid, made text generated always as (no::text) stored);
create table odd.part (no integer primary key, thing_no integer references odd.thing (no), beside integer references odd.part (no));
alter table odd.thing add column part_no integer references odd.part (no);
create unique index thing_line_idx on odd.thing (md5(line), no);`;
let from: Awaited<ReturnType<typeof testDatabase>>, into: typeof from, source: Client, target: Client, folder: string;

beforeAll(async () => {
  [from, into] = [await testDatabase(), await testDatabase()];
  folder = await mkdtemp(join(roomyFolder(), 'shanzhi-odd-'));
  [source, target] = [from, into].map(({ ownerUrl }) => new Client({ connectionString: ownerUrl, options: COPY_OPTIONS })) as [Client, Client];
  for (const client of [source, target]) { await client.connect(); await client.query(TABLES); }
});
afterAll(async () => {
  for (const client of [source, target]) await client.end();
  await Promise.all([from.drop(), into.drop()]);
  await rm(folder, { recursive: true, force: true });
});

/** PostgreSQL's text and jsonb hold anything but NUL and half a surrogate pair. */
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('\n', '\r', '\t', '\\', '\\N', '\\.', "'", '"', '{', '}', ',', '\u2028', '物', '𠮷', ' ') })).map((each) => each.replaceAll('\u0000', ''));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({ any: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(text, tie('any'), { maxKeys: 3 })) })).any;
const row = fc.record({
  line: maybe(text), whole: maybe(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), exact: maybe(fc.tuple(fc.bigInt(), fc.nat(20)).map(([digits, scale]) => `${digits}e-${scale}`)),
  shape: maybe(json.map((value) => JSON.stringify(value))), bytes: maybe(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))), words: maybe(fc.array(maybe(text), { maxLength: 4 })), marks: maybe(fc.array(maybe(fc.integer()), { maxLength: 4 })),
  at: maybe(fc.integer({ min: -62_000_000_000, max: 250_000_000_000 }).map((second) => `${new Date(second * 1000).toISOString().replace('.000Z', '')}.123456+00`).filter((at) => /^\d{4}-/.test(at))), day: maybe(fc.constantFrom('2026-11-23', '0001-01-01', 'infinity', '4713-01-01 BC')), yes: maybe(fc.boolean()), id: maybe(fc.uuid()),
});
const COLUMNS = ['line', 'whole', 'exact', 'shape', 'bytes', 'words', 'marks', 'at', 'day', 'yes', 'id'] as const;

const shown = async (client: Client) => (await client.query({ text: 'select t::text as row from odd.thing t order by no', rowMode: 'array' })).rows;

test('any rows — nothing, line ends, tabs, backslashes, jsonb, bytes, arrays, numbers of any length, instants — come back the same', async () => {
  let run = 0;
  await fc.assert(fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
    for (const client of [source, target]) await client.query('truncate odd.thing, odd.part');
    for (const [no, each] of rows.entries()) await source.query(`insert into odd.thing (no, ${COLUMNS.join(', ')}) values ($1, ${COLUMNS.map((_, at) => `$${at + 2}`).join(', ')})`, [no, ...COLUMNS.map((name) => each[name])]);
    // The two tables point at each other and one at itself: no order of tables would do.
    for (const no of rows.keys()) await source.query('insert into odd.part values ($1, $1, $2)', [no, rows.length - 1 - no < no ? rows.length - 1 - no : null]);
    await source.query('update odd.thing set part_no = no');

    const path = join(folder, `${(run += 1)}.backup`);
    const shapes = await readTables(source, ['odd']);
    await writeArchive(path, null, async (writer) => {
      const tables = [];
      for (const shape of shapes) tables.push(await writer.table(shape, source.query(to(`copy ${shape.name} (${shape.columns.map(({ name }) => name).join(', ')}) to stdout`))));
      await writer.manifest({ format: 1, product: '', madeAt: '2026-11-23T02:00:00.000Z', postgres: '', counties: [], secretFingerprint: '', migrations: [], tables, sequences: [], files: { count: 0, bytes: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }, missingFiles: [], words: WORDS });
    });
    await target.query('begin');
    const loader = await copyIn(target, ['odd'], shapes);
    const manifest = await readArchive(path, null, { part: loader.part });
    await loader.finish();
    await target.query('commit');

    expect(manifest.tables.find(({ name }) => name === 'odd.thing')?.rows).toBe(rows.length);
    expect(await shown(target)).toEqual(await shown(source));
  }), { numRuns: 60 });
});

test('text that is no row of its table ends the restore, not the process', async () => {
  for (const bad of ['x\t\\N\t\\N\n', '1\n', '1\t\\N\t\\N\textra\n']) {
    await target.query('begin');
    const loader = await copyIn(target, ['odd'], await readTables(source, ['odd']));
    await expect((async () => {
      for (let part = 0; part < 50; part += 1) await loader.part('odd.part', Buffer.from(bad.repeat(10_000)));
      await loader.finish();
    })()).rejects.toThrow(/invalid input syntax|missing data|extra data/);
    await target.query('rollback');
  }
});

test('a row that breaks a foreign key is not let in', async () => {
  for (const client of [source, target]) await client.query('truncate odd.thing, odd.part');
  await target.query('begin');
  const loader = await copyIn(target, ['odd'], await readTables(source, ['odd']));
  await loader.part('odd.part', Buffer.from('1\t99\t\\N\n'));
  await expect(loader.finish()).rejects.toThrow('violates foreign key');
  await target.query('rollback');
  await expect(target.query('insert into odd.part values (1, 99, null)')).rejects.toThrow('violates foreign key');
});
