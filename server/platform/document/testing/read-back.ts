import { fromBufferPromise } from 'yauzl';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { MM } from '#domain/paper/typeset/measures.ts';

/** 一段读回的文字: where it stands, in millimetres from the page's upper left corner. */
export interface Piece { readonly page: number; readonly text: string; readonly x: number; readonly right: number; readonly baseline: number; readonly points: number; readonly isExtra: boolean }

/** 读回 PDF: every piece of text in drawing order; what is marked as an artifact is told apart. */
export async function readPdf(bytes: Uint8Array): Promise<{ pages: number; title: string; pieces: Piece[] }> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pieces: Piece[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { height } = page.getViewport({ scale: 1 });
    let depth = 0;
    for (const item of (await page.getTextContent({ includeMarkedContent: true, disableNormalization: true })).items) {
      if (!('str' in item)) depth += item.type === 'endMarkedContent' ? -1 : 1;
      else if (item.str.trim() !== '') pieces.push({ page: number, text: item.str, x: Number(item.transform[4]) / MM, right: (Number(item.transform[4]) + item.width) / MM, baseline: (height - Number(item.transform[5])) / MM, points: Number(item.transform[0]), isExtra: depth > 0 });
    }
  }
  const { info } = await pdf.getMetadata();
  await pdf.loadingTask.destroy();
  return { pages: pdf.numPages, title: 'Title' in info ? String(info.Title) : '', pieces };
}

/** 读回 Word: the parts of the package as text. */
export async function readWord(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(Buffer.from(chunk as Uint8Array));
    parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
  }
  return parts;
}

/** 文字 of a Word body, without its markup. */
export const wordText = (xml: string): string => [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text = '']) => text).join('').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
/** 去空白, for comparing. */
export const squeezed = (text: string): string => text.replaceAll(/[\s　]/g, '');
