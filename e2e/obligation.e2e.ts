import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole({ at: '2026-11-20T02:00:00.000Z' }); });
afterAll(() => here.stop());

/** A name and telephone that the demo county's books hold. */
async function anOwner(): Promise<{ readonly name: string; readonly phone: string }> {
  const row = await here.kit.database.read(everything, (db) => db.selectFrom('registry.owner').select(['name', 'phoneCipher']).where('kind', '=', 'person').where('phoneCipher', 'is not', null).orderBy('id').limit(1).executeTakeFirstOrThrow());
  return { name: row.name, phone: here.kit.vault.open(row.phoneCipher ?? '') };
}

test('登记请求后，首页先列出这件事和期限；“为什么是这一天”逐行说明；一次点击去办理；领导写明理由免除后不再列出', async () => {
  const clerk = await here.signInAs('clerk');
  const owner = await anOwner();
  await clerk.goto('/person-requests/new');
  await clerk.getByRole('combobox', { name: '请求事项', exact: true }).selectOption({ label: '查阅、复制' });
  await clerk.getByLabel('所涉的人的姓名').fill(owner.name);
  await clerk.getByLabel('电话').fill(owner.phone);
  await clerk.getByLabel('收到日期').fill('2026-11-20');
  await clerk.getByLabel('怎样核实身份').fill('现场核对身份证原件');
  await clerk.getByLabel('请求内容').fill('请提供本人的信息');
  await clerk.getByRole('button', { name: '登记并查找' }).click();
  await clerk.getByText('姓名和电话一致').first().waitFor();

  await clerk.goto('/');
  const mine = clerk.getByRole('region', { name: '由我单位办' });
  const line = mine.getByRole('listitem').filter({ hasText: '个人信息请求（查阅、复制）' });
  await line.getByText('还有17天').waitFor();
  await line.getByRole('button', { name: '为什么是这一天' }).click();
  const why = clerk.getByRole('dialog', { name: '为什么是这一天' });
  await why.getByText('2026年11月20日（星期五）收到，当日不计。').waitFor();
  await why.getByText('2026年12月5日是休息日，顺延到其后第一个工作日2026年12月7日。').waitFor();
  await why.getByText('依据：《中华人民共和国民法典》第二百零三条').waitFor();
  await why.getByText('期限届满日：2026年12月7日（星期一），当日24时止。').waitFor();
  await shot(clerk, 'why-this-day');
  await clerk.keyboard.press('Escape');
  await why.waitFor({ state: 'hidden' });

  for (const width of [1366, 360]) {
    await clerk.setViewportSize({ width, height: width === 360 ? 740 : 768 });
    for (const path of ['/', '/obligations', '/obligations/outlook']) {
      // The demo county has duties enough to fill the first page.
      await clerk.goto(path === '/obligations' ? `${path}?q=${encodeURIComponent('个人信息请求')}` : path);
      await clerk.getByText(path === '/obligations/outlook' ? '按责任单位' : '个人信息请求（查阅、复制）').first().waitFor();
      expect([path, await axeFaults(clerk), await overflow(clerk)]).toEqual([path, [], 0]);
      await shot(clerk, `duties${path === '/' ? '-home' : path.replaceAll('/', '-')}-${width}`);
    }
  }
  await clerk.setViewportSize({ width: 1366, height: 768 });
  await clerk.goto('/');
  await line.getByRole('link', { name: '个人信息请求（查阅、复制）' }).click();
  await clerk.waitForURL(/\/person-requests\/[0-9a-f-]+$/);

  const leader = await here.signInAs('leader');
  await leader.goto(`/obligations?q=${encodeURIComponent('个人信息请求')}`);
  await leader.getByRole('button', { name: '日历订阅' }).click();
  await leader.getByRole('button', { name: '生成订阅地址' }).first().click();
  const address = (await leader.locator('[data-feed]').textContent()) ?? '';
  const calendar = await leader.request.get(new URL(address).pathname);
  expect([calendar.status(), calendar.headers()['content-type'], (await calendar.text()).includes('DTSTART;VALUE=DATE:20261207')]).toEqual([200, 'text/calendar; charset=utf-8', true]);
  await shot(leader, 'feed');
  await leader.keyboard.press('Escape');
  await leader.getByRole('link', { name: '经过' }).click();
  await leader.getByRole('heading', { level: 1, name: /答复个人信息请求/ }).waitFor();
  await shot(leader, 'duty');
  expect([await axeFaults(leader), await overflow(leader)]).toEqual([[], 0]);
  await leader.getByRole('button', { name: '免除' }).click();
  await leader.getByLabel('理由').fill('请求人已撤回请求');
  await leader.getByRole('dialog').getByRole('button', { name: '免除' }).click();
  await leader.getByText('免除，理由：请求人已撤回请求', { exact: false }).waitFor();
  await leader.goto('/');
  const left = leader.getByRole('region', { name: '由我单位办' });
  await left.getByRole('listitem').filter({ hasText: '办理并答复' }).first().waitFor();
  expect(await left.getByText('个人信息请求（查阅、复制）').count()).toBe(0);
});
