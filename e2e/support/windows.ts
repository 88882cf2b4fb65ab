import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { onTestFinished, TestRunner } from 'vitest';

const OFFICE = { width: 1366, height: 768 };
const PHONE = { width: 360, height: 740 };

/** 屏幕: of a computer in an office, or of a telephone. */
export type Screen = 'office' | 'phone';

/** 浏览器窗口: where each page that is opened is apart from every other. */
export interface Windows {
  /** Addresses outside `origin` that any page has asked for. */
  readonly foreign: readonly string[];
  /** An empty page on which nobody is signed in; one that a test opens is closed when that test ends. */
  open(screen?: Screen): Promise<Page>;
  stop(): Promise<void>;
}

/** What each page has asked for and not been answered yet. */
const waiting = new WeakMap<Page, Set<Request>>();

/**
 * 打开窗口 of `origin` in `browser`. Reading the console's scripts anew is most of what a page costs, so a browser session whose test is over is
 * emptied of everything but them (cookies, storage, permissions) and given to the next that asks.
 */
export function windowsOf(browser: Browser, origin: string): Windows {
  const foreign: string[] = [];
  const all = new Set<BrowserContext>();
  const left: Readonly<Record<Screen, BrowserContext[]>> = { office: [], phone: [] };

  const begin = async (screen: Screen): Promise<BrowserContext> => {
    const context = await browser.newContext({ baseURL: origin, viewport: screen === 'phone' ? PHONE : OFFICE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true });
    all.add(context);
    context.once('close', () => all.delete(context));
    return context;
  };
  const leave = async (context: BrowserContext, screen: Screen): Promise<void> => {
    if (!all.has(context)) return;
    await Promise.all(context.pages().map((page) => page.close()));
    left[screen].push(context);
  };

  return {
    foreign,
    async open(screen = 'office') {
      const former = left[screen].pop();
      const context = former ?? await begin(screen);
      if (TestRunner.getCurrentTest() !== undefined) onTestFinished(() => leave(context, screen));
      const page = await context.newPage();
      if (former !== undefined) await emptied(page, origin);
      waiting.set(page, waitingOf(page));
      page.on('request', (request) => { if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${origin}/`)) foreign.push(request.url()); });
      return page;
    },
    async stop() { await Promise.all([...all].map((context) => context.close())); },
  };
}

/** Leaves of a browser session nothing but the files it keeps. */
async function emptied(page: Page, origin: string): Promise<void> {
  const context = page.context();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await devtools.detach();
  await context.clearCookies();
  await context.clearPermissions();
}

function waitingOf(page: Page): Set<Request> {
  const set = new Set<Request>();
  // The stream of the unread count stays open as long as the page does.
  page.on('request', (request) => { if (request.resourceType() !== 'eventsource') set.add(request); });
  page.on('requestfinished', (request) => set.delete(request));
  page.on('requestfailed', (request) => set.delete(request));
  return set;
}

const frame = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))); }));

/** 页面静下来: its title stands, nothing is asked for and nothing is being drawn any more. `showsWaiting`: a page that shows the signs of waiting themselves. */
export async function settled(page: Page, { showsWaiting = false } = {}): Promise<void> {
  const asked = waiting.get(page) ?? new Set();
  const quiet = () => page.waitForFunction((shows) => document.querySelector('h1') !== null && (shows || document.querySelector('.sz-loading, .ant-spin-spinning') === null), showsWaiting);
  await quiet();
  for (let turns = 0; turns < 2; turns += 1) {
    while (asked.size > 0) await frame(page);
    await frame(page);
    await quiet();
  }
}
