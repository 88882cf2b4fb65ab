import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openVault } from '#platform/crypto/vault.ts';
import { startEmbedded, type Embedded } from '#platform/db/embedded.ts';
import { APP_ROLE, urlOf } from '#platform/db/roles.ts';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import { commandLine, type CommandLine } from '../testing/commands.ts';

const CHILD = fileURLToPath(new URL('../testing/rotate-child.fixture.ts', import.meta.url));

let dataDir: string;
let held: Embedded;
let db: Client;
let at: CommandLine;
const run: CommandLine['run'] = (args, env) => at.run(args, env);
beforeAll(async () => {
  dataDir = mkdtempSync(join(roomyFolder(), 'shanzhi-secret-'));
  // A server of its own: the roles of a server are one for all of its databases. Held open, so that every command adopts it.
  held = await startEmbedded({ dataDir, log: () => undefined, fsync: false });
  at = commandLine({ SHANZHI_DATA: dataDir });
  expect(await run(['seed'])).toMatchObject({ code: 0 });
  db = new Client({ connectionString: held.url });
  await db.connect();
}, 120_000);
afterAll(async () => { await db.end(); await at.stop(); await held.stop(); rmSync(dataDir, { recursive: true, force: true }); });

const secretFile = () => join(dataDir, 'secret.key');
const secret = () => readFileSync(secretFile(), 'utf8').trim();
/** How many of the owners' numbers open with this secret. */
async function opened(text: string): Promise<[number, number]> {
  const { rows } = await db.query<{ cipher: string }>('select phone_cipher as cipher from registry.owner where phone_cipher is not null');
  const vault = openVault(text);
  return [rows.filter(({ cipher }) => { try { return vault.open(cipher) !== ''; } catch { return false; } }).length, rows.length];
}
const logsIn = async (text: string) => { const app = new Client({ connectionString: urlOf(APP_ROLE, held.url, text) }); try { await app.connect(); await app.end(); return true; } catch { return false; } };

test('the secret is changed whole or not at all, whatever is killed when; nobody works meanwhile; older archives come back under the new one', async () => {
  const first = secret();
  const [all, total] = await opened(first);
  expect([all, total > 100]).toEqual([total, true]);
  const made: { path: string } = JSON.parse((await run(['backup', '--json'])).out);

  // Somebody works: refused, nothing changed, and whoever works goes on.
  const working = new Client({ connectionString: urlOf(APP_ROLE, held.url, first) });
  await working.connect();
  expect(await run(['secret', 'rotate'])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('善治的服务或后台作业还在这个数据库上运行，请先把它们都停止') });
  await working.query('select 1');
  await working.end();
  expect([secret(), await opened(first), await logsIn(first)]).toEqual([first, [total, total], true]);

  // Killed in the middle of the rows: all of it is still of the old secret, and the next start goes on with it.
  expect(await at.start(['正在重新封存 registry.owner'], {}, CHILD)).toMatchObject({ code: 'SIGKILL' });
  expect([secret(), await opened(first), existsSync(`${secretFile()}.next`)]).toEqual([first, [total, total], true]);
  expect(await run(['doctor'])).toMatchObject({ out: expect.stringMatching(/正常 {2}密钥：只有运行账号可读，封存的 \d+ 处都打得开/) });
  expect(await logsIn(first)).toBe(true);

  // Killed when the database was done and the file was not: all of it is of the new secret, which the next start puts in place.
  expect(await at.start(['数据库已全部改用新密钥'], {}, CHILD)).toMatchObject({ code: 'SIGKILL' });
  const second = readFileSync(`${secretFile()}.next`, 'utf8').trim();
  expect([secret(), await opened(first), await opened(second), await logsIn(first), await logsIn(second)]).toEqual([first, [0, total], [total, total], false, true]);
  expect(await run(['secret', 'rotate'])).toMatchObject({ code: 0, out: expect.stringContaining('上次更换部署密钥已经完成，这次没有再换。'), err: expect.stringContaining('密钥文件还没有换上就中断了；现在已补上') });
  expect([secret(), await opened(second)]).toEqual([second, [total, total]]);

  // Whole, by the command: says what there is to do, and the old one keeps a name.
  const done = await at.start(['secret', 'rotate']);
  expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/^部署密钥已更换：重新封存 \d+ 行，用时 [\d.]+ 秒；指纹 [0-9a-f]{8} → [0-9a-f]{8}。\n[^]*请马上另外抄存一份[^]*请现在执行一次 backup，再启动服务。\n$/) });
  const third = secret();
  expect([await opened(third), await logsIn(second), statSync(secretFile()).mode & 0o077]).toEqual([[total, total], false, 0]);
  const formers = readdirSync(dataDir).filter((name) => /^secret\.key\.[0-9a-f]{8}$/.test(name));
  expect(formers.map((name) => readFileSync(join(dataDir, name), 'utf8').trim()).toSorted()).toEqual([first, second].toSorted());
  expect(await run(['doctor'])).toMatchObject({ out: expect.stringMatching(/正常 {2}密钥：/) });
  expect(await run(['audit', 'verify'])).toMatchObject({ code: 0 });
  expect((await db.query("select count(*)::int as n from audit.entry where action = 'secret.rotate'")).rows).toEqual([{ n: 2 }]);

  // The secret of before opens nothing here any more, and says so before anything is touched.
  expect(await run(['audit', 'verify'], { SHANZHI_SECRET: first })).toMatchObject({ code: 1, err: expect.stringContaining('部署密钥不对：这个数据库是用指纹') });
  expect(await logsIn(third)).toBe(true);

  // An archive of before comes back under the secret of today: by the former one that lies beside it, or one that is named.
  const [other, bare] = [join(dataDir, 'other'), join(dataDir, 'first.key')];
  writeFileSync(bare, `${first}\n`, { mode: 0o600 });
  for (const name of formers) if (readFileSync(join(dataDir, name), 'utf8').trim() === first) rmSync(join(dataDir, name));
  expect(await run(['restore', made.path, '--into', other])).toMatchObject({ code: 1, err: expect.stringContaining('--former-secret') });
  expect(await at.start(['restore', made.path, '--into', other, '--former-secret', bare])).toMatchObject({ code: 0, err: expect.stringContaining('正在改用现在的密钥重新封存') });
  expect(readFileSync(join(other, 'secret.key'), 'utf8').trim()).toBe(third);

  // So it does in a drill, which leaves what is here as it was.
  expect(await run(['backup', 'drill', made.path])).toMatchObject({ code: 1, err: expect.stringContaining('--former-secret') });
  expect(await at.start(['backup', 'drill', made.path, '--former-secret', bare])).toMatchObject({ code: 0, out: expect.stringMatching(/^演练成功：.*逐行一致.*临时数据库已删除。\n$/), err: expect.stringContaining('正在改用现在的密钥重新封存') });
  expect([secret(), await opened(third)]).toEqual([third, [total, total]]);
  expect(await run(['doctor'], { SHANZHI_DATA: other })).toMatchObject({ out: expect.stringMatching(/正常 {2}密钥：只有运行账号可读，封存的 \d+ 处都打得开/) });
}, 240_000);

test('a secret that a variable gives is changed into a file that is named, and the old variable is refused afterwards', async () => {
  const given = secret();
  const env = { SHANZHI_SECRET: given };
  expect(await run(['secret', 'rotate'], env)).toMatchObject({ code: 2, err: expect.stringContaining('请加 --to <文件>') });
  const file = join(dataDir, 'given.key');
  expect(await run(['secret', 'rotate', '--to', file], env)).toMatchObject({ code: 0, out: expect.stringContaining(`请设 SHANZHI_SECRET_FILE=${file}（去掉原来的 SHANZHI_SECRET），否则会拒绝启动`) });
  // Run again before the variable was changed it changes nothing.
  expect(await run(['secret', 'rotate', '--to', file], env)).toMatchObject({ code: 0, out: expect.stringContaining('这次没有再换') });
  expect(await run(['audit', 'verify'], env)).toMatchObject({ code: 1, err: expect.stringContaining('SHANZHI_SECRET 给的') });
  expect(await run(['audit', 'verify'], { SHANZHI_SECRET_FILE: file })).toMatchObject({ code: 0 });
}, 120_000);
