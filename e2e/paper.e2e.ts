import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { readPdf, readWord, squeezed, wordText } from '#platform/document/testing/read-back.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';
import { settled } from './support/windows.ts';

let here: Console;
beforeAll(async () => { here = await openConsole({ at: '2026-11-20T02:00:00.000Z' }); });
afterAll(() => here.stop());

async function downloaded(page: Page, words: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: words }).click()]);
  return readFileSync(await file.path());
}

test('经办人拟转办函，分管领导签发取得字号，下载的 PDF 与 Word 一致，群众扫码核验，作废后核验显示已作废', async () => {
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/papers');
  await clerk.getByRole('link', { name: '拟转办函' }).click();
  await clerk.getByLabel(/所涉小区/).fill('松坡');
  await clerk.getByRole('option', { name: /松坡/ }).first().click();
  await expect.poll(async () => clerk.getByLabel('小区名称').inputValue()).not.toBe('');
  const estate = await clerk.getByLabel('小区名称').inputValue();
  expect(await clerk.getByLabel('要求回复日期').inputValue()).toBe('2026-12-04');
  await clerk.getByLabel(/主送机关/).fill('安和县综合行政执法局');
  await clerk.getByLabel(/^事由/).fill('违法搭建问题');
  await clerk.getByLabel('反映的情况').fill('1.该小区3幢顶楼搭建阳光房约20平方米，遮挡消防通道。\n2.物业服务企业已劝阻、制止并书面报告。');
  await clerk.getByLabel(/^附件/).fill('现场照片');
  await shot(clerk, 'form');
  expect(await axeFaults(clerk)).toEqual([]);
  await clerk.getByRole('button', { name: '保存拟稿' }).click();
  await clerk.getByRole('heading', { name: new RegExp(`关于转办${estate}违法搭建问题的函`), level: 1 }).waitFor();
  const address = new URL(clerk.url()).pathname;
  await shot(clerk, 'draft');

  const leader = await here.signInAs('leader');
  await leader.goto(address);
  await leader.getByRole('button', { name: '签发' }).click();
  await leader.getByRole('dialog').getByRole('button', { name: '签发', exact: true }).click();
  await leader.getByText('安建函〔2026〕1号').first().waitFor();
  await shot(leader, 'issued');
  expect(await axeFaults(leader)).toEqual([]);

  const pdf = await downloaded(leader, '下载 PDF');
  const word = await downloaded(leader, '下载 Word');
  const read = await readPdf(pdf);
  const text = squeezed(read.pieces.filter((piece) => !piece.isExtra).map((piece) => piece.text).join(''));
  expect(text).toContain('请于2026年12月4日前');
  const words = squeezed(wordText((await readWord(word)).get('word/document.xml') ?? ''));
  expect([...words].toSorted().join('')).toBe([...text].toSorted().join(''));

  const code = /核验码：([0-9A-Z-]{23})/.exec(text)?.[1] ?? '';
  const visitor = await here.open('phone');
  await visitor.goto(`/verify/${code}`);
  await visitor.getByText('查到这份文书，现行有效').waitFor();
  expect(await visitor.getByRole('status').textContent()).toContain('安建函〔2026〕1号');
  expect(await visitor.content()).not.toContain('阳光房');
  await shot(visitor, 'verify-phone');
  expect([await axeFaults(visitor), await overflow(visitor)]).toEqual([[], 0]);

  await leader.getByRole('button', { name: '作废' }).click();
  await leader.getByRole('dialog').getByLabel('作废原因').fill('主送机关写错');
  await leader.getByRole('dialog').getByRole('button', { name: '作废', exact: true }).click();
  await leader.getByText('已作废，字号保留').first().waitFor();
  await visitor.reload();
  await visitor.getByText('这份文书已经作废，不再有效').waitFor();
  await visitor.goto('/verify/00000-00000-00000-00000');
  await visitor.getByText('没有查到这个核验码对应的文书', { exact: false }).waitFor();
});

test('业委会委员只能发普通格式的公示，手机上也能拟稿；文书列表、机关代字页没有无障碍问题', async () => {
  const phone = await here.signInAs('weiyuan', 'phone');
  await phone.goto('/papers/new/public-notice');
  await phone.getByRole('button', { name: '保存拟稿' }).waitFor();
  expect(await phone.getByLabel('版式').locator('option').allTextContents()).toEqual(['普通格式']);
  await phone.getByLabel('小区名称').fill('本小区');
  await phone.getByLabel(/^事由/).fill('电梯广告收入使用方案');
  await phone.getByLabel(/^公示内容/).fill('电梯广告全年收入拟用于更换门禁。');
  await phone.getByLabel('反映意见的方式').fill('书面送交业委会办公室');
  await shot(phone, 'form-phone');
  expect([await axeFaults(phone), await overflow(phone)]).toEqual([[], 0]);
  await phone.getByRole('button', { name: '保存拟稿' }).click();
  await phone.getByRole('button', { name: '签发' }).click();
  await phone.getByRole('dialog').getByRole('button', { name: '签发', exact: true }).click();
  await phone.getByText('编号：2026-1').first().waitFor();
  await shot(phone, 'notice-phone');
  expect([await axeFaults(phone), await overflow(phone)]).toEqual([[], 0]);

  const clerk = await here.signInAs('clerk');
  for (const [path, name] of [['/papers', 'list'], ['/issuer-codes', 'codes'], ['/papers/new/hand-over-list', 'hand-over'], ['/papers/new/notice', 'notice']] as const) {
    await clerk.goto(path);
    await settled(clerk);
    await shot(clerk, name);
    expect([path, await axeFaults(clerk), await overflow(clerk)]).toEqual([path, [], 0]);
  }
});
