import { createHash } from 'node:crypto';
import { CamelCasePlugin, CompiledQuery, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import type pg from 'pg';
import type { Tables } from './types.ts';

const MOST_NAMES = 500;
const names = new Map<string, string>();

/** A statement's name: the hash of its SQL. Only the first 500 distinct texts of a process get one, so no connection's memory grows without end. */
function statementName(sql: string): string | undefined {
  const known = names.get(sql);
  if (known || names.size >= MOST_NAMES) return known;
  const name = 's' + createHash('sha256').update(sql).digest('base64url').slice(0, 20);
  names.set(sql, name);
  return name;
}

class ClientConnection implements DatabaseConnection {
  readonly client: pg.ClientBase;
  readonly named: boolean;
  constructor(client: pg.ClientBase, named: boolean) {
    this.client = client;
    this.named = named;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const name = this.named ? statementName(query.sql) : undefined;
    const result = await this.client.query({ text: query.sql, values: [...query.parameters], ...(name ? { name } : {}) });
    const affected = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(result.command) ? { numAffectedRows: BigInt(result.rowCount ?? 0) } : {};
    return { rows: result.rows, ...affected };
  }
  // oxlint-disable-next-line require-yield -- the interface wants a generator; we page by key and never stream a cursor
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('page by key instead of streaming a cursor');
  }
}

class ClientDriver implements Driver {
  readonly connection: ClientConnection;
  constructor(client: pg.ClientBase, named: boolean) { this.connection = new ClientConnection(client, named); }
  async init() {}
  async acquireConnection() { return this.connection; }
  async beginTransaction() { throw new Error('transactions are opened by the kit: use ctx.transact'); }
  async commitTransaction() {}
  async rollbackTransaction() {}
  async releaseConnection() {}
  async destroy() {}
}

const made = new WeakMap<pg.ClientBase, Kysely<Tables>>();

/** Kysely over exactly one pooled connection; made once per connection and kept with it. */
export function kyselyOn(client: pg.ClientBase, named: boolean): Kysely<Tables> {
  const known = made.get(client);
  if (known) return known;
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ClientDriver(client, named),
      createIntrospector: (inner) => new PostgresIntrospector(inner),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  made.set(client, db);
  return db;
}
