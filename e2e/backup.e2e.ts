import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPassword } from '#contract/administration/session.ts';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';

const CLI = fileURLToPath(new URL('../server/main/cli.ts', import.meta.url));
const run = promisify(execFile);
let folder: string;
let browser: Browser;
let origin: string;
const servers: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(roomyFolder(), 'shanzhi-e2e-backup-'));
  browser = await launchChromium();
  origin = await serve('first');
});
afterAll(async () => {
  await browser.close();
  for (const server of servers) await stop(server);
  await rm(folder, { recursive: true, force: true });
});

const environment = (data: string, more: Record<string, string> = {}) => ({ PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, SHANZHI_DATA: join(folder, data), SHANZHI_BACKUP_KEY: '只有本测试知道的一把备份密钥，足够长', ...more });

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

/** The product itself, as an operator starts it, on a data folder. */
async function serve(data: string): Promise<string> {
  const port = String(await freePort());
  const server = spawn(process.execPath, [CLI, 'serve'], { env: environment(data, { PORT: port }), stdio: ['ignore', 'pipe', 'inherit'] });
  servers.push(server);
  for await (const line of createInterface({ input: server.stdout })) if (line.includes('善治已启动')) break;
  server.stdout.resume();
  return `http://127.0.0.1:${port}`;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

async function signIn(at: string, login: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: at, viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })).newPage();
  await page.goto('/');
  await page.getByRole('textbox', { name: '账号' }).fill(login);
  await page.getByLabel('密码', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}

const countsOf = (page: Page) => page.getByRole('navigation', { name: '家底' }).innerText();

test('系统管理员点“立即备份”并看到成功；在命令行恢复到空文件夹后，登录看到的是同一个县', async () => {
  const clerk = await signIn(origin, 'clerk');
  await clerk.getByRole('navigation', { name: '家底' }).getByText(/^\d/).first().waitFor();
  await clerk.waitForFunction(() => !document.querySelector('.sz-tiles')?.textContent?.includes('…'));
  const before = await countsOf(clerk);

  const admin = await signIn(origin, 'sysadmin');
  const tile = admin.getByRole('region', { name: '备份' });
  await tile.getByText('磁盘剩余').waitFor();
  await tile.getByRole('link', { name: '查看备份' }).click();
  await admin.getByRole('button', { name: '立即备份' }).click();
  const made = admin.getByRole('region', { name: '最近的备份' }).getByRole('row', { name: /成功/ });
  await made.getByText('页面').waitFor();
  expect(await made.innerText()).toContain('已加密');
  expect(await admin.locator('.sz-backup-warning').allInnerTexts()).toEqual([]);
  expect(await axeFaults(admin)).toEqual([]);
  expect(await overflow(admin)).toBe(0);
  await admin.goto('/');
  await admin.getByRole('region', { name: '备份' }).getByText('大小与用时').waitFor();

  const backups = join(folder, 'first', 'backups');
  const [name = ''] = await readdir(backups);
  expect(name).toMatch(/^shanzhi-\d{8}-\d{6}-[0-9a-f]{4}\.backup$/);
  expect((await stat(join(backups, name))).mode & 0o777).toBe(0o600);
  const { stdout } = await run(process.execPath, [CLI, 'restore', join(backups, name), '--into', join(folder, 'second'), '--json'], { env: environment('first') });
  expect(JSON.parse(stdout)).toMatchObject({ migrated: [] });

  const again = await serve('second');
  const there = await signIn(again, 'clerk');
  await there.getByText('安和县').first().waitFor();
  await there.waitForFunction(() => !document.querySelector('.sz-tiles')?.textContent?.includes('…'));
  expect(await countsOf(there)).toBe(before);
});

test('没有这个权限的岗位看不到备份', async () => {
  const clerk = await signIn(origin, 'clerk');
  await clerk.getByRole('heading', { level: 1, name: '待办与时限' }).waitFor();
  expect(await clerk.getByRole('link', { name: '备份' }).count()).toBe(0);
  await clerk.goto('/backups');
  await clerk.getByText('没有权限').first().waitFor();
});
