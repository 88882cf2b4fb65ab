import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { axeFaults, overflow } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';

let browser: Browser;
beforeAll(async () => { browser = await launchChromium(); });
afterAll(async () => { await browser.close(); });

test('中文用仓库里的字体显示，不是方框', async () => {
  const page = await browser.newPage();
  await page.setContent('<span id="known">善治小区业主</span>');
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#known' });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  expect(fonts.map(({ familyName, glyphCount }) => [familyName, glyphCount])).toEqual([['Noto Sans SC', 6]]);
  await page.close();
});

test('界面语言是简体中文，时区是北京时间', async () => {
  const page = await browser.newPage();
  const [language, zone] = await page.evaluate(() => [navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]);
  expect([language, zone]).toEqual(['zh-CN', 'Asia/Shanghai']);
  await page.close();
});

test('打开本机页面时不向外发送任何请求', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => { asked.push(request.url ?? ''); response.setHeader('content-type', 'text/html; charset=utf-8').end('<h1>首页</h1>'); });
  const port = await new Promise<number>((resolve) => { server.listen(0, '127.0.0.1', () => { const address = server.address(); resolve(typeof address === 'object' && address !== null ? address.port : 0); }); });
  const page = await browser.newPage();
  const sent: string[] = [];
  page.on('request', (request) => { sent.push(new URL(request.url()).host); });
  await page.goto(`http://127.0.0.1:${String(port)}/`);
  expect(await page.getByRole('heading').textContent()).toBe('首页');
  expect(new Set(sent)).toEqual(new Set([`127.0.0.1:${String(port)}`]));
  expect(asked).toContain('/');
  await page.close();
  server.close();
});

test('看得出无障碍问题和横向滚动：没有说明的图、看不清的字、太宽的页', async () => {
  const page = await browser.newPage();
  await page.setContent('<html lang="zh-CN"><head><title>页</title></head><body><main><h1>页</h1><img src="data:,"><p style="color:#bbb;background:#fff;width:3000px">看不清</p></main></body></html>');
  expect((await axeFaults(page)).map((fault) => fault.replace(/:.*/s, '')).toSorted()).toEqual(['color-contrast', 'image-alt']);
  expect(await overflow(page)).toBeGreaterThan(0);
  await page.close();
});
