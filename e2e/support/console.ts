import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { demoPassword } from '#contract/administration/session.ts';
import { modules } from '#server/main/modules.ts';
import { ensureHolidays } from '#modules/administration/index.ts';
import { obligation } from '#modules/obligation/index.ts';
import { buildServer } from '#platform/http/serve.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import type { OidcConfig } from '#platform/identity/oidc/config.ts';
import type { Kit } from '#platform/kit.ts';
import { filledDatabase, testDatabase, type TestDatabase } from '#platform/testing/database.ts';
import { systemContext } from '#platform/make-context.ts';
import { kitOn } from '#platform/testing/kit-on.ts';
import { demoAccounts, loadDemo } from '#seeds/demo/load.ts';
import { launchChromium } from './chromium.ts';
import { windowsOf, type Screen } from './windows.ts';

const WEB = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** 打开的控制台: the product on a database of its own with the demo county in it, its worker, and a real browser. */
export interface Console {
  readonly origin: string;
  readonly kit: Kit;
  readonly ownerUrl: string;
  /** Moves the product's clock; whoever was signed in signs in again where that is longer than a session lasts. */
  setTime(at: string): void;
  /** Addresses outside the product that any page has asked for. */
  readonly foreign: readonly string[];
  /** A signed-in page of its own browser session, on its way to the first page. */
  signInAs(login: string, screen?: Screen): Promise<Page>;
  /** A page signed in with a one-time password, which has been changed. */
  signInFirst(login: string, oneTimePassword: string): Promise<Page>;
  /** A page that nobody is signed in on. */
  open(screen?: Screen): Promise<Page>;
  stop(): Promise<void>;
}

/** 演示县的数据库: the county of that day is loaded once in a run and copied for each file. */
const demoDatabase = (at: string): Promise<TestDatabase> => filledDatabase(`filled_demo_${at.replaceAll(/\D/g, '')}`, async (database) => {
  const world = await kitOn({ ...database, drop: async () => undefined }, modules, { isDemo: true, at });
  await ensureHolidays(world.kit);
  await loadDemo(world);
  // What is due and overdue on that day is told here: otherwise it is told when the worker's clock strikes, in the middle of some test.
  for (const { run } of obligation.schedules) await run(systemContext(world.kit));
  await world.stop();
});

/** A port nobody listens on, for what must know its address before it is there. */
const freePort = (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address() as AddressInfo; server.close(() => resolve(port)); });
});

interface Opening { readonly at?: string; readonly withDemo?: boolean; readonly provider?: (origin: string) => Promise<OidcConfig> }

/**
 * 启动控制台 for browser tests; `at` is the day on which they play; without the demo county the database is empty; `provider` starts what people
 * sign in at elsewhere, told where it leads back to.
 */
export async function openConsole({ at = '2026-11-20T02:00:00.000Z', withDemo = true, provider }: Opening = {}): Promise<Console> {
  const port = provider === undefined ? 0 : await freePort();
  const elsewhere = provider === undefined ? {} : { origin: `http://127.0.0.1:${port}`, oidc: await provider(`http://127.0.0.1:${port}`) };
  const world = await kitOn(withDemo ? await demoDatabase(at) : await testDatabase(), modules, { size: 8, isDemo: withDemo, at, ...elsewhere });
  if (!withDemo) await ensureHolidays(world.kit);
  const app = await buildServer(world.kit, { webFolder: WEB, logLevel: 'silent' });
  const worker = await startWorker(world.kit, { jobsUrl: world.jobsUrl, log: () => undefined });
  await app.listen({ host: '127.0.0.1', port });
  const address = app.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${address.port}`;
  const browser = await launchChromium();
  const { foreign, open, stop: closeWindows } = windowsOf(browser, origin);

  return {
    origin, kit: world.kit, ownerUrl: world.ownerUrl, foreign, open, setTime: (to) => { world.clock.set(to); },
    async signInFirst(login, oneTimePassword) {
      const page = await open();
      await page.goto('/');
      await page.getByRole('textbox', { name: '账号' }).fill(login);
      await page.getByLabel('密码', { exact: true }).fill(oneTimePassword);
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await page.getByLabel('一次性密码').fill(oneTimePassword);
      await page.getByLabel('新密码', { exact: true }).fill('城南的桂花树开了两次');
      await page.getByRole('button', { name: '保存新密码' }).click();
      await page.getByRole('heading', { name: '待办与时限' }).waitFor();
      return page;
    },
    async signInAs(login, screen) {
      const page = await open(screen);
      // Whoever a test adds like one of them has the same password. The form is filled in where signing in is the matter.
      const password = demoAccounts.find((account) => account.login === login)?.password ?? demoPassword;
      expect((await page.request.post('/api/sessions', { data: { login, password } })).status()).toBe(200);
      // Not waited for: most go on to another address at once.
      await page.goto('/', { waitUntil: 'commit' });
      return page;
    },
    async stop() {
      await closeWindows();
      await browser.close();
      await worker.stop();
      await app.close();
      await world.stop();
    },
  };
}
