import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The account `nobody`: PostgreSQL refuses to run as root, so root hands the work to it. */
const NOBODY = 65_534;

/**
 * 运行账号:how PostgreSQL's programs are started — as the current user, as nobody (when we are root), or as nobody
 * with the one right to pass through folders that are closed to others (checkout under a 0700 home).
 */
export interface Account {
  readonly uid: number | undefined;
  /** Words put before the program on its command line. */
  readonly prefix: readonly string[];
}

/** 当前账号:what may run PostgreSQL here before any folder has been looked at. */
export function plainAccount(): Account {
  return { uid: process.getuid?.() === 0 ? NOBODY : undefined, prefix: [] };
}

/** Can `account` reach `path` through all folders above it by plain permissions? */
export function canReach(account: Account, path: string): boolean {
  if (account.uid === undefined) return mayEnter(path);
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid } = statSync(folder);
    if ((mode & (uid === account.uid ? 0o100 : 0o001)) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayEnter(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * 可穿行账号:nobody who may read and search everywhere (CAP_DAC_READ_SEARCH) but still writes only to its own files.
 * Undefined when this machine's `setpriv` or capability bounds do not allow it; proven by running `program --version`.
 */
export function passingAccount(program: string): Account | undefined {
  const id = String(NOBODY);
  const flags = [`--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--inh-caps=-all,+dac_read_search', '--ambient-caps=+dac_read_search', '--bounding-set=-all,+dac_read_search', '--'];
  const proof = spawnSync('setpriv', [...flags, program, '--version'], { stdio: 'ignore', cwd: '/' });
  return proof.status === 0 ? { uid: NOBODY, prefix: ['setpriv', ...flags] } : undefined;
}

/** The command line and spawn options that run `program` under `account`. */
export function commandFor(account: Account, program: string, args: readonly string[]): { command: string; args: string[]; uid?: number; gid?: number } {
  const [first, ...rest] = account.prefix;
  if (first !== undefined) return { command: first, args: [...rest, program, ...args] };
  return { command: program, args: [...args], ...(account.uid === undefined ? {} : { uid: account.uid, gid: account.uid }) };
}
