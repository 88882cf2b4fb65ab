import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doorName, estatePath } from '#contract/owner-paths.ts';
import { everything } from '#platform/access/scope.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); }, 180_000);
afterAll(() => here.stop());

const clean = async (page: Page) => [await axeFaults(page), await overflow(page)];
const MOST_BYTES = 150 * 1024;

/** An estate of the demo county whose facts were published, with one of its doors. */
const estate = () => here.kit.database.read(everything, (db) => db.selectFrom('publication.publication as p').innerJoin('registry.estate as e', (join) => join.on('p.kind', '=', 'estate').onRef('p.subjectId', '=', 'e.id'))
  .innerJoin('registry.unit as u', 'u.estateId', 'e.id').innerJoin('registry.building as b', 'b.id', 'u.buildingId').select(['e.id', 'e.name', 'b.id as buildingId', 'b.name as building', 'u.entrance']).orderBy('u.id').executeTakeFirstOrThrow());

test('业主在单元门口扫码：打开小区页，看到楼栋单元、已公开的物业信息；首次打开的脚本和样式压缩后不超过 150 KB；大字记在手机上', async () => {
  const { id, name, buildingId, entrance } = await estate();
  const page = await here.open('phone');
  const loaded: Promise<readonly [string, number]>[] = [];
  page.on('response', (response) => { if (/\.(js|css)$/.test(new URL(response.url()).pathname)) loaded.push(response.body().then((body) => [new URL(response.url()).pathname, gzipSync(body).length] as const)); });
  await page.goto(estatePath(id, { buildingId, entrance }));
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await page.getByText(/您扫的是.+的二维码/).waitFor();
  await page.getByRole('term').filter({ hasText: '项目负责人办公电话' }).waitFor();
  const sizes = await Promise.all(loaded);
  expect([sizes.length >= 2, sizes.some(([path]) => path.endsWith('.css')), sizes.reduce((sum, [, bytes]) => sum + bytes, 0) <= MOST_BYTES]).toEqual([true, true, true]);
  expect(await clean(page)).toEqual([[], 0]);
  await shot(page, 'owner-estate');

  await page.getByRole('button', { name: '大字' }).click();
  expect(await clean(page)).toEqual([[], 0]);
  await shot(page, 'owner-estate-large');
  await page.reload();
  await page.getByRole('button', { name: '标准字' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset['size'])).toBe('large');
  expect(here.foreign).toEqual([]);
});

test('业主按名称或拼音首字母找小区；没有找到的说明怎么办；没有公开信息的小区如实说明', async () => {
  const { name } = await estate();
  const page = await here.open('phone');
  await page.goto('/o');
  await page.getByRole('searchbox').fill('没有这样的小区');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByText('没有找到名称里有“没有这样的小区”的小区').waitFor();
  await page.getByRole('searchbox').fill(`${name}3栋2单元`);
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByText('下面是读音或者名称相近的').waitFor();
  await page.getByRole('link', { name }).first().waitFor();
  await page.getByRole('searchbox').fill(name);
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByText('下面是读音或者名称相近的').waitFor({ state: 'detached' });
  await page.getByRole('link', { name }).first().waitFor();
  await shot(page, 'owner-find');
  expect(await clean(page)).toEqual([[], 0]);
  await page.getByRole('link', { name }).first().click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await page.getByRole('link', { name: '关于公布住宅小区物业服务投诉渠道的公告' }).waitFor();

  const silent = await here.kit.database.read(everything, (db) => db.selectFrom('registry.estate as e').select(['e.id', 'e.name']).where('e.archivedAt', 'is', null)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('publication.publication as p').select('p.id').whereRef('p.subjectId', '=', 'e.id')))).orderBy('e.id').executeTakeFirstOrThrow());
  await page.goto(estatePath(silent.id));
  await page.getByText(/还没有公开发布/).waitFor();
  for (const [address, words] of [['/o/e/x', '没有这一页'], ['/o/privacy', '个人信息怎样处理']] as const) {
    await page.goto(address);
    await page.getByRole('heading', { name: words, level: 1 }).waitFor();
    expect([address, await clean(page)]).toEqual([address, [[], 0]]);
  }
});

test('经办人从小区页打印单元门海报：全小区或一栋楼，每个单元门一张', async () => {
  const { id, name, building } = await estate();
  const clerk = await here.signInAs('clerk');
  await clerk.goto(`/estates/${id}`);
  await clerk.getByRole('link', { name: '单元门海报' }).click();
  await clerk.getByRole('heading', { name: `${name}单元门海报`, level: 1 }).waitFor();
  await shot(clerk, 'owner-posters');
  expect(await clean(clerk)).toEqual([[], 0]);
  const [download] = await Promise.all([clerk.waitForEvent('download'), clerk.getByRole('row', { name: new RegExp(building) }).first().getByRole('link', { name: '海报' }).click()]);
  expect(await download.failure()).toBeNull();
});

test('扫码→小区页→反映问题：切出去看验证码回来，填的还在；提交后得到编号和网址，能看进度、补充情况；社区在电脑上收到', async () => {
  const { id, name, buildingId, entrance } = await estate();
  const page = await here.open('phone');
  await page.goto(estatePath(id, { buildingId, entrance }));
  await page.getByRole('link', { name: '反映问题' }).click();
  await page.getByRole('heading', { name: '反映问题、提建议', level: 1 }).waitFor();
  expect(await page.getByLabel(/^哪栋楼/).inputValue()).toBe(buildingId);
  expect(await clean(page)).toEqual([[], 0]);
  await page.getByLabel('是什么事').selectOption({ label: '飞线充电、电动车进楼' });
  await page.getByLabel('说说情况，一句话也行').fill('二楼天天拉线充电');
  await page.getByText('可能猜出是谁反映的').waitFor();
  await page.getByLabel('手机号').fill('138 0000 5678');
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('alert').filter({ hasText: '请填写短信里的6位验证码' }).waitFor();
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByText(/演示环境不发短信/).waitFor();
  expect(await clean(page)).toEqual([[], 0]);
  await shot(page, 'owner-file');

  // The operator reads the message in the outbox.
  const operator = await here.signInAs('sysadmin');
  await operator.goto('/notice-channels');
  await operator.getByRole('link', { name: '短信发件箱（演示）' }).click();
  const message = await operator.getByRole('row').filter({ hasText: '138****5678' }).first().innerText();
  expect(await clean(operator)).toEqual([[], 0]);
  await shot(operator, 'owner-demo-texts');
  const code = /验证码(\d{6})/.exec(message)?.[1] ?? '';

  // As when the browser threw the page away meanwhile.
  await page.reload();
  expect([await page.getByLabel('说说情况，一句话也行').inputValue(), await page.getByLabel('手机号').inputValue()]).toEqual(['二楼天天拉线充电', '138 0000 5678']);
  await page.getByLabel('短信里的6位验证码').fill(code);
  await page.getByRole('button', { name: '提交' }).click();
  const heading = page.getByRole('heading', { name: /^投诉〔\d{4}〕\d+号$/, level: 1 });
  await heading.waitFor();
  const no = await heading.innerText();
  await page.getByText(/最迟\d{4}年/).waitFor();
  await page.getByText('为什么是这一天').click();
  expect(await clean(page)).toEqual([[], 0]);
  await shot(page, 'owner-receipt');
  await page.getByLabel('要补充什么').fill('昨晚又拉了一根');
  await page.getByRole('button', { name: '补充', exact: true }).click();
  await page.getByRole('list').getByText('昨晚又拉了一根').waitFor();
  await page.goto('/o');
  await page.getByRole('link', { name: no }).click();
  await page.getByRole('heading', { name: no, level: 1 }).waitFor();
  expect(new URL(page.url()).search).toBe('');

  const filed = await here.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint as c').innerJoin('registry.estate as e', 'e.id', 'c.estateId').select(['e.name', 'c.body']).where('c.body', '=', '二楼天天拉线充电').executeTakeFirstOrThrow());
  expect(filed.name).toBe(name);
  expect(here.foreign).toEqual([]);
});

test('逾期件数：经办人看内部件数，点开是哪些件；固定后拟公开稿，少于3件的并入“其他”', async () => {
  // What was filed before has waited too long.
  here.setTime('2026-12-15T02:00:00.000Z');
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/complaints');
  await clerk.getByRole('link', { name: '逾期件数' }).click();
  await clerk.getByRole('heading', { name: '投诉逾期件数', level: 1 }).waitFor();
  await clerk.getByRole('row').nth(3).waitFor();
  expect(await clean(clerk)).toEqual([[], 0]);
  await shot(clerk, 'overdue-category');
  const line = clerk.getByRole('row').filter({ has: clerk.getByRole('link') }).first();
  const many = Number(await line.getByRole('link').innerText());
  await line.getByRole('link').click();
  await clerk.getByText(`共 ${many} 条`).first().waitFor();
  await clerk.goBack();
  await clerk.getByRole('button', { name: '拟公开稿' }).click();
  await clerk.getByRole('dialog').getByRole('button', { name: '固定并拟稿' }).click();
  await clerk.getByText(/投诉办理逾期件数（按类别，截至/).waitFor();
  await clerk.getByText(/少于3件的并入“其他”合计/).waitFor();
  await shot(clerk, 'overdue-draft');
  await clerk.getByRole('button', { name: '保存拟稿' }).click();
  await clerk.getByText('索引号').first().waitFor();
  const phone = await here.signInAs('clerk', 'phone');
  await phone.goto('/complaint-overdue?by=township');
  await phone.getByRole('heading', { name: '按乡镇街道' }).waitFor();
  expect(await clean(phone)).toEqual([[], 0]);
  await shot(phone, 'overdue-phone');
});

test('业主手机登录后绑定房屋：不一致的由社区核对；切出去看短信，手机号还在；社区在电脑上确认', async () => {
  const { id, entrance, building } = await here.kit.database.read(everything, (db) => db.selectFrom('registry.estate as e').innerJoin('platform.userGrant as g', 'g.scopeId', 'e.neighbourhoodId').innerJoin('platform.appUser as a', 'a.id', 'g.userId').innerJoin('registry.unit as u', 'u.estateId', 'e.id').innerJoin('registry.building as b', 'b.id', 'u.buildingId')
    .where('a.login', '=', 'shequ').where('e.archivedAt', 'is', null).select(['e.id', 'b.name as building', 'u.entrance']).orderBy('u.id').executeTakeFirstOrThrow());
  const page = await here.open('phone');
  await page.goto(estatePath(id));
  await page.getByRole('link', { name: '我的房屋和投诉' }).click();
  await page.getByRole('heading', { name: '手机验证码登录' }).waitFor();
  await page.getByLabel('手机号').fill('13800004321');
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByText(/演示环境不发短信/).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '手机验证码登录' }).waitFor();
  expect(await page.getByLabel('手机号').inputValue()).toBe('13800004321');
  expect(await clean(page)).toEqual([[], 0]);
  await shot(page, 'owner-sign-in');
  const { demoCipher } = await here.kit.database.read(everything, (db) => db.selectFrom('owner.phoneCode').select('demoCipher').orderBy('createdAt', 'desc').executeTakeFirstOrThrow());
  await page.getByLabel('短信里的6位验证码').fill(/验证码(\d{6})/.exec(here.kit.vault.open(demoCipher ?? ''))?.[1] ?? '');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByLabel('楼栋和单元').selectOption({ label: doorName(building, entrance) });
  await page.getByLabel('房号').fill('9909');
  await page.getByLabel('姓名（房产证上的）').fill('孙绑定');
  await page.getByRole('button', { name: '提交绑定' }).click();
  await page.getByRole('alert').filter({ hasText: '请先看同意书' }).waitFor();
  await page.getByLabel('我看过了，同意').check();
  await page.getByRole('button', { name: '提交绑定' }).click();
  await page.getByText(/社区最迟\d{4}年.+核对/).waitFor();
  expect(await clean(page)).toEqual([[], 0]);
  await shot(page, 'owner-mine');
  await page.getByRole('button', { name: '大字' }).click();
  for (const address of ['/o/my', '/o/privacy', `/o/e/${id}/new`, '/o']) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('main section, main form').first().waitFor();
    expect([address, await clean(page)]).toEqual([address, [[], 0]]);
    await shot(page, `owner-large-${address.replaceAll('/', '-')}`);
  }

  const hall = await here.signInAs('shequ');
  await hall.goto('/owner-bindings?status=asked');
  const row = hall.getByRole('row').filter({ hasText: '孙**' });
  await row.waitFor();
  await row.getByRole('button', { name: '查看姓名' }).click();
  await hall.getByRole('dialog').getByLabel('查看原因').fill('与登记的业主核对');
  await hall.getByRole('dialog').getByRole('button', { name: '查看并记录' }).click();
  await row.getByText('姓名：孙绑定').waitFor();
  expect(await clean(hall)).toEqual([[], 0]);
  await shot(hall, 'owner-bindings');
  await row.getByRole('button', { name: '不予通过' }).click();
  await hall.getByRole('dialog').getByLabel('原因（业主可以看到）').fill('登记里没有这套房屋，请带房产证到窗口');
  await hall.getByRole('dialog').getByRole('button', { name: '不予通过' }).click();
  await row.waitFor({ state: 'detached' });
  await page.goto('/o/my');
  await page.getByText('登记里没有这套房屋，请带房产证到窗口').waitFor();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('heading', { name: '先找小区' }).or(page.getByText('请先找到您的小区')).first().waitFor();
  const wide = await here.signInAs('shequ', 'phone');
  await wide.goto('/owner-bindings');
  await wide.getByRole('heading', { name: '业主绑定', level: 1 }).waitFor();
  expect(await clean(wide)).toEqual([[], 0]);
  await shot(wide, 'owner-bindings-phone');
});
