import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoAccounts } from '#seeds/demo/load.ts';
import { openConsole, type Console } from './support/console.ts';
import { settled } from './support/windows.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); });
afterAll(() => here.stop());

/** One address stands for all of its kind: the first estate's page for every estate's. */
const shapeOf = (path: string): string => path.replace(/[?#].*$/, '').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…');

/** Goes by the console's own router, as a click does. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => { window.history.pushState({}, '', to); window.dispatchEvent(new PopStateEvent('popstate')); }, path);
  await page.waitForFunction((to) => window.location.pathname === to, path.replace(/[?#].*$/, ''));
}

interface Look { readonly links: readonly string[]; readonly wide: number; readonly failed: string | null }

const look = (page: Page): Promise<Look> => page.evaluate(() => ({
  links: Array.from(document.querySelectorAll('main a[href^="/"], nav a[href^="/"]'), (link) => link.getAttribute('href') ?? '').filter((href) => !href.startsWith('/api/') && !href.startsWith('/problems')),
  wide: document.documentElement.scrollWidth - window.innerWidth,
  failed: document.querySelector('.sz-failed')?.textContent ?? null,
}));

test.each(demoAccounts.map(({ login }) => login))('%s 在手机宽度下打开能点到的每一种页面：不横向滚动、不报错、没有被拒绝的请求', async (login) => {
  const page = await here.signInAs(login, 'phone');
  const faults: string[] = [];
  const at = () => new URL(page.url()).pathname;
  page.on('response', (response) => { if (response.status() >= 400) faults.push(`${at()} ${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`); });
  page.on('console', (message) => { if (message.type() === 'error') faults.push(`${at()} ${message.text()}`); });
  page.on('pageerror', (error) => faults.push(`${at()} ${error.message}`));

  await page.getByRole('button', { name: '打开导航' }).click();
  await page.getByRole('dialog').getByRole('link', { name: '待办与时限' }).waitFor();
  const left = [...(await look(page)).links];
  const entries = await page.getByRole('dialog').getByRole('link').count();
  expect(entries).toBeGreaterThan(1);
  await page.keyboard.press('Escape');
  const seen = new Set<string>();
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    if (seen.has(shapeOf(next))) continue;
    seen.add(shapeOf(next));
    await go(page, next);
    await settled(page);
    const { links, wide, failed } = await look(page);
    if (wide > 0) faults.push(`${next} is ${wide} px too wide`);
    if (failed !== null) faults.push(`${next} says: ${failed}`);
    left.push(...links);
  }
  expect(faults).toEqual([]);
  // Every entry of the menu at least was opened, and the look itself can fail.
  expect(seen.size).toBeGreaterThanOrEqual(entries);
  await page.evaluate(() => { document.querySelector('main h1')?.setAttribute('style', 'width: 2000px'); });
  expect((await look(page)).wide).toBeGreaterThan(0);
});
