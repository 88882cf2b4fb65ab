import { attachmentLines, paperDate, signatureRows, SEAL_PLACE, SIGN_DATE, SIGN_LINE, verificationLines, type PaperDocument, type Verification } from '#domain/paper/document.ts';
import type { Run } from '#domain/paper/typeset/break-lines.ts';
import { titleLines } from '#domain/paper/typeset/title-lines.ts';
import { charPitch, linePitch, MM, page as sheet, pageNumberDrop, size } from '#domain/paper/typeset/measures.ts';
import { makeRoom, put, skipLines, type Flow } from './flow.ts';
import { BLACK, type PageOps } from './ops.ts';
import { bodyStyle, putLine, putParagraph, widthIn, type Style } from './text.ts';

const fang = (text: string): Run[] => [{ text, face: 'fang' }];
/** 4号字 of the foot. */
export const smallStyle: Style = { points: size.four, line: 8.5, pitch: null };
const GREY = '#8C8C8C';
const song = (text: string): Run[] => [{ text, face: 'song' }];
/** 二维码边长, and how far right a code beside the signature reaches; millimetres. */
export const QR_SIDE = 20;
const BESIDE = 56;
/** 署名一行最多字数; a longer name is broken like a title. */
const NAME_MOST = 24;

/** 附件说明: a line below the text, names under names. */
export function putAttachments(flow: Flow, names: readonly string[]): void {
  if (names.length === 0) return;
  skipLines(flow, 1);
  const numbered = names.length > 1 ? 1 : 0;
  attachmentLines(names).forEach((line, at) => putParagraph(flow, fang(line), { indent: at === 0 ? -(3 + numbered) : -(3 + numbered), hang: 5 + numbered }));
}

/** 署名、成文日期、印章位置: with a seal the day stands four characters in and the name centred over it; the place is marked, no seal is drawn. */
export function putSignature(flow: Flow, { signature, date, hasSealPlace, verification }: PaperDocument): boolean {
  if (signature === null) return false;
  if (signature.includes('\n')) return putJointSignature(flow, { signature, date, hasSealPlace, verification });
  const day = fang(paperDate(date));
  const names = titleLines(signature, NAME_MOST).map(fang);
  const right = sheet.left + sheet.textWidth;
  const [dayWidth, nameWidth] = [widthIn(day, bodyStyle), Math.max(...names.map((name) => widthIn(name, bodyStyle)))];
  const dayX = right - 4 * charPitch - dayWidth - Math.max(0, nameWidth / 2 - dayWidth / 2 - 4 * charPitch);
  const centre = dayX + dayWidth / 2;
  const isBeside = verification !== null && centre - Math.max(nameWidth / 2, 21) > sheet.left + BESIDE;
  // What belongs together stays on one page: seal, name, day, and the code where it has no room beside them.
  makeRoom(flow, (4 + names.length) * linePitch + (verification === null || isBeside ? 0 : QR_SIDE + 4 + linePitch));
  skipLines(flow, 1);
  if (verification !== null && isBeside) putQrColumn(flow, verification);
  if (hasSealPlace) {
    const place = fang(SEAL_PLACE);
    putLine(flow, place, { x: centre - widthIn(place, smallStyle) / 2, style: { ...smallStyle, line: linePitch }, color: GREY });
    put(flow, { kind: 'seal', x: centre, y: sheet.top + flow.y + 2 * linePitch, radius: 21 });
  }
  flow.y += linePitch;
  for (const name of names) {
    putLine(flow, name, { x: centre - widthIn(name, bodyStyle) / 2, style: bodyStyle });
    flow.y += linePitch;
  }
  putLine(flow, day, { x: dayX, style: bodyStyle });
  flow.y += linePitch;
  return isBeside;
}

/** From the top of one row of seals to the next, in lines: a seal is 42 mm, and two must neither touch nor cross. */
const SEAL_ROW = 5;

/** 联合行文的署名: two bodies a row in their order, a place for a seal each; the last stands over the day, four characters in (7.3.5.1). */
function putJointSignature(flow: Flow, { signature, date, hasSealPlace, verification }: Pick<PaperDocument, 'signature' | 'date' | 'hasSealPlace' | 'verification'>): false {
  const rows = signatureRows(signature);
  const day = fang(paperDate(date));
  const dayWidth = widthIn(day, bodyStyle);
  const widest = Math.max(...rows.flat().map((name) => widthIn(fang(name), bodyStyle)));
  const right = Math.min(sheet.left + sheet.textWidth - 4 * charPitch - dayWidth / 2, sheet.left + sheet.textWidth - widest / 2);
  const left = sheet.left + Math.max(widest / 2, 21);
  rows.forEach((names, row) => {
    const isLast = row === rows.length - 1;
    makeRoom(flow, (isLast ? 5 : SEAL_ROW + 1) * linePitch + (isLast && verification !== null ? QR_SIDE + 4 : 0));
    skipLines(flow, 1);
    // A body alone in its row stands over the day.
    const centres = names.length === 1 ? [right] : [left, right];
    if (hasSealPlace) for (const centre of centres) {
      const place = fang(SEAL_PLACE);
      putLine(flow, place, { x: centre - widthIn(place, smallStyle) / 2, style: { ...smallStyle, line: linePitch }, color: GREY });
      put(flow, { kind: 'seal', x: centre, y: sheet.top + flow.y + 2 * linePitch, radius: 21 });
    }
    flow.y += linePitch;
    names.forEach((name, at) => { putLine(flow, fang(name), { x: (centres[at] ?? right) - widthIn(fang(name), bodyStyle) / 2, style: bodyStyle }); });
    flow.y += isLast ? linePitch : (SEAL_ROW - 2) * linePitch;
  });
  putLine(flow, day, { x: right - dayWidth / 2, style: bodyStyle });
  flow.y += linePitch;
  return false;
}

/** 签字处: side by side where they fit, each a place for a name and a day. */
export function putSignPlaces(flow: Flow, places: readonly string[], below: number): void {
  makeRoom(flow, linePitch + linePitch * 1.4 * places.length + below);
  skipLines(flow, 1);
  for (const place of places) {
    const label = fang(`${place}${SIGN_LINE}`);
    putLine(flow, label, { x: sheet.left + 2 * charPitch, style: bodyStyle });
    const from = sheet.left + 2 * charPitch + widthIn(label, bodyStyle);
    const y = sheet.top + flow.y + linePitch * 0.82;
    put(flow, { kind: 'line', x: from, toX: from + 45, y, toY: y, thick: 0.2, color: BLACK });
    putLine(flow, fang(SIGN_DATE), { x: from + 47, style: bodyStyle });
    flow.y += linePitch * 1.4;
  }
}

/** 附注. */
export function putNote(flow: Flow, note: string | null): void {
  if (note !== null) putParagraph(flow, fang(`（${note}）`));
}

/** 核验栏 in a line of its own: the QR code with both codes beside it. */
export function putVerification(flow: Flow, verification: Verification | null): void {
  if (verification === null) return;
  makeRoom(flow, QR_SIDE + 4);
  const y = flow.y + 3;
  put(flow, { kind: 'qr', x: sheet.left, y: sheet.top + y, side: QR_SIDE, text: verification.url });
  verificationLines(verification).forEach((line, at) => putLine(flow, song(line), { x: sheet.left + QR_SIDE + 3, y: y + 1.5 + at * 6.5, style: { points: 10.5, line: 6, pitch: null } }));
  flow.y = y + QR_SIDE;
}

/** 核验栏 beside the signature, the codes under the picture. */
function putQrColumn(flow: Flow, verification: Verification): void {
  const y = flow.y - 4;   // begins in the blank line above, so that it ends where the note begins
  put(flow, { kind: 'qr', x: sheet.left, y: sheet.top + y, side: QR_SIDE, text: verification.url });
  verificationLines(verification).forEach((line, at) => putLine(flow, song(line), { x: sheet.left, y: y + QR_SIDE + 1 + at * 4, style: { points: 8, line: 4, pitch: null } }));
}

/** 页码: outside under the text area, on the first `numbered` pages; a letter's first page and a paper of one plain page have none. */
export function putPageNumbers(pages: readonly PageOps[], layout: PaperDocument['layout'], numbered: number): void {
  pages.slice(0, numbered).forEach((ops, at) => {
    if ((layout === 'letter' && at === 0) || (layout === 'plain' && pages.length === 1)) return;
    const runs: Run[] = [{ text: `— ${at + 1} —`, face: 'song' }];
    const style: Style = { points: size.four, line: size.four / MM, pitch: null };
    const unit = size.four / MM;
    const x = at % 2 === 0 ? sheet.left + sheet.textWidth - unit - widthIn(runs, style) : sheet.left + unit;
    ops.push({ kind: 'text', x, baseline: sheet.top + sheet.textHeight + pageNumberDrop + 0.35 * size.four / MM, runs, points: size.four, pitch: null, stretch: 0, color: BLACK, isBold: false, isExtra: true });
  });
}
