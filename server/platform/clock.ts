import type { Instant } from '#domain/kernel/brand.ts';
import { instant } from '#domain/kernel/brand.ts';

/** 时钟:the only source of the present. A request or job reads it once; tests pass their own. */
export interface Clock { now(): Instant }

/** 系统时钟. */
export const systemClock: Clock = { now: () => instant(new Date().toISOString()) };
