import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '#platform/ids.ts';
import { mailbox, type Mailbox } from '#modules/notice/testing/receivers.ts';
import { openVault } from '#platform/crypto/vault.ts';
import { childEnv } from '#platform/testing/child-env.ts';
import { commandLine, type CommandLine } from '#server/main/testing/commands.ts';
import { startEmbedded, type Embedded } from '#platform/db/embedded.ts';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';

const CLI = fileURLToPath(new URL('../../main/cli.ts', import.meta.url));
const DIVISIONS = fileURLToPath(new URL('../../../seeds/ledgers/divisions.csv', import.meta.url));
const OWN = 'wang.min@county.example';
let dataDir: string;
let held: Embedded;
let box: Mailbox;
let db: Client;
let at: CommandLine;
const run: CommandLine['run'] = (args) => at.run(args);
beforeAll(async () => {
  dataDir = mkdtempSync(join(roomyFolder(), 'shanzhi-cli-mail-'));
  held = await startEmbedded({ dataDir, log: () => undefined, fsync: false });
  box = await mailbox();
  at = commandLine(settings());
  expect(await run(['county', 'add', '990101', '--divisions', DIVISIONS])).toMatchObject({ code: 0 });
  db = new Client({ connectionString: held.url });
  await db.connect();
}, 120_000);
afterAll(async () => { await db.end(); await at.stop(); await box.close(); await held.stop(); rmSync(dataDir, { recursive: true, force: true }); });

const settings = () => ({ SHANZHI_DATA: dataDir, NODE_ENV: 'production', SHANZHI_ORIGIN: 'https://wuye.example.gov.cn', SHANZHI_OUTGOING_ALLOW: '127.0.0.1', SHANZHI_BACKUP_HOUR: 'off' });

/** The county's mail as the system administrator's page leaves it. */
async function mailOn(): Promise<void> {
  const vault = openVault(readFileSync(join(dataDir, 'secret.key'), 'utf8').trim());
  const { rows: [county] } = await db.query<{ id: string }>("select id from platform.org_unit where kind = 'county'");
  const facts = { host: '127.0.0.1', port: String(box.port), security: 'none', user: '', from: 'shanzhi@county.example' };
  await db.query("insert into platform.notice_channel (id, county_id, kind, name, facts, secret_cipher, kinds, is_on, on_since, created_at, updated_at) values ($1, $2, 'mail', '邮件', $3, $4, '{}', true, now(), now(), now())", [newId(), county?.id, JSON.stringify(facts), vault.seal('')]);
}

test('links go by the county’s mail to the person, and the operator never sees them', async () => {
  const officer = ['user', 'add', 'wang', '--county', '990101', '--name', '王敏', '--role', 'bureau-clerk'];
  // Where no mail is on, nothing is made that would wait for a letter for ever.
  expect(await run([...officer, '--mail', OWN])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('本县没有启用邮件') });
  await mailOn();
  expect(await run([...officer, '--mail', 'wang.min'])).toMatchObject({ code: 2, err: expect.stringContaining('邮箱地址“wang.min”不对') });
  expect(await run([...officer, '--mail', OWN, '--link'])).toMatchObject({ code: 2, err: expect.stringContaining('--link 和 --mail 只写一个') });
  const invited = await run([...officer, '--mail', OWN]);
  expect(invited).toMatchObject({ code: 0, out: expect.stringMatching(/^已建立用户 wang，邀请链接已交给邮件，寄往 w\*+@county\.example，.*日前有效，只能用一次。/u), err: '' });

  const working = spawn(process.execPath, [CLI, 'worker'], { env: childEnv(settings()), stdio: 'ignore' });
  const gone = new Promise((resolve) => { working.once('exit', resolve); });
  try {
    await vi.waitFor(() => expect(box.letters).toHaveLength(1), { timeout: 60_000 });
    const link = /https:\/\/wuye\.example\.gov\.cn\/l\/invitation#[\w-]{43}/u;
    expect(box.letters[0]).toMatchObject({ to: [OWN], subject: '邀请您使用善治平台', body: expect.stringMatching(link) });
    expect(invited.out).not.toMatch(/\/l\/|#/u);

    // A reset goes to an address that is named, or to the person's own.
    expect(await run(['user', 'reset', 'wang', '--mail'])).toMatchObject({ code: 2, err: expect.stringContaining('自己没有登记邮箱，请写明：--mail <地址>') });
    const vault = openVault(readFileSync(join(dataDir, 'secret.key'), 'utf8').trim());
    await db.query("insert into platform.notice_choice (user_id, county_id, mail_cipher, mail_since, updated_at) select id, county_id, $1, now(), now() from platform.app_user where login = 'wang'", [vault.seal('own@county.example')]);
    const reset = await run(['user', 'reset', 'WANG', '--mail', '--json']);
    expect([reset.code, JSON.parse(reset.out)]).toEqual([0, { login: 'wang', to: 'o****@county.example', expiresAt: expect.any(String) }]);
    await vi.waitFor(() => expect(box.letters).toHaveLength(2), { timeout: 60_000 });
    expect(box.letters[1]).toMatchObject({ to: ['own@county.example'], subject: '重新设置善治平台的密码', body: expect.stringMatching(/\/l\/password-reset#[\w-]{43}/u) });
  } finally {
    working.kill('SIGTERM');
    await gone;
  }
  expect((await db.query("select count(*)::int as n from audit.entry where action = 'user.mail-link'")).rows).toEqual([{ n: 2 }]);
}, 240_000);
