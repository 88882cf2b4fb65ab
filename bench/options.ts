import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { MEMORY } from '../tools/bootstrap/node.mjs';

/** 测量的条件, from the command line. */
export interface Options {
  /** Rows of registry.unit in each database, smallest first. */
  readonly sizes: readonly number[];
  /** Seconds each operation is measured, after a warm-up of a quarter of it. */
  readonly seconds: number;
  /** HTTP connections of the measured load. */
  readonly connections: number;
  /** PostgreSQL connections of the baseline; the server's own pool has as many. */
  readonly pool: number;
  readonly soakMinutes: number;
  readonly soakConnections: number;
  /** Folder of the databases; kept between runs and made anew when the migrations change. */
  readonly folder: string;
  /** Which operations; all of them unless said otherwise. */
  readonly only: readonly string[];
  /** Flags of the measured server's Node, as `npm start` gives them. */
  readonly nodeFlags: readonly string[];
  readonly out: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Every option: what it is when nothing is said, and what it means. */
const known = {
  sizes: ['100000,1000000', 'rows of registry.unit, one database each'], seconds: ['8', 'each operation is measured, after a warm-up of a quarter of it'],
  connections: ['16', 'of HTTP, of the measured load'], pool: ['8', 'connections of PostgreSQL, of the baseline and of the server'], only: ['list,aggregate,search,create,duties,complaints,hotline', 'which operations; duties: time limits moved; complaints: their list, statistics and receipt after two and twenty years; hotline: an import of ten thousand orders'],
  'soak-minutes': ['5', '0 leaves the soak out'], 'soak-connections': ['50', 'of HTTP, in the soak'], 'node-flags': [MEMORY.join(' '), 'of the measured server, as one text'],
  folder: [`${ROOT}.cache/bench`, 'of the databases; kept between runs'], out: [`${ROOT}bench/README.md`, 'the report'],
} as const satisfies Record<string, readonly [usual: string, meaning: string]>;

/** 用法, as `--help` prints it. */
export const usage = (): string => ['npm run bench -- [options]', '', ...Object.entries(known).map(([name, [usual, meaning]]) => `  --${name.padEnd(17)} ${meaning} (${usual.replace(ROOT, './') || 'none'})`), '  --help              this', '', 'BENCH_PLANS=1 prints the plans too. Exit code 0 measured, 2 wrong command line.'].join('\n');

/** Null when only the usage was asked for. @throws TypeError for an option that does not exist, RangeError for a number that is none */
export function readOptions(argv: readonly string[]): Options | null {
  if (argv.includes('--help') || argv.includes('-h')) return null;
  const option = (name: keyof typeof known) => ({ type: 'string', default: known[name][0] } as const);
  const { values } = parseArgs({
    args: [...argv],
    options: {
      sizes: option('sizes'), seconds: option('seconds'), connections: option('connections'), pool: option('pool'), only: option('only'), 'soak-minutes': option('soak-minutes'),
      'soak-connections': option('soak-connections'), 'node-flags': option('node-flags'), folder: option('folder'), out: option('out'),
    },
  });
  return {
    sizes: values.sizes.split(',').map(number).toSorted((a, b) => a - b), seconds: number(values.seconds), connections: number(values.connections), pool: number(values.pool),
    soakMinutes: number(values['soak-minutes']), soakConnections: number(values['soak-connections']), nodeFlags: values['node-flags'].split(' ').filter((flag) => flag !== ''), only: values.only.split(','), folder: values.folder, out: values.out,
  };
}

function number(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`not a number: ${text}`);
  return value;
}
