import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** 截图 of the whole page for whoever wants to look: only where SHANZHI_SHOTS names a folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHANZHI_SHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
