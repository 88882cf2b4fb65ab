import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** 无障碍问题: what axe finds on the page as it stands, once nothing moves any more: rule and place. */
export async function axeFaults(page: Page): Promise<string[]> {
  // What turns for ever (the sign of waiting) never comes to rest, and is no reason to wait.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => undefined))));
  // Not `addScriptTag`: the console's own policy forbids inline scripts.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    // A row that was pointed at meanwhile, a button that came back: half-way colours are nobody's fault.
    for (const one of document.getAnimations()) if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish();
    const { violations } = await (window as unknown as { axe: { run(where: Document, how: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run(document, { resultTypes: ['violations'], selectors: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

/** 横向溢出: how many pixels the page is wider than the screen. */
export const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
