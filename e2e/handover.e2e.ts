import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
const NEW_PASSWORD = '城南的桂花树开了两次';
beforeAll(async () => { here = await openConsole({ at: '2026-11-20T02:00:00.000Z' }); });
afterAll(() => here.stop());

test('工作交接：安全管理员发起，移交人核对清单签字，接手人提出异议、得到答复后签收；岗位和拟稿一次移交，原账号停用，出具移交清单', async () => {
  const admin = await here.signInAs('secadmin');
  await admin.goto('/users');
  await admin.getByRole('button', { name: '新增用户' }).click();
  await admin.getByRole('dialog').getByLabel('账号').fill('jieshou');
  await admin.getByRole('dialog').getByLabel('姓名').fill('解守');
  await admin.getByRole('dialog').getByRole('button', { name: '新增', exact: true }).click();
  await admin.getByRole('dialog', { name: '请记下一次性密码' }).waitFor();
  const oneTime = await admin.locator('.sz-once').textContent();
  await admin.getByRole('button', { name: '已经告诉本人' }).click();

  const outgoing = await here.signInAs('jianzhi');
  await outgoing.goto('/papers/new/notice');
  await outgoing.getByLabel(/^事由/).fill('清理楼道堆物');
  await outgoing.getByLabel(/^正文/).fill('请各社区周五前清理完毕。');
  await outgoing.getByRole('button', { name: '保存拟稿' }).click();
  await outgoing.getByRole('heading', { name: /清理楼道堆物/, level: 1 }).waitFor();

  await admin.goto('/users?q=jianzhi');
  await admin.getByRole('table').getByRole('link').first().click();
  await admin.getByRole('main').getByRole('link', { name: '工作交接' }).click();
  await admin.getByRole('row', { name: /清理楼道堆物/ }).waitFor();
  await admin.getByLabel('接手人').fill('解守');
  await admin.getByRole('option', { name: /解守/ }).click();
  await admin.getByLabel(/^事由/).fill('调任，安人社发〔2026〕3号');
  await admin.getByLabel('移交日期').fill('2026-11-20');
  await shot(admin, 'new');
  expect(await axeFaults(admin)).toEqual([]);
  await admin.getByRole('button', { name: '发起交接' }).click();
  await admin.getByText('待移交人签字', { exact: true }).waitFor();
  const address = new URL(admin.url()).pathname;

  await outgoing.goto('/me/hand-overs');
  await outgoing.getByRole('main').getByRole('link').first().click();
  await outgoing.getByRole('row', { name: /乡镇街道经办人/ }).waitFor();
  await outgoing.getByLabel(/^线下移交的资料/).fill('维修资金台账｜3本｜档案柜二层');
  await outgoing.getByLabel('您的登录密码').fill('Anhe-2026-demo');
  await shot(outgoing, 'outgoing');
  expect(await axeFaults(outgoing)).toEqual([]);
  await outgoing.getByRole('button', { name: '签字移交' }).click();
  await outgoing.getByText('待接手人签收', { exact: true }).waitFor();

  const incoming = await here.signInFirst('jieshou', oneTime ?? '');
  await incoming.goto(address);
  await incoming.getByRole('button', { name: '对清单有异议' }).click();
  await incoming.getByLabel(/^异议：.*清理楼道堆物/).fill('附件在哪里');
  await incoming.getByRole('button', { name: '提出异议' }).click();
  await incoming.getByText('接手人有异议', { exact: true }).first().waitFor();

  await outgoing.reload();
  await outgoing.getByLabel(/^您的说明：.*清理楼道堆物/).fill('附件在共享盘');
  await outgoing.getByLabel('您的登录密码').fill('Anhe-2026-demo');
  await outgoing.getByRole('button', { name: '签字移交' }).click();
  await outgoing.getByText('待接手人签收', { exact: true }).waitFor();

  await incoming.reload();
  await incoming.getByRole('cell', { name: '附件在共享盘' }).waitFor();
  await incoming.getByLabel('您的登录密码').fill(NEW_PASSWORD);
  await shot(incoming, 'incoming');
  await incoming.setViewportSize({ width: 360, height: 740 });
  expect([await axeFaults(incoming), await overflow(incoming)]).toEqual([[], 0]);
  await shot(incoming, 'incoming-phone');
  await incoming.getByRole('button', { name: '签收' }).click();
  await incoming.getByText('已交接', { exact: true }).waitFor();
  const list = await incoming.request.get(`/api${address}/paper`);
  expect([list.status(), (await list.body()).subarray(0, 4).toString()]).toEqual([200, '%PDF']);

  await outgoing.goto('/');
  await outgoing.waitForURL((url) => url.pathname === '/sign-in');
  await admin.reload();
  await admin.getByText('账号已停用', { exact: false }).first().waitFor();
  await shot(admin, 'done');
  expect([await axeFaults(admin), await overflow(admin)]).toEqual([[], 0]);
  await admin.goto('/users?q=jieshou');
  await admin.getByRole('cell', { name: /社区经办人/ }).waitFor();
  await incoming.setViewportSize({ width: 1366, height: 768 });
  // The list narrows to what is in one's own hands, and says whose they are now; who drafted it stays on the paper's own page.
  await incoming.goto('/papers?inHand=mine');
  const row = incoming.getByRole('row', { name: /清理楼道堆物/ });
  await row.waitFor();
  expect(await row.getByRole('cell', { name: '解守', exact: true }).count()).toBe(1);
  await row.getByRole('link', { name: /清理楼道堆物/ }).click();
  await incoming.getByText('经办人', { exact: true }).first().waitFor();
});

test('移交人已经离开：局领导上传本人手工签字的清单，写明原因代签；扫描件之后随交接留存', async () => {
  const admin = await here.signInAs('secadmin');
  await admin.goto('/users?q=qingtang');
  await admin.getByRole('table').getByRole('link').first().click();
  await admin.getByRole('main').getByRole('link', { name: '工作交接' }).click();
  await admin.getByLabel('接手人').fill('解守');
  await admin.getByRole('option', { name: /解守/ }).click();
  await admin.getByLabel(/^事由/).fill('辞职，安人社发〔2026〕4号');
  await admin.getByLabel('移交日期').fill('2026-11-20');
  await admin.getByRole('button', { name: '发起交接' }).click();
  await admin.getByText('待移交人签字', { exact: true }).waitFor();
  const leader = await here.signInAs('leader');
  await leader.goto(new URL(admin.url()).pathname);
  await leader.getByRole('heading', { name: '移交人已经离开的，由您代签' }).waitFor();
  await leader.getByLabel('选择手工签字的清单').setInputFiles({ name: '手签清单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 signed') });
  await leader.getByText('已上传', { exact: false }).first().waitFor();
  await leader.getByLabel(/^代签原因/).fill('已离职，清单由本人手签后寄回');
  await leader.getByLabel('您的登录密码').fill('Anhe-2026-demo');
  await shot(leader, 'stand-in');
  expect(await axeFaults(leader)).toEqual([]);
  await leader.getByRole('button', { name: '代签移交' }).click();
  await leader.getByText('待接手人签收', { exact: true }).waitFor();
  const scan = await leader.request.get(await leader.getByRole('link', { name: '手工签字的清单' }).getAttribute('href') ?? '');
  expect([scan.status(), (await scan.body()).toString()]).toEqual([200, '%PDF-1.7 signed']);
});

test('工作交接列表和我的工作交接：电脑和手机上 axe 都找不到毛病，也不用左右拖动', async () => {
  const page = await here.signInAs('secadmin');
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 740 });
    for (const path of ['/hand-overs', '/me/hand-overs', '/hand-overs/new']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('main').getByRole('table').or(page.locator('main .sz-nothing')).or(page.locator('main .sz-section')).first().waitFor();
      expect([path, await axeFaults(page), await overflow(page)]).toEqual([path, [], 0]);
    }
  }
});
