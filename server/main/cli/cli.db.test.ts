import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbedded, type Embedded } from '#platform/db/embedded.ts';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import { commandLine, type CommandLine } from '../testing/commands.ts';

const DIVISIONS = fileURLToPath(new URL('../../../seeds/ledgers/divisions.csv', import.meta.url));

let dataDir: string;
let held: Embedded;
let at: CommandLine;
const run: CommandLine['run'] = (args, env) => at.run(args, env);
beforeAll(async () => {
  dataDir = mkdtempSync(join(roomyFolder(), 'shanzhi-cli-'));
  // Held open here, so that every command adopts the running server, as beside a service.
  held = await startEmbedded({ dataDir, log: () => undefined });
  at = commandLine({ SHANZHI_DATA: dataDir, NODE_ENV: 'production' });
});
afterAll(async () => { await at.stop(); await held.stop(); rmSync(dataDir, { recursive: true, force: true }); });

describe('the command line', () => {
  test('says in Chinese what there is, and what is wrong with a command; such a mistake is exit code 2', async () => {
    const help = await at.start(['user', 'add', '--help']);
    expect(help).toMatchObject({ code: 0, out: expect.stringMatching(/用法： npm run -s shanzhi -- user add <login> \[选项\][^]*bureau-clerk（住建局经办人）/) });
    expect(help.out).not.toMatch(/Usage|Options|Commands|Arguments/);
    for (const [args, words] of [
      [[], '用法'], [['nonsense'], '没有“nonsense”这个命令'], [['user', 'reset'], '缺少参数 <login>'], [['county', 'add', '990101'], '必须写明选项 --divisions <file>'],
      [['workday', 'add', '2026-02-30', '3'], '<date> 应是一个日期'], [['workday', 'add', '2026-02-13', '-5'], '1 到 1000 之间的整数'], [['workday', 'add', '2026-02-13', '3', '--jsn'], '是不是 --json'],
      [['ledger', 'import', 'houses', 'x.xlsx', '--county', '990101'], '没有“houses”这种台账'], [['ledger', 'import', 'estates', 'x.xlsx', '--county', '990101'], '找不到文件「x.xlsx」'],
      [['county', 'add', '990101', '--divisions', 'none.csv'], '找不到文件「none.csv」'], [['registry', 'stats', '--county', '9901', '--on', '2026-13-01'], '--on 应是一个日期'],
    ] as const) {
      expect([args, await run(args)]).toEqual([args, { code: 2, out: expect.any(String), err: expect.stringContaining(words) }]);
    }
    // A process of its own says and ends as that does.
    for (const args of [['nonsense'], ['workday', 'add', '--json']]) expect(await run(args)).toEqual(await at.start(args));
  }, 120_000);

  test('a wrong configuration is told whole, one sentence each, before anything is started', async () => {
    const { code, err } = await at.start(['upgrade'], { PORT: 'abc', HOST: 'a b', SHANZHI_HASH: 'md5', DATABASE_URL: 'mysql://x' });
    expect([code, err.trim().split('\n')]).toEqual([2, [expect.stringMatching(/^HOST 应是/), expect.stringMatching(/^PORT 应是/), expect.stringMatching(/^DATABASE_URL 应写成 postgres:\/\/<用户名>:<密码>@/), expect.stringMatching(/^SHANZHI_HASH 只能是/)]]);
  });

  test('from an empty database to a county, its users and their passwords', async () => {
    expect(JSON.parse((await run(['upgrade', '--check', '--json'])).out)).toMatchObject({ newest: null, pending: expect.arrayContaining([expect.stringContaining('platform_create-platform.sql')]), last: null });
    expect(await at.start(['upgrade', '--json'])).toMatchObject({ code: 0, out: expect.stringContaining('platform_create-platform.sql') });
    expect(await run(['registry', 'stats', '--county', '990101'])).toMatchObject({ code: 2, err: expect.stringContaining('county add 990101 --divisions') });
    expect(await at.start(['county', 'add', '990101', '--divisions', DIVISIONS])).toMatchObject({ code: 0, out: '云川县：新增乡镇街道 12 个、社区（村） 48 个、县直单位 10 个。\n' });
    expect(await run(['county', 'add', '990101', '--divisions', DIVISIONS])).toMatchObject({ code: 0, out: '云川县已在库中，没有新增。\n' });
    const made = await at.start(['user', 'add', 'wang', '--county', '990101', '--name', '王敏', '--role', 'bureau-clerk', '--json']);
    expect(JSON.parse(made.out)).toEqual({ login: 'wang', password: expect.stringMatching(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/), expiresAt: expect.any(String) });
    expect(await run(['user', 'reset', 'WANG'])).toMatchObject({ code: 0, out: expect.stringMatching(/^已重置 wang 的密码：.*日前有效（只显示这一次，首次登录必须修改）。\n$/) });
    expect(await run(['workday', 'add', '2026-02-13', '3'])).toMatchObject({ code: 0, out: '2026-02-25\n' });
    expect(await run(['audit', 'verify'])).toMatchObject({ code: 0, out: expect.stringMatching(/^核验通过：已封存的 \d+ 条/) });
    expect(await run(['doctor'])).toMatchObject({ code: 0, out: expect.stringContaining('正常  节假日通知：已登记到') });
  }, 120_000);

  test('an account is invited and led to a new password by links of the office’s own address, which end each other and stand nowhere', async () => {
    const home = { SHANZHI_ORIGIN: 'https://wuye.example.gov.cn' };
    const officer = ['user', 'add', 'li', '--county', '990101', '--name', '李青', '--role', 'township-officer'];
    const linkOf = (purpose: string) => new RegExp(`^https://wuye\\.example\\.gov\\.cn/l/${purpose}#([\\w-]{43})$`, 'mu');
    expect(await run([...officer, '--link'], home)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('需要用 --body 说明管辖哪个乡镇') });
    const invited: Record<string, string> = JSON.parse((await run([...officer, '--body', '城关街道', '--title', '物业专员', '--link', '--json'], home)).out);
    expect(invited).toEqual({ login: 'li', link: expect.stringMatching(linkOf('invitation')), expiresAt: expect.any(String) });
    expect(await run([...officer, '--body', '城关街道', '--link', '--json'], home)).toMatchObject({ code: 1, out: expect.stringContaining('state.duplicate') });
    const reset = await run(['user', 'reset', 'LI', '--link'], home);
    expect(reset).toMatchObject({ code: 0, out: expect.stringMatching(/^li 的重设密码链接（.*日前有效，只能用一次，只显示这一次，请交给本人）：\n/u), err: '' });
    const again = await run(['user', 'reset', 'li', '--link'], home);
    expect(await run(['user', 'reset', 'nobody', '--link', '--json'], home)).toMatchObject({ code: 1, out: expect.stringContaining('user.not-found') });
    expect(await run(['user', 'totp-off', 'li', '--json'], home)).toMatchObject({ code: 1, out: expect.stringContaining('该用户没有启用动态口令') });

    const tokens = [linkOf('invitation').exec(invited['link'] ?? '')?.[1], linkOf('password-reset').exec(reset.out)?.[1], linkOf('password-reset').exec(again.out)?.[1]];
    const db = new Client({ connectionString: held.url });
    await db.connect();
    const { rows } = await db.query('select id, purpose, revoked_at is null as is_open from platform.link order by link_no');
    expect(rows).toEqual(tokens.map((token, no) => ({ id: createHash('sha256').update(token ?? '').digest('hex'), purpose: no === 0 ? 'invitation' : 'password-reset', is_open: no === 2 })));
    await db.end();
  }, 120_000);

  test('complaint recount says whether the sums were right, mends what was not, and tells how many lines', async () => {
    const help = await at.start(['complaint', 'recount', '--help']);
    expect(help).toMatchObject({ code: 0, out: expect.stringMatching(/complaint recount \[选项\][^]*按全部投诉件重算统计汇总[^]*--json/) });
    expect(await at.start(['complaint', 'recount'])).toEqual({ code: 0, out: '已重算，汇总与投诉件一致。\n', err: '' });
    const db = new Client({ connectionString: held.url });
    await db.connect();
    await db.query(`insert into complaint.rollup (county_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content, returned)
      select id, 'A02', '2026-05-01', 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from platform.org_unit where kind = 'county' limit 1`);
    const told = await at.start(['complaint', 'recount', '--json']);
    expect([told.code, JSON.parse(told.out)]).toEqual([0, { wrong: 1 }]);
    expect((await db.query('select count(*)::int as n from complaint.rollup')).rows).toEqual([{ n: 0 }]);
    await db.query(`insert into complaint.rollup (county_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content, returned)
      select id, unnest(array['A02', 'B01']), '2026-05-01', 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from platform.org_unit where kind = 'county'`);
    expect(await run(['complaint', 'recount'])).toMatchObject({ code: 0, out: '已重算，有 2 行汇总与投诉件不一致，已经改正。\n' });
    expect(JSON.parse((await run(['complaint', 'recount', '--json'])).out)).toEqual({ wrong: 0 });
    await db.end();
    expect(await run(['complaint', 'recount', '--jsn'])).toMatchObject({ code: 2, err: expect.stringContaining('是不是 --json') });
    expect(await run(['complaint', 'recount', 'everything'])).toMatchObject({ code: 2 });
    expect(await run(['complaint'])).toMatchObject({ code: 2 });
  }, 120_000);

  test('complaint unused-numbers lists each number that was given and no complaint has, with its day, and says so when there is none', async () => {
    expect(await at.start(['complaint', 'unused-numbers', '--help'])).toMatchObject({ code: 0, out: expect.stringMatching(/complaint unused-numbers \[选项\][^]*已取号而没有投诉件的编号[^]*--json/u) });
    expect(await run(['complaint', 'unused-numbers'])).toEqual({ code: 0, out: '每个已取的编号都有投诉件。\n', err: '' });
    const db = new Client({ connectionString: held.url });
    await db.connect();
    await db.query("insert into complaint.number_register (county_id, year, last_serial) select id, 2026, 3 from platform.org_unit where kind = 'county'");
    // Of the first nothing was noted; the second is of a day; the third was given just now and may be on its way.
    await db.query("insert into complaint.number_allotment (county_id, year, first_serial, last_serial, allotted_at) select id, 2026, no, no, case no when 2 then timestamptz '2026-03-02 01:00+00' else now() end from platform.org_unit, unnest(array[2, 3]) no where kind = 'county'");
    await db.end();
    expect(await run(['complaint', 'unused-numbers'])).toEqual({ code: 0, out: '有 2 个已取的编号没有投诉件：\n投诉〔2026〕1号　取号日期没有记录\n投诉〔2026〕2号　2026-03-02取号\n', err: '' });
    expect(JSON.parse((await at.start(['complaint', 'unused-numbers', '--json'])).out)).toEqual([{ countyId: expect.any(String), year: 2026, serial: 1, allottedOn: null }, { countyId: expect.any(String), year: 2026, serial: 2, allottedOn: '2026-03-02' }]);
    expect(await run(['complaint', 'unused-numbers', 'all'])).toMatchObject({ code: 2 });
  }, 120_000);

  test('with --json an error is JSON too, by its code, and a refusal is exit code 1', async () => {
    const refused = await at.start(['user', 'reset', 'nobody', '--json']);
    expect([refused.code, JSON.parse(refused.out)]).toEqual([1, { error: { code: 'user.not-found', message: '没有账号“nobody”，请核对' } }]);
    expect(refused.err).toBe('没有账号“nobody”，请核对。\n');
    const usage = await run(['workday', 'add', '--json']);
    expect([usage.code, JSON.parse(usage.out)]).toEqual([2, { error: { code: 'usage', message: '缺少参数 <date>' } }]);
  });

  test('demo accounts, whose password is public, come into no production database, and none that has them is served', async () => {
    expect(await run(['seed'])).toMatchObject({ code: 2, err: expect.stringContaining('正式环境不能载入演示县') });
    const demo = join(dataDir, 'demo');
    mkdirSync(demo);
    expect(await at.start(['seed'], { SHANZHI_DATA: demo, NODE_ENV: 'development' })).toMatchObject({ code: 0 });
    expect(await at.start(['serve'], { SHANZHI_DATA: demo, PORT: '1' })).toMatchObject({ code: 1, err: expect.stringContaining('库里有演示账号（密码是公开的），不能按正式环境启动') });
  }, 120_000);
});
