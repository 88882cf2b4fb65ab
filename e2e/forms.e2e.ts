import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); }, 180_000);
afterAll(() => here.stop());

/** Labels of needed fields whose mark stands on a line below the label's last character. */
const loneMarks = (page: Page) => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('label.sz-needed')].filter((label) => {
  const text = label.lastChild;
  if (text === null || text.nodeType !== Node.TEXT_NODE) return false;
  const last = document.createRange();
  last.setStart(text, (text.nodeValue ?? '').length - 1);
  last.setEnd(text, (text.nodeValue ?? '').length);
  return label.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom > 8;
}).map((label) => label.textContent));

test('必填的星号跟着标签的最后一个字，不单独换行，多宽的屏幕都一样', async () => {
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/papers/new/request');
  await clerk.getByRole('button', { name: '保存拟稿' }).waitFor();
  await shot(clerk, 'request-form');
  expect(await clerk.locator('label.sz-needed').count()).toBeGreaterThan(3);
  // Every width at which some label of some length is just full.
  const lone: unknown[] = [];
  for (let width = 360; width <= 1_366; width += 7) {
    await clerk.setViewportSize({ width, height: 740 });
    lone.push(...(await loneMarks(clerk)).map((label) => [width, label]));
  }
  expect(lone).toEqual([]);
  // The same look sees a mark that is let go: as it was with a space that breaks.
  await clerk.setViewportSize({ width: 360, height: 740 });
  await shot(clerk, 'request-form-phone');
  const seen = await clerk.evaluate(() => {
    const label = document.querySelector<HTMLElement>('label.sz-needed');
    if (label === null) return null;
    label.style.width = `${label.textContent.length}em`;
    label.classList.remove('sz-needed');
    const whole = label.getBoundingClientRect().height;
    label.append(' *');
    return label.getBoundingClientRect().height > whole;
  });
  expect(seen).toBe(true);
});

test('公示期选哪一种只填哪一项；改选后再选回来，填过的还在', async () => {
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/publications/new/announcement');
  await clerk.getByLabel('标题', { exact: true }).fill('关于冬季停水检修的通知');
  await clerk.getByLabel(/^正文/).fill('一、检修时间\n11月25日8时至12时。');
  const [days, until] = [clerk.getByLabel('公示天数'), clerk.getByLabel('公示到')];
  const choose = async (label: string) => { await clerk.getByLabel('公示期', { exact: true }).selectOption({ label }); return [await days.count(), await until.count()]; };
  expect(await choose('长期公开')).toEqual([0, 0]);
  expect(await choose('公示若干个工作日')).toEqual([1, 0]);
  await days.fill('9');
  await shot(clerk, 'publication-days');
  expect(await choose('公示到指定日期')).toEqual([0, 1]);
  await until.fill('2026-12-31');
  await shot(clerk, 'publication-until');
  expect(await choose('公示若干日（自然日）')).toEqual([1, 0]);
  expect(await days.inputValue()).toBe('9');
  expect(await choose('公示到指定日期')).toEqual([0, 1]);
  expect(await until.inputValue()).toBe('2026-12-31');
  expect([await axeFaults(clerk), await overflow(clerk)]).toEqual([[], 0]);
  const saved = clerk.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/publications'));
  await clerk.getByRole('button', { name: '保存拟稿' }).click();
  // What is not asked for is not sent.
  expect((await saved).postDataJSON()).toMatchObject({ periodKind: 'until', periodDays: null, periodUntilOn: '2026-12-31' });
  await clerk.getByRole('heading', { name: '关于冬季停水检修的通知', level: 1 }).waitFor();
});

test('到期删除页可以导出，规定的期限点进去就是那个参数', async () => {
  const leader = await here.signInAs('leader');
  await leader.goto('/personal-data/deletions');
  const period = leader.getByRole('link', { name: '通知保存月数' });
  await period.waitFor();
  await shot(leader, 'deletions');
  expect([await axeFaults(leader), await overflow(leader)]).toEqual([[], 0]);
  const [file] = await Promise.all([leader.waitForEvent('download'), leader.getByRole('link', { name: '导出 xlsx' }).click()]);
  expect([new URL(file.url()).pathname, await file.failure()]).toEqual(['/api/personal-data/deletions/export', null]);
  await period.click();
  const block = leader.getByRole('region', { name: '通知保存月数', exact: true });
  await block.waitFor();
  await leader.waitForFunction(() => { const { top, bottom } = document.getElementById('notice.notice-months')?.getBoundingClientRect() ?? { top: -1, bottom: 0 }; return top >= 0 && bottom <= window.innerHeight; });
  await shot(leader, 'parameter');
  const phone = await here.signInAs('leader', 'phone');
  await phone.goto('/personal-data/deletions');
  await phone.getByRole('link', { name: '通知保存月数' }).waitFor();
  await shot(phone, 'deletions-phone');
  expect(await overflow(phone)).toBe(0);
});

test('表上印的乡镇名与登记的不同，点那一列写明是哪一个，保存后就填得上', async () => {
  const clerk = await here.signInAs('clerk');
  const names = await here.kit.database.read(everything, async (db) => (await db.selectFrom('platform.orgUnit').select('name').where('kind', '=', 'township').where('archivedAt', 'is', null).orderBy('sortNo').orderBy('code').orderBy('name').execute()).map(({ name }) => name));
  const [first = '', second = '', third = ''] = names;
  await clerk.goto('/reports');
  await clerk.getByLabel('选择空表文件').setInputFiles({ name: '分镇表.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from(await xlsxOf([{ name: '表', rows: [['分乡镇统计'], ['单位', '小区数（个）'], [first, null], [second, null], ['老城片区街道', null]] }])) });
  await clerk.getByLabel('标记这一格').waitFor();
  await clerk.locator('td[data-address="A5"]').click();
  const meant = clerk.getByLabel('印着“老城片区街道”');
  expect(await clerk.getByText(/^印着“/).count()).toBe(1);
  await shot(clerk, 'printed-names');
  await meant.selectOption({ label: third });
  expect([await axeFaults(clerk), await overflow(clerk)]).toEqual([[], 0]);
  // While the saved form is being fetched again, the cell still shows what was said of it, and afterwards it is still the chosen one.
  const held = Promise.withResolvers<void>();
  await clerk.route(`**/api${new URL(clerk.url()).pathname.replace('/reports/', '/report-forms/')}`, async (route) => { if (route.request().method() === 'GET') await held.promise; await route.continue(); });
  const again = clerk.waitForRequest((request) => request.method() === 'GET' && request.url().includes('/api/report'));
  await clerk.getByRole('button', { name: '保存标记' }).click();
  await again;
  expect(await meant.locator('option:checked').textContent()).toBe(third);
  held.resolve();
  await clerk.getByText('标记已保存').first().waitFor();
  await clerk.setViewportSize({ width: 360, height: 740 });
  expect(await meant.locator('option:checked').textContent()).toBe(third);
  await meant.scrollIntoViewIfNeeded();
  await shot(clerk, 'printed-names-phone');
  expect(await overflow(clerk)).toBe(0);
});
