import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import { commandFor, passingAccount, plainAccount } from './embedded-account.ts';
import { assertDatabase } from './embedded-assert.ts';
import { isAlive } from './embedded-holders.ts';
import type { Embedded } from './embedded.ts';
import { startEmbedded, StartRefused } from './embedded.ts';

/** What a child says about itself, one line at a time. */
const Said = z.object({ url: z.string(), adopted: z.boolean(), uid: z.number(), refused: z.string(), stopped: z.boolean() }).partial();
const isRoot = process.getuid?.() === 0;
let base: string;
let opened: Embedded[];

beforeEach(() => {
  base = mkdtempSync(join(roomyFolder(), 'shanzhi-embedded-'));
  chmodSync(base, 0o755);
  opened = [];
});
afterEach(async () => {
  for (const embedded of opened.toReversed()) await embedded.stop();
  rmSync(base, { recursive: true, force: true });
});

async function open(dataDir = join(base, 'data')): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log: () => undefined });
  opened.push(embedded);
  return embedded;
}

async function ask<T>(url: string, sql: string): Promise<T | undefined> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ value: T }>(sql);
  await client.end();
  return rows[0]?.value;
}

const postmasterOf = (dataDir: string): number => Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** Opens the database in another process: as a user who is not root, when `asUser`. */
async function child(dataDir: string, asUser = false) {
  const account = asUser && isRoot ? (passingAccount(process.execPath) ?? plainAccount()) : { uid: undefined, prefix: [] };
  const { command, args, ...ids } = commandFor(account, process.execPath, [join(import.meta.dirname, 'embedded-child.fixture.ts'), dataDir]);
  const program = spawn(command, args, { ...ids, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const next = async () => Said.parse(JSON.parse(String((await lines.next()).value)));
  return { program, next, first: await next() };
}

/** The sentence with which a start on `dataDir` is refused. */
const refused = async (dataDir: string): Promise<string> => {
  const error = await startEmbedded({ dataDir, log: () => undefined }).then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartRefused);
  return error instanceof StartRefused ? error.message : '';
};
const madeBy = (version: string): string => {
  const dataDir = join(base, 'old');
  mkdirSync(join(dataDir, 'postgres'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), `${version}\n`);
  return dataDir;
};
const refusedFor = (url: string): Promise<string> => assertDatabase(url).then(() => 'accepted', (error: unknown) => (error instanceof StartRefused ? error.message : String(error)));

describe('the embedded database', () => {
  test('is made at the first start, keeps its rows over a stop, and searches Chinese', async () => {
    const first = await open();
    await ask(first.url, "create table estate as select '安和花园' as name");
    await assertDatabase(first.url);
    await first.stop();
    const again = await open();
    expect(again.adopted).toBe(false);
    expect(await ask(again.url, 'select name as value from estate')).toBe('安和花园');
    expect(statSync(join(base, 'data', 'postgres-password')).mode & 0o777).toBe(0o600);
  });

  test('is owned by a role that is no superuser and listens on this machine only', async () => {
    const { url } = await open();
    expect(await ask(url, 'select usesuper as value from pg_user where usename = current_user')).toBe(false);
    expect(await ask(url, "select current_setting('listen_addresses') as value")).toBe('127.0.0.1');
    expect(await ask(url, 'select pg_get_userbyid(datdba) = current_user as value from pg_database where datname = current_database()')).toBe(true);
    await expect(ask(url.replace(/:[^:@]+@/u, ':wrong@'), 'select 1 as value')).rejects.toThrow(/password authentication failed/u);
  });

  test('opened twice is one server, which the last user stops', async () => {
    const first = await open();
    const second = await open();
    expect([second.adopted, second.url]).toEqual([true, first.url]);
    const pid = postmasterOf(join(base, 'data'));
    await first.stop();
    expect(await ask(second.url, 'select 1 as value')).toBe(1);
    await second.stop();
    expect(isAlive(pid)).toBe(false);
  });

  test('left behind by a killed process is adopted with its rows, and stopped by the adopter', async () => {
    const { program, first } = await child(join(base, 'data'));
    await ask(first.url ?? '', "create table kept as select 7 as value");
    program.kill('SIGKILL');
    await once(program, 'exit');
    const adopter = await open();
    expect(adopter.adopted).toBe(true);
    expect(await ask(adopter.url, 'select value from kept')).toBe(7);
    const pid = postmasterOf(join(base, 'data'));
    await adopter.stop();
    expect(isAlive(pid)).toBe(false);
  });

  test('whose postmaster was killed starts again with every committed row', async () => {
    const first = await open();
    await ask(first.url, 'create table kept as select 7 as value');
    process.kill(postmasterOf(join(base, 'data')), 'SIGKILL');
    const again = await open();
    expect(await ask(again.url, 'select value from kept')).toBe(7);
  });

  test('opened at the same moment by two processes is made once', async () => {
    const [one, two] = await Promise.all([child(join(base, 'data')), child(join(base, 'data'))]);
    expect(one.first.url).toBe(two.first.url);
    expect([one.first.adopted, two.first.adopted].filter(Boolean)).toHaveLength(1);
    for (const { program, next } of [one, two]) {
      program.stdin.write('stop\n');
      expect(await next()).toEqual({ stopped: true });
    }
  });

  test('whose first start was killed halfway is made anew', async () => {
    const dataDir = join(base, 'data');
    mkdirSync(dataDir);
    const program = spawn(process.execPath, [join(import.meta.dirname, 'embedded-child.fixture.ts'), dataDir], { stdio: 'ignore' });
    const seen = new Promise<void>((resolve) => {
      const watcher = watch(dataDir, (_, name) => { if (name?.startsWith('postgres.new-') === true) { watcher.close(); resolve(); } });
    });
    await seen;
    program.kill('SIGKILL');
    await once(program, 'exit');
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    const { url, adopted } = await open();
    expect(adopted).toBe(false);
    expect(await ask(url, 'select 1 as value')).toBe(1);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });

  test('works for a user who is not root', async () => {
    const dataDir = join(base, 'data');
    mkdirSync(dataDir);
    if (isRoot) chownSync(dataDir, 65_534, 65_534);
    const { program, next, first } = await child(dataDir, true);
    expect(first).toMatchObject({ adopted: false });
    expect(first.uid).not.toBe(0);
    program.stdin.write('stop\n');
    expect(await next()).toEqual({ stopped: true });
  });

  test('works with the data folder in a home that only its owner may enter', async () => {
    const home = join(base, 'home');
    mkdirSync(home, { mode: 0o700 });
    const { url } = await open(join(home, 'checkout', 'data'));
    expect(await ask(url, 'select 1 as value')).toBe(1);
  });
});

describe('starting is refused in one sentence', () => {
  test('for a data folder of another major version', async () => {
    expect(await refused(madeBy('16'))).toMatch(/由 PostgreSQL 16 建立.*需要 18/u);
  });

  test('for a path that runs through a file', async () => {
    writeFileSync(join(base, 'file'), '');
    expect(await refused(join(base, 'file', 'data'))).toMatch(/没有权限写入|不是文件夹/u);
  });

  test('for a folder that belongs to somebody else', async () => {
    const dataDir = join(base, 'closed');
    mkdirSync(dataDir, { mode: 0o555 });
    const { first } = await child(dataDir, true);
    expect(first.refused).toMatch(/没有权限写入数据文件夹/u);
  });

  test('for a lost password file, and nothing is made anew over the rows', async () => {
    const first = await open();
    await first.stop();
    rmSync(join(base, 'data', 'postgres-password'));
    expect(await refused(join(base, 'data'))).toMatch(/缺少 postgres-password/u);
    expect(existsSync(join(base, 'data', 'postgres', 'PG_VERSION'))).toBe(true);
  });
});

describe('a database given by DATABASE_URL', () => {
  test('is refused under LC_CTYPE=C, under another encoding, under a wrong password, and when absent', async () => {
    const { url } = await open();
    await ask(url, "create database plain template template0 locale_provider libc locale 'C'");
    await ask(url, "create database latin template template0 locale_provider libc locale 'C' encoding latin1");
    expect(await refusedFor(url.replace(/shanzhi$/u, 'plain'))).toMatch(/LC_CTYPE.*不识别中文/u);
    expect(await refusedFor(url.replace(/shanzhi$/u, 'latin'))).toMatch(/编码是 LATIN1/u);
    expect(await refusedFor(url.replace(/shanzhi$/u, 'absent'))).toMatch(/不存在/u);
    expect(await refusedFor(url.replace(/:[^:@]+@/u, ':wrong@'))).toMatch(/用户名或密码不对/u);
    expect(await refusedFor('postgres://x:y@127.0.0.1:1/z')).toMatch(/连不上/u);
    expect(await refusedFor(url)).toBe('accepted');
    expect(await ask(url, "select count(*)::int as value from pg_extension where extname = 'pg_trgm'")).toBe(0);
  });
});
