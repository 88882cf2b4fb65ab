import { CamelCasePlugin, CompiledQuery, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import type pg from 'pg';
import { nameOf, type SlowLog } from './slow-log.ts';
import type { Tables } from './types.ts';

const MOST_NAMES = 500;
const names = new Map<string, string>();

/** A statement's name: the hash of its SQL. Only the first 500 distinct texts of a process get one, so no connection's memory grows without end. */
function statementName(sql: string): string | undefined {
  const known = names.get(sql);
  if (known || names.size >= MOST_NAMES) return known;
  const name = nameOf(sql);
  names.set(sql, name);
  return name;
}

/** How a connection is spoken to: `named` statements are prepared once; on a `pipelined` one they need not wait for each other; what takes too long is noted in `slow`. */
export interface Manner { readonly named: boolean; readonly pipelined: boolean; readonly slow: SlowLog }

class ClientConnection implements DatabaseConnection {
  readonly client: pg.ClientBase;
  readonly manner: Manner;
  #last: Promise<unknown> = Promise.resolve();
  constructor(client: pg.ClientBase, manner: Manner) {
    this.client = client;
    this.manner = manner;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const name = this.manner.named ? statementName(query.sql) : undefined;
    const send = () => this.client.query<unknown[]>({ text: query.sql, values: [...query.parameters], rowMode: 'array', ...(name ? { name } : {}) });
    const began = performance.now();
    let rows = 0;
    try {
      const result = this.manner.pipelined ? await send() : await this.#afterLast(send);
      rows = result.rowCount ?? 0;
      const affected = CHANGING.has(result.command) ? { numAffectedRows: BigInt(rows) } : {};
      return { rows: rowsOf<R>(result), ...affected };
    } finally {
      // What was cut off for taking too long counts as well.
      const ms = performance.now() - began;
      if (ms >= this.manner.slow.threshold) this.manner.slow.note({ text: query.sql, ms, rows, client: this.client });
    }
  }
  /** A connection that carries COPY takes one statement at a time, whatever the caller starts side by side. */
  #afterLast<T>(send: () => Promise<T>): Promise<T> {
    const next = this.#last.then(send);
    this.#last = next.catch(() => undefined);
    return next;
  }
  // oxlint-disable-next-line require-yield -- the interface wants a generator; we page by key and never stream a cursor
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('page by key instead of streaming a cursor');
  }
}

const CHANGING = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** Rows with their columns' names in camel case: the names are turned once for a result, not once for every value in it. */
function rowsOf<R>({ fields, rows }: pg.QueryArrayResult<unknown[]>): R[] {
  const columns = fields.map(({ name }) => camelCase(name));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a statement's rows look like is what its text says; Kysely hands the type down
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    let at = 0;
    for (const column of columns) row[column] = values[at++];
    return row;
  }) as R[];
}

const camelNames = new Map<string, string>();
function camelCase(column: string): string {
  const known = camelNames.get(column);
  if (known !== undefined) return known;
  const name = column.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  if (camelNames.size < MOST_NAMES * 10) camelNames.set(column, name);
  return name;
}

/** Kysely's own turning of names into snake case, without the copy of the whole query that its plugin makes to apply it. */
class Names extends CamelCasePlugin {
  readonly #known = new Map<string, string>();
  of(name: string, quoted: (snake: string) => string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const made = quoted(this.snakeCase(name));
    if (this.#known.size < MOST_NAMES * 10) this.#known.set(name, made);
    return made;
  }
}
const snakeNames = new Names();

/** Names become snake case as they are written; the rows come out of the connection in camel case already. */
class SnakeCaseCompiler extends PostgresQueryCompiler {
  protected override sanitizeIdentifier(identifier: string): string {
    return snakeNames.of(identifier, (name) => super.sanitizeIdentifier(name));
  }
}

class ClientDriver implements Driver {
  readonly connection: ClientConnection;
  constructor(client: pg.ClientBase, manner: Manner) { this.connection = new ClientConnection(client, manner); }
  async init() {}
  async acquireConnection() { return this.connection; }
  async beginTransaction() { throw new Error('transactions are opened by the kit: use ctx.transact'); }
  async commitTransaction() {}
  async rollbackTransaction() {}
  async releaseConnection() {}
  async destroy() {}
}

const made = new WeakMap<pg.ClientBase, Kysely<Tables>>();
const connections = new WeakMap<Kysely<Tables>, ClientConnection>();

/**
 * 接着发出: sends a statement while it is called, so that those sent one after the other reach PostgreSQL in that order and, on a pipelined connection, in one trip: none of them
 * may need what another answers, and all are awaited together. @throws Error for a handle that is bound to no connection
 */
export async function send<R>(db: Kysely<Tables>, query: CompiledQuery<R>): Promise<R[]> {
  const connection = connections.get(db);
  if (connection === undefined) throw new Error('this handle is bound to no connection');
  return (await connection.executeQuery<R>(query)).rows;
}

/** Kysely over exactly one pooled connection; made once per connection and kept with it. */
export function kyselyOn(client: pg.ClientBase, manner: Manner): Kysely<Tables> {
  const known = made.get(client);
  if (known) return known;
  const driver = new ClientDriver(client, manner);
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (inner) => new PostgresIntrospector(inner),
      createQueryCompiler: () => new SnakeCaseCompiler(),
    },
  });
  made.set(client, db);
  connections.set(db, driver.connection);
  return db;
}
