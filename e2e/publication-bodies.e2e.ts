import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { addColleague } from './support/colleague.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); }, 180_000);
afterAll(() => here.stop());

const clean = async (page: Page) => [await axeFaults(page), await overflow(page)];
const dialog = (page: Page) => page.getByRole('dialog');
/** One grey dot, as a scanner would send it. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

async function drafted(page: Page, title: string, body: string): Promise<string> {
  await page.goto('/publications');
  await page.getByRole('link', { name: '发布通知公告' }).click();
  await page.getByLabel('标题', { exact: true }).fill(title);
  await page.getByLabel(/^正文/).fill(body);
  await page.getByRole('button', { name: '保存拟稿' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  return new URL(page.url()).pathname;
}

async function submitted(page: Page): Promise<void> {
  await page.getByRole('button', { name: '送审' }).click();
  await dialog(page).getByRole('button', { name: '送审', exact: true }).click();
  await page.getByText('下一步：由拟稿人以外的人审核').waitFor();
}

async function answered(page: Page): Promise<void> {
  await page.getByRole('button', { name: '审核通过' }).click();
  await dialog(page).getByLabel('公开属性').selectOption({ label: '主动公开' });
  for (const name of [/国家秘密/, /工作秘密/, /个人隐私/, /商业秘密/, /第三方/]) await dialog(page).getByLabel(name).selectOption({ label: '不涉及' });
}
const approve = (page: Page) => dialog(page).getByRole('button', { name: '审核通过', exact: true }).click();

async function issued(page: Page): Promise<string> {
  await page.getByRole('button', { name: '签发' }).click();
  await dialog(page).getByRole('button', { name: '签发', exact: true }).click();
  await page.getByText('公众可以看到').first().waitFor();
  return new URL(await page.getByRole('link', { name: /\/public\// }).innerText()).pathname;
}

async function withdrawn(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: '撤回' }).click();
  await dialog(page).getByLabel(/^撤回原因/).fill(reason);
  await dialog(page).getByRole('button', { name: '撤回', exact: true }).click();
  await page.getByText('公众只看到撤回说明').waitFor();
}

test('物业企业：经办人拟稿并附扫描的照片，说明已看过；负责人要自己打开看过、勾选后才能审核，再签发；群众看到企业的名称和附件；撤回后只见原因', async () => {
  const staff = await here.signInAs('staff');
  const address = await drafted(staff, '关于电梯年检的通知', '一、时间\n11月26日9时至17时。\n- 请走楼梯');
  await staff.getByLabel('选择附件').setInputFiles({ name: '年检合格证.png', mimeType: 'image/png', buffer: PICTURE });
  await staff.getByText('图片里的文字不能自动检查，请打开附件逐页核对').waitFor();
  expect(await staff.getByRole('button', { name: '送审' }).getAttribute('aria-description')).toContain('还有1项没有处理');
  await shot(staff, 'publication-bodies-scanned');
  expect(await clean(staff)).toEqual([[], 0]);
  await staff.getByRole('button', { name: '说明理由' }).click();
  await dialog(staff).getByLabel(/^可以公开的理由/).fill('合格证照片，已核对没有个人信息');
  await dialog(staff).getByRole('button', { name: '保存说明' }).click();
  await staff.getByText('说明：合格证照片，已核对没有个人信息').waitFor();
  await submitted(staff);

  const head = await here.signInAs('company1');
  await head.goto(address);
  await answered(head);
  await approve(head);
  // The drafter's word is not enough: the reviewer is asked for his own.
  await dialog(head).getByText(/有 1 个附件系统读不出文字/).waitFor();
  await shot(head, 'publication-bodies-review');
  expect(await axeFaults(head)).toEqual([]);
  await dialog(head).getByLabel(/^扫描件、图片附件：已逐页打开看过/).check();
  await approve(head);
  await head.getByText('审核人已逐页打开看过').waitFor();
  expect(await clean(head)).toEqual([[], 0]);
  const shown = await issued(head);
  await shot(head, 'publication-bodies-issued');

  const visitor = await here.open('phone');
  await visitor.goto(shown);
  const text = await visitor.getByRole('article').innerText();
  const name = (await systemContext(here.kit).read((db) => db.selectFrom('publication.publication').select('issuerName').where('title', '=', '关于电梯年检的通知').executeTakeFirstOrThrow())).issuerName;
  for (const words of [name, '请走楼梯', '年检合格证.png']) expect(text).toContain(words);
  expect(await clean(visitor)).toEqual([[], 0]);
  const file = await visitor.request.get((await visitor.getByRole('link', { name: /年检合格证\.png/ }).getAttribute('href')) ?? '');
  expect([file.status(), (await file.body()).equals(PICTURE)]).toEqual([200, true]);
  await withdrawn(head, '年检改期，另行通知');
  await visitor.goto(shown);
  await visitor.getByText('撤回原因：年检改期，另行通知').waitFor();
  expect(await visitor.content()).not.toContain('电梯年检');
});

test('业主委员会：委员拟稿，两名委员分别审核、签发；换届后群众看到的仍是发布时的名称，新一届看得到、能撤回，不能接着办上一届的稿件', async () => {
  await addColleague(here.kit, 'fuzhuren', { like: 'weiyuan' });
  await addColleague(here.kit, 'zhuren', { like: 'weiyuan' });
  const [member, second, chair] = [await here.signInAs('weiyuan'), await here.signInAs('fuzhuren'), await here.signInAs('zhuren')];
  const address = await drafted(member, '业主大会会议公告', '一、时间\n12月6日9时。\n- 请带钥匙');
  await submitted(member);
  await second.goto(address);
  await answered(second);
  expect(await dialog(second).getByLabel(/^扫描件/).count()).toBe(0);
  await approve(second);
  await second.getByText('下一步：由负责人签发').waitFor();
  await chair.goto(address);
  const shown = await issued(chair);
  const leftOver = await drafted(member, '没有来得及送审的公告', '内容。');

  // Re-elected under a new id: the old term ends, another committee stands.
  const names = await systemContext(here.kit).transact(async (tx) => {
    const item = await tx.db.selectFrom('publication.publication').select(['issuerName', 'issuerId']).where('title', '=', '业主大会会议公告').executeTakeFirstOrThrow();
    const old = await tx.db.selectFrom('committee.committee').selectAll().where('committeeId', '=', item.issuerId).where('supersededAt', 'is', null).executeTakeFirstOrThrow();
    const name = `新一届${old.name}`;
    await tx.db.updateTable('committee.committee').set({ supersededAt: here.kit.clock.now() }).where('id', '=', old.id).execute();
    await tx.db.insertInto('committee.committee').values({ ...old, id: newId<'Committee'>(), endedOn: localDate('2026-11-20'), recordedAt: here.kit.clock.now(), supersededAt: null }).execute();
    await tx.db.insertInto('committee.committee').values({ ...old, id: newId<'Committee'>(), committeeId: newId(), sinceOn: localDate('2026-11-20'), untilOn: localDate('2031-11-19'), name, recordedAt: here.kit.clock.now(), supersededAt: null }).execute();
    tx.auditNothing('test: a re-election');
    return { old: item.issuerName, now: name };
  });
  const visitor = await here.open('phone');
  await visitor.goto(shown);
  expect(await visitor.getByRole('article').innerText()).toContain(names.old);
  expect(await visitor.getByRole('article').innerText()).not.toContain(names.now);
  await chair.goto(leftOver);
  await chair.getByRole('button', { name: '送审' }).waitFor();
  expect(await chair.getByRole('button', { name: '送审' }).getAttribute('aria-description')).toContain(`这是换届前的${names.old}拟的稿件`);
  expect(await chair.getByRole('button', { name: '弃稿' }).isEnabled()).toBe(true);
  await chair.goto(address);
  await shot(chair, 'publication-bodies-re-elected');
  await withdrawn(chair, '会议改期，以新公告为准');
  await visitor.goto(shown);
  await visitor.getByText('撤回原因：会议改期，以新公告为准').waitFor();
  expect(await visitor.content()).toContain(names.old);
});
