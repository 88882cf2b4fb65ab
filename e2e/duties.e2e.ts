import { afterAll, beforeAll, expect, test } from 'vitest';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); }, 180_000);
afterAll(() => here.stop());

test('上报表格设定每月报送后，首页写着几号前报，一点就到填报的页面', async () => {
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/reports');
  await clerk.getByLabel('选择空表文件').setInputFiles({ name: '物业情况月报.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from(await xlsxOf([{ name: '表', rows: [['物业情况每月统计表'], ['指标', '数量'], ['小区数（个）', null]] }])) });
  await clerk.getByLabel('报送单位').fill('市住建局');
  await clerk.getByRole('button', { name: '保存标记' }).click();
  await clerk.getByText('标记已保存').first().waitFor();
  await clerk.getByRole('button', { name: '报送周期' }).click();
  await clerk.getByRole('dialog').getByLabel('报送周期').selectOption({ label: '每月' });
  await shot(clerk, 'cadence-dialog');
  await clerk.getByRole('dialog').getByRole('button', { name: '设定' }).click();
  await clerk.getByRole('heading', { name: '报送期限' }).waitFor();
  await shot(clerk, 'cadence-form');
  await clerk.setViewportSize({ width: 360, height: 740 });
  await shot(clerk, 'cadence-form-phone');
  await clerk.setViewportSize({ width: 1366, height: 768 });
  await clerk.goto('/');
  const line = clerk.locator('li', { hasText: '按期报送报表' });
  await line.waitFor();
  expect(await line.textContent()).toContain('2026年12月5日');
  await shot(clerk, 'home-with-cadence');
  await line.getByRole('link').first().click();
  await clerk.waitForURL(/\/reports\/[0-9a-f-]+\/filling$/);
});

test('下发的采集任务在乡镇的首页，一点就到填报的页面', async () => {
  const township = await here.signInAs('wenlan');
  const line = township.locator('li', { hasText: '填报采集任务' }).first();
  await line.waitFor();
  await shot(township, 'home-with-collection');
  await line.getByRole('link').first().click();
  await township.waitForURL(/\/collection-parts\/[0-9a-f-]+$/);
});

test('不是天数、小时数、次数的参数没有试算，并说明为什么', async () => {
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/parameters?about=complaint');
  await clerk.locator('section', { hasText: '对外接口（Open311）公开的投诉类别' }).last().getByRole('button', { name: '本县设置' }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByText('“试算”只对以天、小时、次计的数提供').waitFor();
  expect(await dialog.getByRole('button', { name: /试算/ }).count()).toBe(0);
  await shot(clerk, 'parameter-no-effect');
  expect([await axeFaults(clerk), await overflow(clerk)]).toEqual([[], 0]);
});

test('参数页写明每个数用在哪里、依据哪一条、谁设的；设定前试算，逐件列出会变的义务，每件都能打开', async () => {
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/parameters?about=complaint');
  const block = clerk.locator('section', { hasText: '一般诉求的答复期限' }).first();
  await block.getByText(/^用在哪里/).click();
  const use = block.getByRole('link', { name: '办理并答复' });
  await use.waitFor();
  await shot(clerk, 'parameter-uses');
  expect([await axeFaults(clerk), await overflow(clerk)]).toEqual([[], 0]);
  await block.getByRole('button', { name: '本县设置' }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByLabel('改为').fill('1');
  await dialog.getByRole('button', { name: /试算/ }).click();
  await dialog.getByText('按期变为逾期').first().waitFor();
  expect(await dialog.getByRole('link', { name: '办理并答复' }).first().getAttribute('href')).toMatch(/^\/obligations\/[0-9a-f-]+$/);
  await shot(clerk, 'parameter-effect');
  await clerk.setViewportSize({ width: 360, height: 740 });
  await shot(clerk, 'parameter-effect-phone');
  expect(await overflow(clerk)).toBe(0);
  await clerk.setViewportSize({ width: 1366, height: 768 });
  await dialog.getByRole('button', { name: '取消' }).click();
  await use.click();
  await clerk.waitForURL(/\/rules\?q=/);
  await clerk.getByText('时限义务，由承办单位承担').first().waitFor();
  await shot(clerk, 'rules-with-duties');
});

test('快到期的合同和任期，未到办理时间的也在内；点事项打开合同或者业委会，能查找、能导出，企业和手机上也一样', async () => {
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/obligations');
  await clerk.getByRole('link', { name: '快到期的合同和任期' }).click();
  const lines = clerk.locator('tbody tr').filter({ has: clerk.getByRole('link') });
  await lines.first().waitFor();
  await shot(clerk, 'endings');
  expect([await axeFaults(clerk), await overflow(clerk)]).toEqual([[], 0]);
  const [file] = await Promise.all([clerk.waitForEvent('download'), clerk.getByRole('link', { name: '导出 xlsx' }).click()]);
  expect(await file.failure()).toBe(null);
  await lines.first().getByRole('link').first().click();
  await clerk.waitForURL((url) => url.pathname !== '/endings');
  expect(await clerk.getByText('没有这一页').count()).toBe(0);
  await clerk.getByRole('heading', { level: 1 }).waitFor();
  const company = await here.signInAs('company1', 'phone');
  await company.goto('/endings');
  await company.getByRole('heading', { name: '快到期的合同和任期' }).waitFor();
  await company.getByRole('button', { name: '为什么是这一天' }).or(company.getByText('没有登记了到期日的合同和任期')).first().waitFor();
  await shot(company, 'endings-phone');
  expect([await axeFaults(company), await overflow(company)]).toEqual([[], 0]);
});
