import { PDFDocument, StandardFonts, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';
import { drawPdf } from '../pdf/render-pdf.ts';
import type { PageOps } from '../pdf/ops.ts';
import type { Bound, Bundle, BundleFile } from './bundle.ts';
import { isDrawable } from './pictures.ts';
import { setContents, setPart, setPicture, numbered } from './set-pages.ts';

/** Pages of one file that are bound; of more it is listed only. */
const MOST_PAGES = 500;
/** One thing after the other: pages of ours, or those of a PDF. */
type Unit = { readonly ours: readonly PageOps[] } | { readonly source: PDFDocument } | null;

/** 装订: the same order as the table of contents; every page numbered, ours in our type, those of others with plain figures at the foot. */
export async function bind(bundle: Bundle): Promise<Bound> {
  const units: Unit[] = bundle.parts.map((part) => ({ ours: setPart(part) }));
  for (const file of bundle.files) units.push(await unitOf(file));
  const lengths = units.map((unit) => (unit === null ? 0 : 'ours' in unit ? unit.ours.length : unit.source.getPageCount()));
  // The numbers do not change how long the table is: it is set once to be measured, then with them.
  const head = setContents(bundle, lengths.map((length) => (length === 0 ? null : 999))).length;
  let next = head + 1;
  const begins = lengths.map((length) => { const begin = length === 0 ? null : next; next += length; return begin; });
  const front = setContents(bundle, begins);
  const pages = next - 1;
  const ours = [...front, ...units.flatMap((unit, at) => (unit !== null && 'ours' in unit ? unit.ours.map((ops, page) => numbered(ops, (begins[at] ?? 0) + page)) : []))].map((ops, at) => (at < head ? numbered(ops, at + 1) : ops));
  const book = await PDFDocument.load(await drawPdf(ours, { title: bundle.title, at: bundle.at, author: bundle.author, isDraft: false }), { updateMetadata: false });
  const figures = await book.embedFont(StandardFonts.Helvetica);
  for (const [at, unit] of units.entries()) {
    if (unit === null || 'ours' in unit) continue;
    const begin = begins[at] ?? 1;
    for (const [offset, page] of (await book.copyPages(unit.source, unit.source.getPageIndices())).entries()) {
      book.insertPage(begin - 1 + offset, page);
      stamp(page, figures, begin + offset);
    }
  }
  return { bytes: await book.save({ useObjectStreams: true }), pages, begins };
}

async function unitOf({ title, mediaType, bytes }: BundleFile): Promise<Unit> {
  if (bytes === null) return null;
  if (mediaType === 'application/pdf') {
    const source = await readable(bytes).catch(() => null);
    return source === null ? null : { source };
  }
  return isDrawable(bytes) ? { ours: [setPicture(title, bytes)] } : null;
}

/** A PDF whose pages can be copied: one with a password or without order throws, and is listed and not bound. */
async function readable(bytes: Uint8Array): Promise<PDFDocument | null> {
  const source = await PDFDocument.load(bytes, { updateMetadata: false });
  const count = source.getPageCount();
  if (count === 0 || count > MOST_PAGES) return null;
  await (await PDFDocument.create()).copyPages(source, source.getPageIndices());
  return source;
}

function stamp(page: PDFPage, font: PDFFont, number: number): void {
  const text = `- ${number} -`;
  page.drawText(text, { x: page.getWidth() / 2 - font.widthOfTextAtSize(text, 10) / 2, y: 14, size: 10, font });
}
