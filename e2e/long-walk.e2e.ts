import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { estatePath } from '#contract/owner-paths.ts';
import { everything } from '#platform/access/scope.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); }, 180_000);
afterAll(() => here.stop());

const clean = async (page: Page) => [await axeFaults(page), await overflow(page)];
const dialog = (page: Page) => page.getByRole('dialog');
const inBox = (page: Page) => page.getByRole('region', { name: '下一步' });
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** A door of an estate in the community of the test's counter. */
const door = () => here.kit.database.read(everything, (db) => db.selectFrom('registry.estate as e').innerJoin('platform.userGrant as g', 'g.scopeId', 'e.neighbourhoodId').innerJoin('platform.appUser as a', 'a.id', 'g.userId').innerJoin('platform.orgUnit as o', 'o.id', 'e.neighbourhoodId')
  .innerJoin('registry.unit as u', 'u.estateId', 'e.id').innerJoin('registry.building as b', 'b.id', 'u.buildingId').where('a.login', '=', 'shequ').where('e.archivedAt', 'is', null).select(['e.id', 'e.name', 'o.name as community', 'b.id as buildingId', 'u.entrance']).orderBy('u.id').executeTakeFirstOrThrow());

/** The code that would have come as a message. */
async function code(): Promise<string> {
  const { demoCipher } = await here.kit.database.read(everything, (db) => db.selectFrom('owner.phoneCode').select('demoCipher').orderBy('createdAt', 'desc').executeTakeFirstOrThrow());
  return /验证码(\d{6})/.exec(z.object({ text: z.string() }).parse(JSON.parse(here.kit.vault.open(demoCipher ?? ''))).text)?.[1] ?? '';
}

/** 在手机上反映一件; the page of its receipt, and its number. */
async function file(page: Page, where: string, body: string): Promise<string> {
  await page.goto(where);
  await page.getByRole('link', { name: '反映问题' }).click();
  await page.getByLabel('是什么事').selectOption({ label: '飞线充电、电动车进楼' });
  await page.getByLabel('说说情况，一句话也行').fill(body);
  await page.getByLabel('手机号').fill('13800006789');
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByText(/演示环境不发短信/).waitFor();
  await page.getByLabel('短信里的6位验证码').fill(await code());
  await page.getByRole('button', { name: '提交', exact: true }).click();
  const heading = page.getByRole('heading', { name: /^投诉〔\d{4}〕\d+号$/, level: 1 });
  await heading.waitFor();
  return heading.innerText();
}

async function answer(page: Page, words: string): Promise<void> {
  await inBox(page).getByRole('button', { name: '答复', exact: true }).click();
  await dialog(page).getByLabel('办理结果').selectOption({ label: '已解决' });
  await dialog(page).getByLabel(/^答复内容/).fill(words);
  await dialog(page).getByRole('button', { name: '答复', exact: true }).click();
  await page.getByText('由承办单位办结').waitFor();
}

test('走完一件投诉：业主手机反映→社区受理、交办→转办一次→部门答复→业主评价不满意、提出新情况→重新办理→再答复、业主评价满意即办结→到期复查→再次反映，连到旧件', async () => {
  const { id, name, community, buildingId, entrance } = await door();
  const where = estatePath(id, { buildingId, entrance });

  // 业主：代母亲反映，附一张照片；切出去看短信回来，都还在。
  const phone = await here.open('phone');
  await phone.goto(where);
  await phone.getByRole('link', { name: '反映问题' }).click();
  await phone.locator('input[type=file]').setInputFiles({ name: '照片.png', mimeType: 'image/png', buffer: PICTURE });
  await phone.getByText('照片已附上').waitFor();
  await phone.getByLabel('我代家人反映（比如家里老人）').check();
  await phone.getByLabel('他是您的（可以不选）').selectOption({ label: '父亲或母亲' });
  await phone.getByLabel('怎样称呼他（可以不填）').fill('周奶奶');
  await phone.reload();
  await phone.getByRole('img', { name: '要附上的照片' }).waitFor();
  expect(await phone.getByLabel('怎样称呼他（可以不填）').inputValue()).toBe('周奶奶');
  expect(await clean(phone)).toEqual([[], 0]);
  await shot(phone, 'walk-file');
  const no = await file(phone, where, '一楼大厅每晚有人拉线给电动车充电');
  const receipt = phone.url();

  // 社区：签收即受理，交给自己，发现归执法管，转办一次。
  const hall = await here.signInAs('shequ');
  await hall.goto('/complaints');
  await hall.getByRole('link', { name: no }).click();
  await hall.getByText('代父亲或母亲提出').waitFor();
  const address = new URL(hall.url()).pathname;
  await hall.getByRole('button', { name: '受理', exact: true }).click();
  await dialog(hall).getByRole('button', { name: '受理', exact: true }).click();
  await inBox(hall).getByRole('button', { name: '交办', exact: true }).click();
  await dialog(hall).getByLabel('主办单位').selectOption({ label: community });
  await dialog(hall).getByRole('button', { name: '交办', exact: true }).click();
  await inBox(hall).getByRole('button', { name: '转办', exact: true }).click();
  await dialog(hall).getByLabel('转给').selectOption({ label: '安和县综合行政执法局' });
  await dialog(hall).getByLabel('转办理由').fill('室外架空线由综合执法办理');
  await dialog(hall).getByRole('button', { name: '转办', exact: true }).click();
  await inBox(hall).getByText('安和县综合行政执法局', { exact: true }).waitFor();

  // 部门：三天后答复。
  here.setTime('2026-11-23T02:00:00.000Z');
  const enforcer = await here.signInAs('chengguan');
  await enforcer.goto(address);
  await answer(enforcer, '已拆除飞线，并设置集中充电点。');

  // 业主：不满意，写原因；又有新情况，提出异议，重新办理，评价随之作废。
  await phone.goto(receipt);
  await phone.reload();
  await phone.getByText('已拆除飞线').first().waitFor();
  await phone.getByRole('button', { name: '不满意' }).click();
  await phone.getByLabel('哪里不满意（可以不填）').fill('只拆了一半');
  expect(await clean(phone)).toEqual([[], 0]);
  await shot(phone, 'walk-rate');
  await phone.getByRole('button', { name: '提交“不满意”' }).click();
  await phone.getByText('您的评价：不满意').waitFor();
  await phone.getByLabel('有什么新的情况').fill('昨晚二楼窗口又拉出一根线');
  await phone.getByRole('button', { name: '提出异议' }).click();
  await phone.getByRole('heading', { name: '办理中', level: 2 }).waitFor();
  await phone.getByRole('heading', { name: '上一次的答复', level: 2 }).waitFor();
  await phone.getByText(/最迟\d{4}年/).waitFor();
  expect(await phone.getByText('您的评价').count()).toBe(0);
  await shot(phone, 'walk-reopened');

  // 部门：看到新情况，再答复；业主满意，随即办结。
  here.setTime('2026-11-24T02:00:00.000Z');
  const again = await here.signInAs('chengguan');
  await again.goto(address);
  await again.getByText('昨晚二楼窗口又拉出一根线').first().waitFor();
  await answer(again, '二楼的线也已拆除，已约谈当事人。');
  await phone.reload();
  await phone.getByRole('button', { name: '满意', exact: true }).click();
  await phone.getByRole('heading', { name: '已办结', level: 2 }).waitFor();
  await phone.getByText('您的评价：满意').waitFor();
  expect(await clean(phone)).toEqual([[], 0]);
  await shot(phone, 'walk-closed');

  // 社区：到期复查。
  here.setTime('2026-12-22T02:00:00.000Z');
  const later = await here.signInAs('shequ');
  await later.goto(address);
  await later.getByText('回访；易反弹的到期复查').waitFor();
  await inBox(later).getByRole('button', { name: '登记复查', exact: true }).click();
  await dialog(later).getByLabel('复查结果').selectOption({ label: '没有反弹' });
  await dialog(later).getByRole('button', { name: '登记', exact: true }).click();
  await later.getByText('没有反弹').first().waitFor();
  await shot(later, 'walk-rechecked');

  // 九十天内同类同地再次反映：新的一件连到旧件。
  here.setTime('2027-01-20T02:00:00.000Z');
  const second = await file(phone, where, '一楼大厅又有人拉线充电');
  const officer = await here.signInAs('shequ');
  await officer.goto('/complaints');
  await officer.getByRole('link', { name: second }).click();
  await officer.getByRole('heading', { name: new RegExp(second) }).first().waitFor();
  await officer.locator('main a:not([target])').filter({ hasText: no }).first().click();
  await officer.getByRole('heading', { name: new RegExp(no) }).first().waitFor();
  await officer.getByText('一楼大厅每晚有人拉线给电动车充电').first().waitFor();
  expect(new URL(officer.url()).pathname).toBe(address);
  await shot(officer, 'walk-relapse');

  const [first, relapse] = await here.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').select(['id', 'status', 'satisfaction', 'reopenCount', 'transferCount', 'recheckResult', 'relapseOfId', 'relapseNo']).where('origin', '=', 'owner').where('estateId', '=', id).where('categoryCode', '=', 'F04').orderBy('id').execute().then((rows) => rows.slice(-2)));
  expect([name !== '', first]).toMatchObject([true, { status: 'closed', satisfaction: 'satisfied', reopenCount: 1, recheckResult: 'kept', relapseOfId: null }]);
  expect(relapse).toMatchObject({ status: 'received', relapseOfId: first?.id, relapseNo: 1 });
  expect(here.foreign).toEqual([]);
});
