import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfFault, PdfLimits, PdfText } from './read-pdf.ts';

/** 读取任务: what the thread is started with. */
export interface PdfTask { readonly path: string; readonly limits: PdfLimits }
/** 读取消息: the one thing it sends. */
export interface PdfMessage { readonly found: PdfText | PdfFault }

// Fonts that are not embedded are written in codes of the old Chinese character sets: their tables lie beside the library.
const library = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));

async function textOf({ path, limits }: PdfTask): Promise<PdfText> {
  const bytes = await readFile(path);
  // A picture is a stream of its own, whose dictionary is never packed: its name stands in the bytes.
  const hasPictures = /\/Subtype\s*\/Image\b|\/ImageMask\b/.test(bytes.toString('latin1'));
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0, cMapUrl: `${library}/cmaps/`, cMapPacked: true, standardFontDataUrl: `${library}/standard_fonts/`, stopAtErrors: false }).promise;
  const pages: string[] = [];
  const beside: string[] = [await properties(pdf)];
  let [size, hasFiles] = [0, false];
  for (let number = 1; number <= Math.min(pdf.numPages, limits.pages) && size < limits.chars; number += 1) {
    const page = await pdf.getPage(number);
    const text = await wordsOf(page);
    pages.push(text);
    const notes: unknown[] = await page.getAnnotations();
    beside.push(...notes.flatMap(wordsOfNote));
    hasFiles ||= notes.some((note) => typeof note === 'object' && note !== null && 'subtype' in note && note.subtype === 'FileAttachment');
    size += text.length;
    page.cleanup();
  }
  return {
    pages, beside: beside.filter((line) => line !== '').join('\n'), wordless: pages.flatMap((text, at) => (isReadable(text) ? [] : [at + 1])), hasPictures,
    hasFiles: hasFiles || ((await pdf.getAttachments())?.size ?? 0) > 0, isCut: pages.length < pdf.numPages,
  };
}

async function wordsOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
}

/** What was noted on a page or filled into one of its fields. */
function wordsOfNote(note: unknown): string[] {
  if (typeof note !== 'object' || note === null) return [];
  const [filled, said] = ['fieldValue' in note ? note.fieldValue : null, 'contentsObj' in note ? note.contentsObj : null];
  const words = typeof said === 'object' && said !== null && 'str' in said ? said.str : null;
  return [filled, words].filter((one): one is string => typeof one === 'string' && one !== '');
}

async function properties(pdf: PDFDocumentProxy): Promise<string> {
  const { info } = await pdf.getMetadata();
  return Object.values(info).filter((one): one is string => typeof one === 'string').join('\n');
}

/** Text one can read: a font without a table of its characters comes out as signs of private use, which is no text. */
function isReadable(text: string): boolean {
  const letters = Array.from(text.replaceAll(/\s/g, ''));
  const strange = letters.filter((letter) => /[\p{Co}\p{Cn}\p{Cc}\uFFFD]/u.test(letter)).length;
  return letters.length > 0 && strange * 5 < letters.length;
}

const faultOf = (error: unknown): PdfFault => (error instanceof Error && error.name === 'PasswordException' ? 'password' : 'broken');

if (parentPort !== null) {
  const port = parentPort;
  const task: PdfTask = workerData;
  void textOf(task).catch(faultOf).then((found) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
    port.postMessage({ found } satisfies PdfMessage);
    port.close();
  });
}
