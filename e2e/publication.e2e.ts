import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); }, 180_000);
afterAll(() => here.stop());

const clean = async (page: Page) => [await axeFaults(page), await overflow(page)];
const dialog = (page: Page) => page.getByRole('dialog');

test('经办人拟通知，自动检查发现手机号，改后送审，科长做保密审查，领导签发，群众在手机上看到，撤回后只见原因', async () => {
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/publications');
  await clerk.getByRole('link', { name: '发布通知公告' }).click();
  await clerk.getByLabel('标题', { exact: true }).fill('关于冬季停水检修的通知');
  await clerk.getByLabel(/^正文/).fill('一、检修时间\n11月25日8时至12时。\n二、联系方式\n请联系经办人，手机13912345678。\n- 请提前储水\n- 恢复供水后先放水');
  await shot(clerk, 'publication-form');
  expect(await clean(clerk)).toEqual([[], 0]);
  await clerk.getByRole('button', { name: '保存拟稿' }).click();
  await clerk.getByRole('heading', { name: '关于冬季停水检修的通知', level: 1 }).waitFor();
  const address = new URL(clerk.url()).pathname;
  await clerk.getByText('139******78').waitFor();
  expect(await clerk.getByRole('button', { name: '送审' }).getAttribute('aria-description')).toContain('还有1项没有处理');
  await shot(clerk, 'publication-sighting');
  expect(await clean(clerk)).toEqual([[], 0]);

  await clerk.getByRole('link', { name: '修改' }).click();
  await clerk.getByLabel(/^正文/).fill('一、检修时间\n11月25日8时至12时。\n二、联系方式\n请拨打值班电话12345。\n- 请提前储水\n- 恢复供水后先放水');
  await clerk.getByRole('button', { name: '保存拟稿' }).click();
  await clerk.getByText('没有发现。自动检查不能代替人工审查。').waitFor();
  await clerk.getByRole('button', { name: '送审' }).click();
  await dialog(clerk).getByRole('button', { name: '送审', exact: true }).click();
  await clerk.getByText('下一步：由拟稿人以外的人审核').waitFor();

  const reviewer = await here.signInAs('kezhang');
  await reviewer.getByRole('region', { name: '公开发布' }).getByText('待审核').waitFor();
  await reviewer.goto(address);
  await reviewer.getByRole('button', { name: '审核通过' }).click();
  await dialog(reviewer).getByLabel('公开属性').selectOption({ label: '主动公开' });
  for (const name of [/国家秘密/, /工作秘密/, /个人隐私/, /商业秘密/, /第三方/]) await dialog(reviewer).getByLabel(name).selectOption({ label: '不涉及' });
  await shot(reviewer, 'publication-review');
  expect(await axeFaults(reviewer)).toEqual([]);
  await dialog(reviewer).getByRole('button', { name: '审核通过', exact: true }).click();
  await reviewer.getByText('依据：政府信息公开条例第十四条').waitFor();

  const leader = await here.signInAs('leader');
  await leader.goto(address);
  await leader.getByRole('button', { name: '签发' }).click();
  await dialog(leader).getByRole('button', { name: '签发', exact: true }).click();
  await leader.getByText('公众可以看到').first().waitFor();
  await shot(leader, 'publication-issued');
  expect(await clean(leader)).toEqual([[], 0]);
  const shown = new URL(await leader.getByRole('link', { name: /\/public\// }).innerText()).pathname;

  const visitor = await here.open('phone');
  await visitor.goto('/public');
  await visitor.getByRole('link', { name: '关于冬季停水检修的通知' }).waitFor();
  await shot(visitor, 'publication-list-phone');
  expect(await clean(visitor)).toEqual([[], 0]);
  await visitor.getByRole('link', { name: '关于冬季停水检修的通知' }).click();
  await visitor.getByRole('heading', { name: '关于冬季停水检修的通知', level: 1 }).waitFor();
  expect(new URL(visitor.url()).pathname).toBe(shown);
  const text = await visitor.getByRole('article').innerText();
  for (const words of ['发布单位：', '安和县住房和城乡建设局', '公示期至：', '2026年11月27日（含当日）', '索引号：', '请提前储水']) expect(text).toContain(words);
  expect(await visitor.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector('article p') ?? document.body).fontSize))).toBeGreaterThanOrEqual(18);
  expect((await visitor.context().cookies()).map(({ name }) => name)).toEqual([]);
  await shot(visitor, 'publication-item-phone');
  expect(await clean(visitor)).toEqual([[], 0]);
  const office = await here.open('office');
  await office.goto(shown);
  await office.getByRole('article').waitFor();
  // The same without any script at all, and on paper.
  const plain = await visitor.context().browser()?.newContext({ baseURL: here.origin, javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const bare = await plain?.newPage();
  await bare?.goto('/public');
  await bare?.getByLabel('标题里的字').fill('停水');
  await bare?.getByRole('button', { name: '查找' }).click();
  await bare?.getByRole('link', { name: '关于冬季停水检修的通知' }).click();
  expect(await bare?.getByRole('article').innerText()).toContain('请提前储水');
  await plain?.close();
  await office.emulateMedia({ media: 'print' });
  expect([await office.getByRole('link', { name: '订阅更新' }).isVisible(), await office.getByRole('img', { name: '本页地址的二维码' }).isVisible()]).toEqual([false, true]);
  await office.emulateMedia({ media: 'screen' });
  await shot(office, 'publication-item-office');
  expect(await clean(office)).toEqual([[], 0]);

  await leader.getByRole('button', { name: '撤回' }).click();
  await dialog(leader).getByLabel(/^撤回原因/).fill('检修改期，另行通知');
  await dialog(leader).getByRole('button', { name: '撤回', exact: true }).click();
  await leader.getByText('公众只看到撤回说明').waitFor();
  await visitor.goto('/public');
  await visitor.getByRole('heading', { level: 1 }).waitFor();
  await visitor.getByText('关于公布住宅小区物业服务投诉渠道的公告').waitFor();
  // The browser kept copies and asked about them: the item is in none of them.
  expect(await visitor.getByRole('link', { name: '关于冬季停水检修的通知' }).count()).toBe(0);
  expect(await visitor.evaluate(async (address_) => Promise.all(['/api/public-items', '/api/public-feed', `/api/public-items/${address_}`].map(async (url) => (await (await fetch(url)).text()).includes('停水'))), shown.split('/').at(-1) ?? '')).toEqual([false, false, false]);
  await visitor.goto(shown);
  await visitor.getByRole('heading', { name: '已撤回' }).waitFor();
  await visitor.getByText('撤回原因：检修改期，另行通知').waitFor();
  expect(await visitor.content()).not.toContain('停水');
  await shot(visitor, 'publication-withdrawn-phone');
  expect(await clean(visitor)).toEqual([[], 0]);
  expect(here.foreign).toEqual([]);
});
