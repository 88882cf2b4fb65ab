import { afterAll, beforeAll, expect, test } from 'vitest';
import { letter } from '#platform/mail/testing/letters.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); });
afterAll(() => here.stop());

test('几封来信一次放入，列出时遮盖寄信人；重复的不再列；打开后表已填好', async () => {
  const page = await here.signInAs('clerk');
  await page.goto('/complaints');
  await page.getByRole('navigation', { name: '投诉的各页' }).getByRole('link', { name: '来信待登记', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '来信待登记' }).waitFor();
  const eml = (name: string, buffer: Buffer) => ({ name, mimeType: 'message/rfc822', buffer });
  await page.getByLabel('选择来信文件').setInputFiles([eml('一.eml', letter({ id: '<e1@mail.example>' })), eml('二.eml', letter({ id: '<e2@mail.example>', subject: '装修优惠' })), eml('三.eml', letter({ id: '<e1@mail.example>' })), eml('四.eml', Buffer.from('没有信头'))]);
  await page.getByText('放入 2 封，另有 2 封请看下面').waitFor();
  await page.getByText('三.eml：已经在来信待登记里').waitFor();
  const rows = page.getByRole('region', { name: '来信待登记列表' });
  await rows.getByRole('row', { name: /三号楼电梯.*秦\*\*.*q\*\*\*@mail\.example/u }).waitFor();
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 768 });
    await shot(page, `incoming-letters-${width}`);
    expect([width, await axeFaults(page), await overflow(page)]).toEqual([width, [], 0]);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await rows.getByRole('row', { name: /三号楼电梯/u }).getByRole('link', { name: '打开登记' }).click();
  await page.getByRole('heading', { level: 1, name: '登记来信' }).waitFor();
  await page.getByLabel('反映的情况').waitFor();
  expect(await page.getByLabel('反映的情况').inputValue()).toContain('电梯停了三天');
  expect(await page.getByLabel('投诉人姓名').inputValue()).toBe('秦来访');
  await shot(page, 'incoming-letter-1366');
});
