import { connect } from 'node:net';
import { randomUUID } from 'node:crypto';
import { seededRandom, type Random } from '#seeds/demo/random.ts';
import { exchange, requestBytes, type NextRequest } from './http-load.ts';
import { PASSWORD } from './seed.ts';

/** A signed-in caller: sends one request and reads the answer. */
export interface Caller {
  readonly headers: Readonly<Record<string, string>>;
  get(path: string): Promise<unknown>;
  send(method: string, path: string, body?: string): Promise<unknown>;
}

/** 被测操作: `variants` are different requests of the same kind; a creating one makes a new body each time. */
export interface Operation {
  readonly name: 'list' | 'create' | 'aggregate' | 'search';
  readonly title: string;
  readonly caller: Caller;
  readonly paths: readonly string[];
  readonly method: 'GET' | 'POST';
  /** A new body for the path at `at`, and the mark in it that no other request has. */
  readonly body?: (at: number) => { readonly text: string; readonly mark: string };
}

/** 登录. @throws Error with the server's answer when it refuses */
export async function signIn(port: number, login: string): Promise<Caller> {
  const { head, json } = await once(port, requestBytes({ method: 'POST', path: '/api/sessions', headers: {}, body: JSON.stringify({ login, password: PASSWORD }) }));
  const cookie = /^set-cookie: *([^;\r\n]+)/im.exec(head)?.[1];
  const csrf = field(json, 'csrfToken');
  if (!cookie || typeof csrf !== 'string') throw new Error(`signing in failed: ${head}`);
  const headers = { cookie, 'x-shanzhi-csrf': csrf };
  const send = async (method: string, path: string, body?: string) => (await once(port, requestBytes({ method, path, headers: method === 'GET' ? headers : { ...headers, 'idempotency-key': randomUUID() }, body }))).json;
  return { headers, send, get: (path) => send('GET', path) };
}

async function once(port: number, request: Buffer): Promise<{ head: string; json: unknown }> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    const answer = await exchange(socket, request);
    const json: unknown = JSON.parse(answer.body.toString('utf8'));
    if (answer.status >= 300) throw new Error(`HTTP ${answer.status}: ${answer.body.toString('utf8').slice(0, 500)}`);
    return { head: answer.head, json };
  } finally {
    socket.destroy();
  }
}

/** 被测的操作 on this database, drawn at random from what the signed-in may see; `only` names those wanted. */
export async function operationsFor(port: number, only: readonly string[] = NAMES): Promise<Operation[]> {
  const [clerk, officer] = [await signIn(port, 'bench-clerk'), await signIn(port, 'bench-officer')];
  const operations: Operation[] = [];
  for (const name of NAMES) if (only.includes(name)) operations.push(await makers[name](officer, clerk, seededRandom(`bench ${name}`)));
  return operations;
}

const NAMES = ['list', 'aggregate', 'search', 'create'] as const;
/** Whether this is one of the operations that are measured in the databases of the sizes. */
export const isOperation = (name: string): boolean => NAMES.some((each) => each === name);

const makers: Record<Operation['name'], (officer: Caller, clerk: Caller, random: Random) => Promise<Operation>> = {
  list: async (officer, _clerk, random) => ({ name: 'list', title: '一名乡镇经办人翻看房屋列表(每页50户)', caller: officer, method: 'GET', paths: await pages(officer, random, (await estatesOf(officer)).map((row) => String(field(row, 'id')))) }),
  aggregate: async (_officer, clerk, random) => ({
    name: 'aggregate', title: '全县按乡镇汇总组建率', caller: clerk, method: 'GET',
    paths: ['/api/target/formation', ...Array.from({ length: 9 }, () => `/api/target/formation?on=2026-${String(random.whole(1, 10)).padStart(2, '0')}-${String(random.whole(10, 28))}`)],
  }),
  search: async (officer, _clerk, random) => ({ name: 'search', title: '搜索(名称、拼音首字母、房号)', caller: officer, method: 'GET', paths: searches(random, await estatesOf(officer)) }),
  create: async (officer, _clerk, random) => {
    const buildings = await someBuildings(officer, random, (await estatesOf(officer)).map((row) => String(field(row, 'id'))));
    return { name: 'create', title: '登记一户(含操作记录、汇总、搜索条目)', caller: officer, method: 'POST', paths: buildings.map(({ estateId }) => `/api/estates/${estateId}/units`), body: newUnit(buildings.map(({ id }) => id)) };
  },
};

const estatesOf = async (officer: Caller): Promise<unknown[]> => rowsOf(await officer.get('/api/estates?limit=200'));

const MOST_ESTATES = 24;

/** A building in each of up to 24 estates: writers of one estate wait for each other, those of different ones do not. */
async function someBuildings(officer: Caller, random: Random, estateIds: readonly string[]): Promise<{ id: string; estateId: string }[]> {
  const found: { id: string; estateId: string }[] = [];
  for (const estateId of random.shuffled(estateIds).slice(0, MOST_ESTATES)) {
    const buildings = rowsOf(await officer.get(`/api/estates/${estateId}/buildings`));
    if (buildings.length > 0) found.push({ id: String(field(random.pick(buildings), 'id')), estateId });
  }
  if (found.length === 0) throw new Error('the officer sees no building');
  return found;
}

function newUnit(buildingIds: readonly string[]): (at: number) => { text: string; mark: string } {
  return (at) => {
    const mark = String(1_000_000_000 + Math.floor(Math.random() * 8_999_999_999));
    return { mark, text: JSON.stringify({ buildingId: buildingIds[at], entrance: '9', room: mark, usage: 'residential', deliveredOn: null, areaCm2: 885_000, areaSource: 'register' }) };
  };
}

/** First page, pages after it, and the lists of single estates. */
async function pages(officer: Caller, random: Random, estateIds: readonly string[]): Promise<string[]> {
  const paths = ['/api/units?limit=50'];
  for (let turn = 0; turn < 6; turn += 1) {
    const next = field(await officer.get(paths.at(-1) ?? ''), 'next');
    if (typeof next === 'string') paths.push(`/api/units?limit=50&after=${encodeURIComponent(next)}`);
  }
  return [...paths, ...Array.from({ length: 13 }, () => `/api/units?limit=50&estateId=${random.pick(estateIds)}`)];
}

/** Two characters of a name, a whole name, and a room of an estate. */
function searches(random: Random, estates: readonly unknown[]): string[] {
  const names = Array.from({ length: 8 }, () => String(field(random.pick(estates), 'name')));
  const words = names.flatMap((name) => [name, name.slice(0, 2), `${name.slice(0, 2)} 2-1-${random.whole(1, 15)}0${random.whole(1, 4)}`]);
  return [...words, 'hy', 'yq', 'xc'].map((word) => `/api/search?q=${encodeURIComponent(word)}`);
}

/** Requests of an operation, one of its variants at random each time. */
export function nextOf({ paths, method, caller, body }: Pick<Operation, 'paths' | 'method' | 'caller' | 'body'>): NextRequest {
  const ready = paths.map((path) => requestBytes({ method, path, headers: caller.headers }));
  const at = () => Math.floor(Math.random() * paths.length);
  if (!body) return () => ready[at()] ?? Buffer.alloc(0);
  return () => {
    const variant = at();
    return requestBytes({ method, path: paths[variant] ?? '', headers: { ...caller.headers, 'idempotency-key': randomUUID() }, body: body(variant).text });
  };
}

const field = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined);
const rowsOf = (value: unknown): unknown[] => { const rows = field(value, 'rows'); return Array.isArray(rows) ? rows : []; };
