import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

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
  /** Which operations; all four unless said otherwise. */
  readonly only: readonly string[];
  /** Flags of the measured server's Node, as `npm start` gives them. */
  readonly nodeFlags: readonly string[];
  readonly out: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @throws TypeError for an option that does not exist, RangeError for a number that is none */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      sizes: { type: 'string', default: '100000,1000000' }, seconds: { type: 'string', default: '8' }, connections: { type: 'string', default: '16' }, pool: { type: 'string', default: '8' },
      'node-flags': { type: 'string', default: '' }, only: { type: 'string', default: 'list,aggregate,search,create' }, 'soak-minutes': { type: 'string', default: '5' }, 'soak-connections': { type: 'string', default: '50' }, folder: { type: 'string', default: `${ROOT}.cache/bench` }, out: { type: 'string', default: `${ROOT}bench/README.md` },
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
