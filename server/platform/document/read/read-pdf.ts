import { Worker } from 'node:worker_threads';
import type { PdfMessage, PdfTask } from './pdf-worker.ts';

/** 读出的 PDF: the text of each page, what stands beside the pages (properties, notes, fields), and what no program reads. */
export interface PdfText {
  readonly pages: readonly string[];
  readonly beside: string;
  /** Pages without any text, counted from 1: scans and pictures. */
  readonly wordless: readonly number[];
  /** Whether there are pictures anywhere: what is written in them is not among the text. */
  readonly hasPictures: boolean;
  /** Whether other files lie inside. */
  readonly hasFiles: boolean;
  /** Whether it went on beyond what is read. */
  readonly isCut: boolean;
}
/** 读不出的原因 of a whole file. */
export type PdfFault = 'password' | 'broken' | 'too-large' | 'too-slow';

/** 读取上限: heap of the thread in MB, the longest it may take in ms, pages and characters read. */
export interface PdfLimits { readonly heapMb: number; readonly wholeMs: number; readonly pages: number; readonly chars: number }
export const pdfLimits: PdfLimits = { heapMb: 384, wholeMs: 60_000, pages: 2_000, chars: 2_000_000 };

/** 读 PDF 的文字, in a thread of its own with its limits: whatever the file does, the server goes on. */
export function readPdfText(path: string, limits: PdfLimits = pdfLimits): Promise<PdfText | PdfFault> {
  const workerData: PdfTask = { path, limits };
  const worker = new Worker(new URL('pdf-worker.ts', import.meta.url), { workerData, execArgv: [], stderr: true, stdout: true, resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 32 } });
  return new Promise<PdfText | PdfFault>((resolve) => {
    const late = setTimeout(() => resolve('too-slow'), limits.wholeMs);
    const settle = (found: PdfText | PdfFault) => { clearTimeout(late); resolve(found); };
    worker.on('message', ({ found }: PdfMessage) => settle(found));
    worker.on('error', (error) => settle('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'broken'));
    worker.on('exit', () => settle('broken'));   // harmless once the text was told
  }).finally(() => worker.terminate());
}
