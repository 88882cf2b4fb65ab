import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); });
afterAll(() => here.stop());

test('投诉统计的每个数字点开就是那些件，合计也是；口径写明分子、分母', async () => {
  const page = await here.signInAs('clerk');
  await page.goto('/complaints');
  await page.getByRole('navigation', { name: '投诉的各页' }).getByRole('link', { name: '统计', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '投诉统计' }).waitFor();
  // Wherever one is among the pages of complaints, the menu says so.
  expect(await page.getByRole('navigation', { name: '主导航' }).locator('[aria-current]').allTextContents()).toEqual(['投诉']);
  const table = page.getByRole('region', { name: '投诉统计列表' });
  await table.getByRole('row', { name: /^合计/ }).waitFor();
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 768 });
    await shot(page, `complaint-statistics-${width}`);
    expect([width, await axeFaults(page), await overflow(page)]).toEqual([width, [], 0]);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('button', { name: '口径和依据' }).click();
  await page.getByRole('dialog').getByText('按时答复÷应答复。', { exact: false }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  for (const row of [/^合计/, /^F 违法行为/]) {
    const count = await table.getByRole('row', { name: row }).getByRole('link').first().textContent();
    await table.getByRole('row', { name: row }).getByRole('link').first().click();
    await page.getByText(new RegExp(`共 ${count ?? ''} 条`)).first().waitFor();
    await page.goBack();
  }
});
