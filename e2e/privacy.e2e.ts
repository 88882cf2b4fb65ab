import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
beforeAll(async () => { here = await openConsole({ at: '2026-11-20T02:00:00.000Z' }); });
afterAll(() => here.stop());

/** An owner of the demo county who has a telephone. */
async function anOwner(): Promise<{ readonly name: string; readonly phone: string }> {
  const row = await here.kit.database.read(everything, (db) => db.selectFrom('registry.owner').select(['name', 'phoneCipher']).where('kind', '=', 'person').where('phoneCipher', 'is not', null).orderBy('id').limit(1).executeTakeFirstOrThrow());
  return { name: row.name, phone: here.kit.vault.open(row.phoneCipher ?? '') };
}

test('安全管理员填写当年合规自查，逐项看到系统数据，签署后固定，住建局领导可以查看', async () => {
  const page = await here.signInAs('secadmin');
  await page.goto('/self-checks');
  await page.getByRole('link', { name: '填写2026年自查' }).click();
  await page.getByText('个字段存放个人信息', { exact: false }).first().waitFor();
  const answers = page.getByLabel('回答');
  expect(await answers.count()).toBeGreaterThan(8);
  for (const one of await answers.all()) await one.selectOption({ label: '是' });
  await answers.nth(1).selectOption({ label: '否' });
  await page.getByLabel('您的登录密码').fill('Anhe-2026-demo');
  await page.getByRole('button', { name: '签署自查' }).click();
  await page.getByRole('alert').filter({ hasText: '请写明情况和打算' }).waitFor();
  await page.getByLabel('说明').nth(1).fill('告知书正在印发，12月底前送达各小区。');
  await shot(page, 'self-check');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '签署自查' }).click();
  await page.getByText('不再修改', { exact: false }).waitFor();
  await page.getByText('告知书正在印发', { exact: false }).waitFor();

  const leader = await here.signInAs('leader');
  await leader.goto('/self-checks/2026');
  await leader.getByText('告知书正在印发', { exact: false }).waitFor();
  expect(await leader.getByRole('button', { name: '签署自查' }).count()).toBe(0);
});

test('个人信息清单、到期删除、批量查询提示、合规自查：电脑和手机上 axe 都找不到毛病，也不用左右拖动', async () => {
  const page = await here.signInAs('secadmin');
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 740 });
    for (const path of ['/personal-data', '/personal-data/deletions', '/lookup-flags', '/self-checks', '/self-checks/2026']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('main').getByRole('table').or(page.locator('main .sz-nothing')).or(page.locator('main .sz-section')).first().waitFor();
      expect([path, await axeFaults(page), await overflow(page)]).toEqual([path, [], 0]);
      await shot(page, `${path.slice(1).replaceAll('/', '-')}-${width}`);
    }
  }
});

test('本人请求删除：登记、查找、提请，另一人批准后留下删除证明；经办人自己不能批准；电脑和手机上都看得清', async () => {
  const clerk = await here.signInAs('clerk');
  await clerk.goto('/person-requests');
  await clerk.getByRole('link', { name: '登记请求' }).click();
  // The list behind has a filter of the same name, and the form's page is fetched when it is first opened.
  await clerk.getByRole('heading', { level: 1, name: '登记个人信息请求' }).waitFor();
  const owner = await anOwner();
  await clerk.getByRole('combobox', { name: '请求事项', exact: true }).selectOption({ label: '删除' });
  await clerk.getByLabel('所涉的人的姓名').fill(owner.name);
  await clerk.getByLabel('电话').fill(owner.phone);
  await clerk.getByLabel('收到日期').fill('2026-11-20');
  await clerk.getByLabel('怎样核实身份').fill('现场核对身份证原件');
  await clerk.getByLabel('请求内容').fill('房屋已出售，请删除本人信息');
  await shot(clerk, 'request-new');
  await clerk.getByRole('button', { name: '登记并查找' }).click();
  await clerk.getByText('姓名和电话一致').first().waitFor();
  await clerk.getByText('第二百七十八条', { exact: false }).first().waitFor();
  for (const width of [1366, 360]) {
    await clerk.setViewportSize({ width, height: 740 });
    expect([width, await axeFaults(clerk), await overflow(clerk)]).toEqual([width, [], 0]);
    await shot(clerk, `request-${width}`);
  }
  await clerk.setViewportSize({ width: 1366, height: 768 });
  await clerk.getByRole('button', { name: /提请删除勾选的/ }).click();
  await clerk.getByLabel('删除的情形').selectOption({ label: '处理目的已实现、无法实现或者不再必要' });
  await clerk.getByRole('button', { name: '提请批准', exact: true }).click();
  await clerk.getByText('由住建局领导批准').waitFor();
  const address = new URL(clerk.url()).pathname;

  const leader = await here.signInAs('leader');
  await leader.goto(address);
  await leader.getByRole('combobox', { name: '决定' }).selectOption({ label: '批准，立即删除' });
  await leader.getByLabel('意见').fill('目的已实现，同意删除');
  await leader.getByLabel('您的登录密码').fill('Anhe-2026-demo');
  await leader.getByRole('button', { name: '作出决定' }).click();
  await leader.getByRole('heading', { name: '删除证明' }).waitFor();
  await leader.getByText('从备份恢复后，系统按删除记录自动重新执行删除', { exact: false }).waitFor();
  expect(await leader.getByText(owner.name).count()).toBe(0);
  for (const width of [1366, 360]) {
    await leader.setViewportSize({ width, height: 740 });
    for (const path of [address, '/person-requests', '/person-requests/new']) {
      await leader.goto(path);
      await leader.getByRole('heading', { level: 1 }).waitFor();
      await leader.getByRole('main').getByRole('table').or(leader.locator('main .sz-section')).first().waitFor();
      expect([path, await axeFaults(leader), await overflow(leader)]).toEqual([path, [], 0]);
      await shot(leader, `${path === address ? 'erased' : path.slice(1).replaceAll('/', '-')}-${width}`);
    }
  }
});
