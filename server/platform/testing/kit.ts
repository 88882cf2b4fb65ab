import type { Module } from '../module.ts';
import { testDatabase } from './database.ts';
import { kitOn, type KitOptions, type TestKit } from './kit-on.ts';

export type { TestClock, TestKit } from './kit-on.ts';
export { stoppedClock, TEST_SECRET } from './kit-on.ts';

/** 测试部件: a kit on a database of its own. */
export async function testKit(modules: readonly Module[], options: KitOptions = {}): Promise<TestKit> {
  return kitOn(await testDatabase(), modules, options);
}
