import { accessSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, statfsSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './embedded-account.ts';
import { canReach, passingAccount, plainAccount } from './embedded-account.ts';
import type { Binaries } from './embedded-binaries.ts';
import { completeLinks, copyBinaries } from './embedded-binaries.ts';
import { StartRefused } from './embedded-refusal.ts';
import { makeFolder } from '../folder.ts';

/** Where root keeps what nobody must reach when the checkout is closed to it. */
const OPEN_PLACE = '/var/lib/shanzhi';
/** A new database takes about 40 MB; below this a start would only fail later. Bytes. */
const LEAST_FREE = 100 * 1024 * 1024;

/** Which programs run, on which data, as whom. */
export interface Place {
  /** Our own folder: password, lock, users, log. */
  readonly folder: string;
  /** PostgreSQL's data folder. */
  readonly pgdata: string;
  readonly native: string;
  readonly account: Account;
}

/**
 * 选定位置:makes the data folder and settles where programs and data lie so that PostgreSQL can reach both.
 * @throws StartRefused when the folder cannot be written or the disk is full
 */
export function settlePlace(dataDir: string, binaries: Binaries, log: (line: string) => void): Place {
  makeFolder(dataDir);
  const folder = realpathSync(dataDir);
  accessSync(folder, constants.W_OK | constants.X_OK);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < LEAST_FREE) throw new StartRefused(`磁盘空间不足：「${folder}」所在磁盘只剩 ${String(Math.floor((bavail * bsize) / 1024 / 1024))} MB，至少需要 100 MB，请清理后再启动。`);

  const plain = plainAccount();
  const native = readableNative(binaries, plain, folder);
  const usual = { folder, pgdata: join(folder, 'postgres'), native };
  if (plain.uid === undefined || canReach(plain, folder)) return { ...usual, account: plain };
  // Once the data lie elsewhere they stay there, whatever this machine allows today.
  const note = join(folder, 'postgres-location.txt');
  const passing = existsSync(note) ? undefined : passingAccount(join(native, 'bin', 'postgres'));
  return passing === undefined ? { ...usual, pgdata: openData(folder, note, log), account: plain } : { ...usual, account: passing };
}

/**
 * Where the programs can be read: in node_modules; else, as a user, copied into our folder; else, as root, into an open place.
 * The right to pass through closed folders does not help programs: PostgreSQL asks access(2), which knows no such right.
 */
function readableNative(binaries: Binaries, account: Account, folder: string): string {
  const complete = completeLinks(binaries.native);
  if (complete && canReach(account, binaries.native)) return binaries.native;
  if (account.uid === undefined) return copyBinaries(binaries, folder);
  try {
    return copyBinaries(binaries, OPEN_PLACE);
  } catch (error) {
    // A system whose /var is read-only still has a temporary folder.
    if (error instanceof StartRefused) throw error;
    return copyBinaries(binaries, join(tmpdir(), 'shanzhi-programs'));
  }
}

/** The data folder outside a closed home; its address is kept in ours, so that moving the checkout does not lose it. */
function openData(folder: string, note: string, log: (line: string) => void): string {
  if (!existsSync(note)) {
    const place = join(OPEN_PLACE, createHash('sha256').update(folder).digest('hex').slice(0, 12));
    mkdirSync(place, { recursive: true, mode: 0o755 });
    writeFileSync(note, `${place}\n`);
  }
  const place = readFileSync(note, 'utf8').trim();
  log(`「${folder}」所在目录不对数据库账号开放，数据库文件改存于「${place}」。`);
  return join(place, 'postgres');
}
