import { Client, DatabaseError } from 'pg';
import { StartRefused } from './embedded-refusal.ts';

const OLDEST = 150_000;

/**
 * 核对数据库:may the product run on the database at `url`? Version 15 or later, UTF-8, and a character type under which
 * pg_trgm cuts Chinese into trigrams (under `C` it finds nothing and says nothing). Changes nothing.
 * @throws StartRefused with one sentence for the first thing that is wrong
 */
export async function assertDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new StartRefused(unreachable(error), { cause: error });
  }
  try {
    await assertVersion(client);
    await assertChinese(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function unreachable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '28P01' || code === '28000') return 'DATABASE_URL 的用户名或密码不对，数据库拒绝登录。';
  if (code === '3D000') return 'DATABASE_URL 所指的数据库不存在，请先建立它（UTF8 编码，LC_CTYPE 为 C.UTF-8）。';
  if (code === '53300') return '数据库连接数已满，请稍后再试，或调大 max_connections。';
  return `连不上 DATABASE_URL 所指的数据库（${code || (error instanceof Error ? error.message : '原因不明')}），请检查地址、端口和网络。`;
}

async function assertVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: number; name: string; encoding: string; recovering: boolean }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_version') as name, current_setting('server_encoding') as encoding, pg_is_in_recovery() as recovering");
  const found = rows[0];
  if (found === undefined) throw new StartRefused('数据库没有回答版本查询，请检查 DATABASE_URL。');
  if (found.version < OLDEST) throw new StartRefused(`数据库版本是 PostgreSQL ${found.name}，需要 15 或更高版本。`);
  if (found.encoding !== 'UTF8') throw new StartRefused(`数据库编码是 ${found.encoding}，需要 UTF8；请用 UTF8 编码重新建库。`);
  if (found.recovering) throw new StartRefused('DATABASE_URL 所指的是只读备库，请改为主库地址。');
}

/** The extensions that searching needs, of PostgreSQL's own contributed ones. */
const EXTENSIONS = ['pg_trgm', 'btree_gin'] as const;

/** Creates the extensions only inside a transaction that is rolled back; the migrations are what creates them for good. */
async function assertChinese(client: Client): Promise<void> {
  const { rows: [classes] } = await client.query<{ letter: boolean }>("select '物' ~ '^[[:alpha:]]$' as letter");
  const wrongType = '数据库的字符类型（LC_CTYPE）不识别中文，小区名称会搜索不到；请用 LC_CTYPE=C.UTF-8 重新建库。';
  if (classes?.letter !== true) throw new StartRefused(wrongType);
  let wanted: string = EXTENSIONS[0];
  await client.query('begin');
  try {
    for (wanted of EXTENSIONS) await client.query(`create extension if not exists ${wanted}`);
    const { rows: [schema] } = await client.query<{ name: string }>("select quote_ident(n.nspname) as name from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'");
    const { rows: [grams] } = await client.query<{ count: number }>(`select coalesce(array_length(${schema?.name ?? 'public'}.show_trgm('物业 '), 1), 0) as count`);
    if ((grams?.count ?? 0) === 0) throw new StartRefused(wrongType);
  } catch (error) {
    if (error instanceof DatabaseError) throw new StartRefused(`数据库不能使用 ${wanted} 扩展（${error.message}），请由数据库管理员执行 create extension ${wanted}。`, { cause: error });
    throw error;
  } finally {
    await client.query('rollback');
  }
}
