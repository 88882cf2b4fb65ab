import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { mailbox, receiver, type Mailbox, type Receiver } from '#modules/notice/testing/receivers.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
let there: Receiver;
let box: Mailbox;
beforeAll(async () => { [here, there, box] = [await openConsole({ at: '2026-11-20T02:00:00.000Z' }), await receiver(), await mailbox()]; });
afterAll(async () => { await here.stop(); await there.close(); await box.close(); });

async function draft(clerk: Page, subject: string): Promise<void> {
  await clerk.goto('/papers/new/notice');
  await clerk.getByLabel(/主送机关/).fill('各乡镇人民政府');
  await clerk.getByLabel(/^事由/).fill(subject);
  await clerk.getByLabel(/^正文/).fill('请于本月底前完成检查。');
  await clerk.getByRole('button', { name: '保存拟稿' }).click();
  await clerk.getByRole('heading', { level: 1, name: new RegExp(subject) }).waitFor();
}

test('经办人拟稿后，领导页面上的通知铃不刷新就变；在电脑和手机上点开到文书，就不再是未读', async () => {
  const leader = await here.signInAs('leader');
  await leader.getByRole('link', { name: /^通知，\d+ 条未读$/ }).click();
  await leader.getByRole('button', { name: '全部标为已读' }).click();
  await leader.getByRole('link', { name: '通知，没有未读' }).waitFor();
  const clerk = await here.signInAs('clerk');
  await draft(clerk, '做好冬季消防检查');

  await leader.getByRole('link', { name: '通知，1 条未读' }).click();
  await leader.getByRole('heading', { name: '我的通知' }).waitFor();
  await leader.getByRole('link', { name: /有一件通知已拟稿/ }).waitFor();
  await shot(leader, 'inbox');
  expect([await axeFaults(leader), await overflow(leader)]).toEqual([[], 0]);
  await leader.getByRole('link', { name: /有一件通知已拟稿/ }).click();
  await leader.getByRole('heading', { level: 1, name: /冬季消防/ }).waitFor();
  await leader.getByRole('link', { name: '通知，没有未读' }).waitFor();

  const phone = await here.signInAs('leader', 'phone');
  await phone.getByRole('link', { name: '通知，没有未读' }).waitFor();
  await draft(clerk, '做好春节值班');
  await phone.getByRole('link', { name: '通知，1 条未读' }).click();
  await phone.getByRole('heading', { name: '我的通知' }).waitFor();
  await phone.getByRole('link', { name: /有一件通知已拟稿/ }).first().waitFor();
  await shot(phone, 'phone-inbox');
  expect([await axeFaults(phone), await overflow(phone)]).toEqual([[], 0]);
  await phone.getByRole('link', { name: /有一件通知已拟稿/ }).first().click();
  await phone.getByRole('heading', { level: 1, name: /春节值班/ }).waitFor();
  await phone.getByRole('link', { name: '通知，没有未读' }).waitFor();
  // The page in the office was told of both without being touched.
  await leader.getByRole('link', { name: '通知，没有未读' }).waitFor();
});

test('系统管理员设置网址推送，发测试，启用；失败写明原因，可以重发；页面在电脑和手机上都没有无障碍问题', async () => {
  const admin = await here.signInAs('sysadmin');
  await admin.goto('/notice-channels');
  await admin.getByText('还没有网址推送').waitFor();
  await admin.getByRole('button', { name: '新增网址推送' }).click();
  await admin.getByRole('textbox', { name: '名称' }).fill('县数据平台');
  await admin.getByRole('textbox', { name: '网址' }).fill(`${there.origin}/hook`);
  await shot(admin, 'webhook-form');
  await admin.getByRole('button', { name: '保存', exact: true }).click();
  const card = admin.locator('.sz-channel', { hasText: '县数据平台' });
  await card.getByText('未启用').waitFor();
  there.answers.push({ status: 500 });
  await card.getByRole('button', { name: '发一条测试' }).click();
  await card.getByText('对方没有收下（500）', { exact: false }).waitFor();
  await card.getByRole('button', { name: '启用', exact: true }).click();
  // The channel stood as failing before; that it is switched on is told by the button that is offered now.
  await card.getByRole('button', { name: '停用', exact: true }).waitFor();
  await card.getByText('发不通').or(card.getByText('已启用')).first().waitFor();
  await shot(admin, 'channels');
  expect([await axeFaults(admin), await overflow(admin)]).toEqual([[], 0]);
  await admin.getByRole('link', { name: '发送记录' }).click();
  await admin.getByRole('button', { name: '立即重发' }).click();
  await admin.getByRole('row', { name: /没有发成/ }).waitFor({ state: 'hidden' });
  await expect.poll(() => there.received.filter(({ body }) => body.includes('channel.test')).length).toBe(2);
  // The clock of these tests stands still: what was told at the same moment as the channel was switched on is sent too.
  expect(there.received.filter(({ body }) => body.includes('channel.test')).map(({ headers }) => headers['webhook-id'])).toEqual([expect.any(String), there.received[0]?.headers['webhook-id']]);

  // Mended: the channel's own page says so.
  await admin.goto('/notice-channels');
  await card.getByText('已启用').waitFor();
  await expect.poll(() => card.locator('dd').nth(1).textContent()).toContain('2026/11/20');

  const clerk = await here.signInAs('clerk');
  await clerk.goto('/me/notice-choice');
  await clerk.getByRole('checkbox', { name: '公开事项待办' }).waitFor();
  expect(await clerk.getByRole('checkbox', { name: /备份失败|通知渠道失败|批量查询提示|文书待签发/ }).count()).toBe(0);
  await shot(clerk, 'notice-choice');
  expect([await axeFaults(clerk), await overflow(clerk)]).toEqual([[], 0]);

  const phone = await here.signInAs('clerk', 'phone');
  for (const [address, sign] of [['/me/notice-choice', phone.getByRole('button', { name: '保存' })], ['/notices', phone.getByRole('button', { name: '全部标为已读' })]] as const) {
    await phone.goto(address);
    await sign.waitFor();
    await shot(phone, `phone${address.replaceAll('/', '-')}`);
    expect([address, await axeFaults(phone), await overflow(phone)]).toEqual([address, [], 0]);
  }
  await phone.goto('/me/notice-choice');
  await phone.getByLabel('邮箱', { exact: true }).fill('clerk@county.example');
  await phone.getByRole('button', { name: '保存' }).click();
  await phone.getByText('现在发到 c****@county.example', { exact: false }).waitFor();
});

test('启用邮件以后，安全管理员把重设密码链接发到本人邮箱；本人凭邮件里的链接设置密码', async () => {
  const admin = await here.signInAs('sysadmin');
  await admin.goto('/notice-channels');
  const card = admin.locator('.sz-channel', { hasText: '通过单位的邮件服务器发出' });
  await card.getByRole('button', { name: '设置', exact: true }).click();
  await admin.getByRole('textbox', { name: '邮件服务器' }).fill('127.0.0.1');
  await admin.getByLabel('端口').fill(String(box.port));
  await admin.getByLabel('加密方式').selectOption({ label: '不加密（只用于单位内网）' });
  await admin.getByLabel('发件地址').fill('shanzhi@county.example');
  await admin.getByRole('button', { name: '保存', exact: true }).click();
  await card.getByText('未启用').waitFor();
  await card.getByRole('button', { name: '启用', exact: true }).click();
  await card.getByText('已启用').waitFor();

  const security = await here.signInAs('secadmin');
  await security.goto('/users?q=clerk');
  await security.getByRole('row', { name: /clerk/ }).getByRole('link').first().click();
  await security.getByRole('button', { name: '发重设密码链接' }).click();
  await security.getByRole('dialog').getByLabel('理由').fill('忘记密码，已当面核实');
  await security.getByRole('button', { name: '生成链接' }).click();
  await security.getByLabel('本人的邮箱').fill('dong@county.example');
  for (const width of [360, 1366]) {
    await security.setViewportSize({ width, height: 768 });
    await shot(security, `mail-link-${width}`);
    expect([width, await axeFaults(security), await overflow(security)]).toEqual([width, [], 0]);
  }
  await security.getByRole('button', { name: '发到这个邮箱' }).click();
  await security.getByText('已交给系统发到 d****@county.example').waitFor();
  await expect.poll(() => box.letters.length).toBe(1);
  const [letter] = box.letters;
  expect(letter).toMatchObject({ to: ['dong@county.example'], subject: '重新设置善治平台的密码' });
  const path = /\/l\/password-reset#[\w-]+/u.exec(letter?.body ?? '')?.[0] ?? '';
  const page = await here.open('phone');
  await page.goto(path);
  await page.getByLabel('新密码').fill('seven-herons-wade-9');
  await page.getByRole('button', { name: '设置密码' }).click();
  await page.getByRole('heading', { name: '密码已设置' }).waitFor();
  await security.goto('/account-links');
  await security.getByRole('row', { name: /clerk/ }).getByText('已发出').waitFor();
  await shot(security, 'account-links');
  expect([await axeFaults(security), await overflow(security)]).toEqual([[], 0]);
});
