import { Worker } from 'node:worker_threads';
import type { PaperBlock } from '#domain/paper/document.ts';
import type { BundleMessage } from './bundle-worker.ts';

/** 卷内文件, by words of ours. `by` and `on` stand in the table of contents. */
export interface BundlePart { readonly title: string; readonly by: string; readonly on: string; readonly blocks: readonly PaperBlock[] }
/** 卷内文件, a file of somebody's: PDFs are bound page by page, pictures one to a page; what is neither is only listed. */
export interface BundleFile { readonly title: string; readonly by: string; readonly on: string; readonly mediaType: string; readonly bytes: Uint8Array | null; readonly note: string }
/** 卷宗: a cover with a table of contents, our own parts, then the files. */
export interface Bundle { readonly title: string; readonly lines: readonly string[]; readonly parts: readonly BundlePart[]; readonly files: readonly BundleFile[]; readonly at: string; readonly author: string }
/** 装订好的卷宗: where each part and file begins, from 1; null for what could only be listed. */
export interface Bound { readonly bytes: Uint8Array; readonly pages: number; readonly begins: readonly (number | null)[] }
export type BindFault = 'too-large' | 'too-slow' | 'broken';

/** 装订上限: heap of the thread in MB, and the longest it may take in ms. */
export interface BundleLimits { readonly heapMb: number; readonly wholeMs: number }
export const bundleLimits: BundleLimits = { heapMb: 384, wholeMs: 60_000 };

/** 装订成一个 PDF, in a thread of its own: the libraries that bind are gone when it ends, and a file that breaks them breaks nothing else. */
export function bindBundle(bundle: Bundle, limits: BundleLimits = bundleLimits): Promise<Bound | BindFault> {
  const worker = new Worker(new URL('bundle-worker.ts', import.meta.url), { workerData: bundle, execArgv: [], stderr: true, stdout: true, resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 32 } });
  return new Promise<Bound | BindFault>((resolve) => {
    const late = setTimeout(() => resolve('too-slow'), limits.wholeMs);
    const settle = (found: Bound | BindFault) => { clearTimeout(late); resolve(found); };
    worker.on('message', ({ bound }: BundleMessage) => settle(bound));
    worker.on('error', (error) => settle('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'broken'));
    worker.on('exit', () => settle('broken'));   // harmless once the bundle was told
  }).finally(() => worker.terminate());
}
