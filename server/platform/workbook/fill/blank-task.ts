import type { WorkbookLimits } from '../limits.ts';
import type { WorkbookType } from '../open.ts';
import type { RefusalCode } from '../refusal.ts';
import type { BlankSheet, Filling } from './types.ts';

/** 空表任务: what the thread for blanks is started with. Without a filling the blank is only read. */
export interface BlankTask { readonly path: string; readonly type: WorkbookType; readonly limits: WorkbookLimits; readonly filling: Filling | null }

/** 空表结果: the sheets as they then stand, and the filled file's bytes where there was something to fill. */
export interface BlankResult { readonly bytes: Uint8Array | null; readonly sheets: readonly BlankSheet[] }

/** The one message that the thread sends. */
export type BlankMessage = { readonly kind: 'done'; readonly result: BlankResult } | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };
