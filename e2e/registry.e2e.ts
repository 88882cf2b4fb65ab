import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { getQuality } from '#contract/registry/sheet.ts';
import { listOwners, listUnits } from '#contract/registry/unit.ts';
import { openConsole, type Console } from './support/console.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); });
afterAll(() => here.stop());

const ask = async <T extends z.ZodType>(page: Page, path: string, answer: T): Promise<z.output<T>> => answer.parse(await (await page.request.get(`/api${path}`)).json());
const idOf = async (page: Page, path: string): Promise<string> => (await ask(page, path, z.object({ rows: z.array(z.object({ id: z.string() })).min(1) }))).rows[0]?.id ?? '';

/** An estate whose homes are on record. */
async function homes(page: Page) {
  const { rows } = await ask(page, '/units?limit=200', listUnits.response);
  const unit = rows.find((row) => row.holders.length === 1 && row.holders[0]?.idNumber !== null);
  if (unit === undefined) throw new Error('the demo county has homes with one owner');
  return unit;
}

describe('数据质量', () => {
  test('每一类问题点“去补”，都打开要补的那一项；补好以后这一条就没有了', async () => {
    const page = await here.signInAs('clerk');
    const estate = (await homes(page)).estate;
    const all = [...(await ask(page, '/quality?limit=500', getQuality.response)).findings, ...(await ask(page, `/quality?limit=500&estateId=${estate.id}`, getQuality.response)).findings];
    const kinds = new Map(all.map((one) => [one.rule, one]));
    expect(kinds.size).toBeGreaterThan(15);
    const lost: string[] = [];
    for (const { rule, target } of kinds.values()) {
      const isHome = target.kind === 'unit' || target.kind === 'owner';
      await page.goto(`/quality?rule=${rule}${isHome ? `&estateId=${estate.id}` : ''}`);
      await page.getByRole('region', { name: '逐条列表' }).getByRole('link', { name: '去补' }).first().click();
      await page.waitForURL(/[?&]fix=/);
      // What is told as a list (owners, members) opens as a list; everything else puts the cursor into its field.
      const opened = /[?&]fix=(members|holders)/.test(page.url()) ? page.getByRole('dialog').getByRole('group').first() : page.locator('form :is(input, select, textarea):focus');
      await opened.waitFor({ timeout: 10_000 }).catch(() => lost.push(`${rule} → ${page.url()}`));
    }
    expect(lost).toEqual([]);

    await page.goto('/quality?rule=registry.estate-total-missing');
    const rows = page.getByRole('region', { name: '逐条列表' }).locator('tbody tr');
    await rows.first().waitFor();
    const before = await rows.count();
    expect(before).toBeGreaterThan(1);
    await rows.first().getByRole('link', { name: '去补' }).click();
    await page.locator('input:focus').fill('321');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.waitForURL(/\/estates\/[^/]+$/);
    await page.goto('/quality?rule=registry.estate-total-missing');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(before - 1);
  });

  test('点乡镇看到分小区和服务企业的问题，点小区看到逐户的问题；不归自己改的说明由谁改', async () => {
    const page = await here.signInAs('wenlan');
    const told = await ask(page, '/quality?limit=500', getQuality.response);
    const firm = told.findings.find((one) => one.target.kind === 'company' || one.target.kind === 'practitioner');
    expect(firm?.repair).toBe('由县住建局或企业本身修改');
    await page.goto('/quality');
    await page.getByRole('heading', { name: '分小区' }).waitFor();
    await page.getByRole('region', { name: '分小区列表' }).getByRole('button').first().click();
    await page.getByRole('heading', { level: 1, name: /^数据质量：/ }).waitFor();
    await page.getByText('包括小区本身、逐户和服务企业的问题').waitFor();
  });
});

test('没有权限的页面只说没有权限；企业看不到一镇一表时说明由谁查看', async () => {
  const page = await here.signInAs('company1');
  await page.goto('/owners');
  await page.getByText('当前岗位没有权限').waitFor();
  expect(await page.getByRole('search', { name: '筛选' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: '复制文字' }).count()).toBe(0);
  await page.goto('/townships');
  await page.getByText('一镇一表由县局和乡镇街道查看').waitFor();
  const officer = await here.signInAs('wenlan');
  await officer.goto('/townships');
  await officer.locator('.sz-tile').first().click();
  await officer.getByText('住宅小区一览').first().waitFor();
});

describe('归并与归档', () => {
  test('同一业主登记了两次，合并后房屋归到一处，原记录写明并入了谁', async () => {
    const page = await here.signInAs('clerk');
    const { estate } = await homes(page);
    const { rows } = await ask(page, `/owners?limit=50&estateId=${estate.id}`, listOwners.response);
    const [from] = rows.filter((row) => row.idNumber === null && row.unitCount === 1);
    const into = rows.find((row) => row.idNumber !== null && row.unitCount === 1);
    if (from === undefined || into === undefined) throw new Error('the demo estate has an owner with and one without a number');
    await page.goto(`/owners/${from.id}`);
    await page.getByRole('button', { name: '归档', exact: true }).click();
    await page.getByRole('dialog').getByLabel('归档原因').fill('重复登记了一次');
    await page.getByRole('dialog').getByRole('button', { name: '归档', exact: true }).click();
    await page.getByRole('alert').getByText(/名下还有.*请先登记产权转移/).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();

    await page.getByRole('button', { name: '合并', exact: true }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: '并入' }).fill(into.name);
    await page.getByRole('option').filter({ hasText: into.idNumber ?? '' }).first().click();
    await page.getByRole('dialog').getByLabel('合并原因').fill('同一人登记了两次');
    await page.getByRole('dialog').getByRole('button', { name: '合并', exact: true }).click();
    await page.waitForURL(new RegExp(into.id));
    await page.getByRole('region', { name: '名下房屋列表' }).waitFor();
    expect(await page.getByRole('region', { name: '名下房屋列表' }).locator('tbody tr').count()).toBe(2);
    await page.goto(`/owners/${from.id}`);
    await page.getByText('这条记录已并入').waitFor();
  });

  test('登记有误的合同归档后，小区不再计入这家企业，合同页仍看得到何时由谁归档', async () => {
    const page = await here.signInAs('clerk');
    const contract = (await ask(page, '/service-contracts?limit=1&current=true', z.object({ rows: z.array(z.object({ contractId: z.string(), estate: z.object({ id: z.string() }) })) }))).rows[0];
    await page.goto(`/service-contracts/${contract?.contractId ?? ''}`);
    await page.getByRole('button', { name: '归档', exact: true }).click();
    await page.getByRole('dialog').getByLabel('归档原因').fill('登记到了别的小区');
    await page.getByRole('dialog').getByRole('button', { name: '归档', exact: true }).click();
    await page.getByText('归档合同').waitFor();
    await page.getByText('原因：登记到了别的小区').waitFor();
    expect(await ask(page, `/estates/${contract?.estate.id ?? ''}`, z.object({ company: z.null(), contracts: z.array(z.unknown()).length(0) }))).toBeTruthy();
  });
});

test('某日的业主、按某日掌握的情况，在房屋页上一查便知', async () => {
  const page = await here.signInAs('clerk');
  const unit = await homes(page);
  const [old = ''] = unit.holders.map((holder) => holder.name);
  await page.goto(`/units/${unit.id}?fix=holders`);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('转移日期').fill('2025-02-15');
  await dialog.getByLabel('姓名或单位名称').fill('新业主甲');
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  const holders = page.getByRole('region', { name: '产权人列表', exact: true });
  await holders.getByText('新业主甲').waitFor();
  await page.goto(`/units/${unit.id}`);
  for (const [on, knownOn, name] of [['2025-03-01', '2025-04-01', old], ['2025-03-01', '', '新业主甲'], ['2025-02-14', '', old]] as const) {
    await page.getByLabel('截至', { exact: true }).fill(on);
    await page.getByLabel('当时掌握').fill(knownOn);
    await holders.getByRole('link', { name, exact: true }).waitFor();
    expect(await holders.locator('tbody tr').count()).toBe(1);
  }
});

describe('分享', () => {
  /** Dark (1) and light (0) modules of a QR code that says `text`, row by row. */
  const modulesOf = (text: string): number[] => {
    const { create } = z.object({ create: z.function({ input: [z.string(), z.object({ errorCorrectionLevel: z.string() })], output: z.object({ modules: z.object({ size: z.int(), data: z.instanceof(Uint8Array) }) }) }) }).parse(createRequire(import.meta.url)('qrcode'));
    return [...create(text, { errorCorrectionLevel: 'M' }).modules.data];
  };
  /** The modules as a camera reads them: the middle of each square of the picture, inside its white margin of two. */
  const readPicture = async (page: Page, size: number): Promise<number[]> => z.array(z.int()).parse(await page.evaluate(`(() => {
    const image = document.querySelector('img.sz-qr'); const canvas = document.createElement('canvas'); canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
    const pen = canvas.getContext('2d'); pen.drawImage(image, 0, 0); const step = canvas.width / (${size} + 4);
    return Array.from({ length: ${size} * ${size} }, (_, at) => pen.getImageData(Math.floor((2.5 + at % ${size}) * step), Math.floor((2.5 + Math.floor(at / ${size})) * step), 1, 1).data[0] < 128 ? 1 : 0);
  })()`));
  const copied = async (page: Page): Promise<string> => {
    await page.getByRole('button', { name: '复制文字' }).click();
    await page.getByText('已复制，可粘贴到微信').waitFor();
    return z.string().parse(await page.evaluate('navigator.clipboard.readText()'));
  };

  test('列表和一页纸的二维码扫出来就是这一页的地址', async () => {
    const page = await here.signInAs('clerk');
    const estate = await idOf(page, '/estates?limit=1');
    const wrong: string[] = [];
    for (const address of ['/estates?managementKind=self', `/estates/${estate}/sheet?on=2025-06-30`, '/directory', '/quality']) {
      await page.goto(address);
      await page.getByRole('button', { name: '二维码' }).click();
      await page.locator('img.sz-qr').waitFor();
      const wanted = modulesOf(page.url());
      if ((await readPicture(page, Math.sqrt(wanted.length))).join('') !== wanted.join('')) wrong.push(address);
      expect(wanted.join('')).not.toBe(modulesOf(`${page.url()}x`).join(''));
    }
    expect(wrong).toEqual([]);
  });

  test('复制的文字写明是哪一天的什么，列出本页的每一行', async () => {
    const page = await here.signInAs('clerk');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/estates?managementKind=self&on=2025-06-30');
    await page.getByRole('region', { name: '小区列表' }).waitFor();
    const [heading = '', titles = '', ...lines] = (await copied(page)).split('\n');
    expect(heading).toMatch(/^小区（截至2025年6月30日，共 \d+ 条，本页 \d+ 条）$/);
    expect(titles.split('\t').slice(0, 3)).toEqual(['小区名称', '乡镇街道', '管理方式']);
    const rows = page.getByRole('region', { name: '小区列表' }).locator('tbody tr');
    expect(lines).toHaveLength(await rows.count());
    for (const [at, line] of lines.entries()) expect(line.startsWith((await rows.nth(at).getByRole('link').first().innerText()))).toBe(true);
    expect(lines.every((line) => line.split('\t')[2] === '业主自管')).toBe(true);

    const estate = await ask(page, '/estates?limit=1', z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })) }));
    await page.goto(`/estates/${estate.rows[0]?.id ?? ''}/sheet`);
    const sheet = await copied(page);
    expect(sheet).toContain(estate.rows[0]?.name);
    expect(sheet).toMatch(/截至2026年11月20日/);
    for (const address of ['/directory', '/quality', '/', `/estates/${estate.rows[0]?.id ?? ''}`]) {
      await page.goto(address);
      expect([address, /截至/.test(await copied(page))]).toEqual([address, true]);
    }
  });
});
