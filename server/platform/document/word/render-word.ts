import { AlignmentType, BorderStyle, Document, DocumentGridType, Footer, FrameAnchorType, Header, ImageRun, Packer, PageNumber, Paragraph, SectionType, Tab, RelativeHorizontalPosition, Table, TableAnchorType, TableBorders, TableCell, TableLayoutType, TableRow, TabStopType, TextRun, VerticalAlignTable, WidthType, type FileChild, type IParagraphOptions } from 'docx';
import { toBuffer } from 'qrcode';
import { headingOf } from '#domain/paper/body-text.ts';
import { attachmentLines, paperDate, signatureRows, SEAL_PLACE, SIGN_DATE, SIGN_LINE, verificationLines, type PaperBlock, type PaperDocument, type TableColumn } from '#domain/paper/document.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { Face, Run } from '#domain/paper/typeset/break-lines.ts';
import { charPitch, letterHead, linePitch, MM, page as sheet, RED, size } from '#domain/paper/typeset/measures.ts';
import { signerRows } from '#domain/paper/typeset/signers.ts';
import { titleLines } from '#domain/paper/typeset/title-lines.ts';
import { TITLE_MOST } from '../pdf/head.ts';
import { imprintHeight } from '../pdf/imprint.ts';
import { layOut } from '../pdf/lay-out.ts';
import { CELL_PAD } from '../pdf/table.ts';
import { blankLine, fixedLine, half, linePitchTwips, textWidthTwips, twips, unspaced, wordParagraph, wordRuns } from './parts.ts';

const run = (text: string, face: Face = 'fang'): Run[] => [{ text, face }];
const centred = { alignment: AlignmentType.CENTER, indent: 0 } as const;
const redLine = (style: 'single' | 'thick-thin', points: number) => ({ bottom: { style: style === 'single' ? BorderStyle.SINGLE : BorderStyle.THICK_THIN_SMALL_GAP, size: points * 8, color: RED.replace('#', ''), space: Math.round(letterHead.lineGap * MM) } });

/**
 * Word: the same paper with the faces an office has; its text is the PDF's, word for word. `at` is the time written into the file.
 *
 * Where the imprint stands on a page of its own in the PDF it begins a section on the next even page: the office program puts the blank page in.
 */
export async function renderWord(paper: PaperDocument, { author }: { author: string }): Promise<Buffer> {
  const { imprint, pages } = layOut(paper);
  const isApart = imprint === 'next-page' || imprint === 'after-blank';
  const section = sectionOf(paper, pages.length);
  const document = new Document({
    title: paper.title, creator: author, lastModifiedBy: author, evenAndOddHeaderAndFooters: true,
    // Said of the style itself too: not every office program looks at the defaults.
    styles: { default: { document: { run: bodyRun } }, paragraphStyles: [{ id: 'Normal', name: 'Normal', quickFormat: true, run: bodyRun }] },
    sections: [
      { ...section, properties: { ...section.properties, titlePage: paper.layout === 'letter' }, children: [...await childrenOf(paper), ...(isApart ? [] : imprintOf(paper))] },
      ...(isApart ? [{
        ...section, properties: { ...section.properties, type: paper.layout === 'document' ? SectionType.EVEN_PAGE : SectionType.NEXT_PAGE },
        ...(imprint === 'after-blank' ? { footers: { default: noFooter(), even: noFooter() } } : {}),
        children: imprintOf(paper),
      }] : []),
    ],
  });
  return Packer.toBuffer(document);
}

/** What makes 28 characters of 3号字 fill a line; rounded so that the last of them still fits. */
const charSpacingTwips = Math.floor((charPitch * MM - size.three) * 20);
const bodyRun = { size: half(size.three), characterSpacing: charSpacingTwips, font: { ascii: '仿宋_GB2312', hAnsi: '仿宋_GB2312', eastAsia: '仿宋_GB2312' } };

/** From the edge of the sheet to the foot of the first page's footer, and how far above it page numbers stand, in millimetres. */
const footDrop = 19;
const pageNumberRise = 5;

/** 页面设置: margins, grid, draft mark and page numbers. */
function sectionOf({ layout, isDraft }: PaperDocument, pages: number) {
  return {
    properties: {
      page: { size: { width: twips(sheet.width), height: twips(sheet.height) }, margin: { top: twips(sheet.top), left: twips(sheet.left), bottom: twips(sheet.height - sheet.top - sheet.textHeight), right: twips(sheet.width - sheet.left - sheet.textWidth), header: twips(15), footer: twips(footDrop) } },
      // No grid is switched on: 22 lines come from fixed line spacing and 28 characters from the style's spacing, which every office program keeps, while grids are read in different ways.
      grid: { type: DocumentGridType.DEFAULT, linePitch: linePitchTwips(linePitch) },
    },
    headers: isDraft ? headersOf() : {},
    // As in the PDF: a plain paper of one page has no number.
    footers: layout === 'plain' && pages === 1 ? {} : { default: pageFooter(AlignmentType.RIGHT), even: pageFooter(AlignmentType.LEFT), ...(layout === 'letter' ? { first: letterFooter() } : {}) },
  };
}

async function childrenOf(paper: PaperDocument): Promise<FileChild[]> {
  return [
    ...headOf(paper),
    ...titleLines(paper.title, TITLE_MOST, paper.kept).map((line) => wordParagraph(run(line.trim(), 'biaosong'), { ...centred, style: { points: size.two }, line: linePitch * 1.2 })),
    ...blankLine(), ...(paper.addressee === null ? [] : [wordParagraph(run(`${paper.addressee}：`), { indent: 0 })]),
    ...paper.blocks.flatMap(blockOf),
    ...(paper.attachments.length === 0 ? [] : [...blankLine(), ...attachmentLines(paper.attachments).map((line) => wordParagraph(run(line)))]),
    ...signatureOf(paper), ...(paper.note === null ? [] : [wordParagraph(run(`（${paper.note}）`))]),
    ...await verificationOf(paper),
  ];
}

function headOf({ layout, mark, number, signer }: PaperDocument): Paragraph[] {
  const markPoints = (most: number, width: number) => Math.min(most, width * MM / Math.max([...(mark ?? '')].length, 1) * 0.97);
  if (layout === 'plain') return [wordParagraph(run(number ?? ''), { indent: 0, alignment: AlignmentType.RIGHT, style: { points: size.four } }), ...blankLine()];
  if (layout === 'letter') {
    const points = markPoints(34, letterHead.lineWidth - 10);
    return [
      new Paragraph({
        children: wordRuns(run(mark ?? '', 'biaosong'), { points, color: RED }), alignment: AlignmentType.CENTER, spacing: fixedLine(points / MM * 1.2), border: redLine('thick-thin', 2.25),
        frame: { type: 'absolute', position: { x: twips((sheet.width - letterHead.lineWidth) / 2), y: twips(letterHead.markTop - points / MM * 0.1) }, width: twips(letterHead.lineWidth), height: 0, anchor: { horizontal: FrameAnchorType.PAGE, vertical: FrameAnchorType.PAGE } },
      }),
      wordParagraph(run(number ?? ''), { indent: 0, alignment: AlignmentType.RIGHT, before: 2 }), ...blankLine(2),
    ];
  }
  const points = markPoints(40, sheet.textWidth);
  const rows = signer === null ? [] : signerRows(signer);
  const numbered = (children: TextRun[], isLast: boolean) => new Paragraph({ children, alignment: signer === null ? AlignmentType.CENTER : AlignmentType.LEFT, spacing: fixedLine(), ...(isLast ? { border: redLine('single', 2) } : {}), tabStops: [{ type: TabStopType.RIGHT, position: textWidthTwips - twips(charPitch) }] });
  const signed = rows.map((names, at) => numbered([...wordRuns(run(at === rows.length - 1 ? `　${number ?? ''}` : '')), new TextRun({ children: [new Tab()] }), ...wordRuns([...run(at === 0 ? '签发人：' : ''), ...run(names, 'kai')])], at === rows.length - 1));
  return [
    new Paragraph({ children: wordRuns(run(mark ?? '', 'biaosong'), { points, color: RED }), alignment: AlignmentType.CENTER, spacing: { ...fixedLine(points / MM * 1.2), before: twips(35) } }), ...blankLine(2),
    ...(signer === null ? [numbered(wordRuns(run(number ?? '')), true)] : signed),
    ...blankLine(2),
  ];
}

function blockOf(block: PaperBlock): FileChild[] {
  if (block.kind === 'table') return [tableOf(block.columns, block.rows), ...blankLine()];
  if (block.kind === 'sign-places') return block.places.map((place) => new Paragraph({ children: [...wordRuns(run(`${place}${SIGN_LINE}`)), new TextRun({ text: '　　　　　　　　', underline: {}, size: half(size.three) }), ...wordRuns(run(SIGN_DATE))], spacing: { ...fixedLine(), before: twips(linePitch * 0.4) }, indent: { firstLine: twips(2 * charPitch) }, keepLines: true }));
  const { heading, rest } = headingOf(block.level, block.text);
  return [wordParagraph([...run(heading, block.level === 1 ? 'hei' : 'kai'), ...run(rest)].filter(({ text }) => text !== ''), { keepNext: rest === '' && heading !== '' })];
}

function tableOf(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): Table {
  const all = columns.reduce((sum, column) => sum + column.share, 0);
  const widths = columns.map((column) => Math.floor(textWidthTwips * column.share / all));
  const cell = (text: string, at: number, face: Face) => new TableCell({ width: { size: widths[at] ?? 0, type: WidthType.DXA }, margins: { left: twips(CELL_PAD), right: twips(CELL_PAD), top: twips(CELL_PAD), bottom: twips(CELL_PAD) }, children: [new Paragraph({ ...unspaced, children: wordRuns(run(text, face), { points: size.smallFour }), spacing: fixedLine(20 / MM) })] });
  const row = (texts: readonly string[], face: Face, tableHeader: boolean) => new TableRow({ tableHeader, cantSplit: true, children: texts.map((text, at) => cell(text, at, face)) });
  return new Table({ layout: TableLayoutType.FIXED, columnWidths: widths, width: { size: textWidthTwips, type: WidthType.DXA }, rows: [row(columns.map((column) => column.title), 'hei', true), ...rows.map((texts) => row(texts, 'fang', false))] });
}

/** Name centred over the day, the day four characters in: both are centred in what the right indent leaves. */
function signatureOf({ signature, date, hasSealPlace }: PaperDocument): Paragraph[] {
  if (signature === null) return [];
  const day = paperDate(date);
  if (signature.includes('\n')) return jointSignatureOf(signatureRows(signature), day, hasSealPlace);
  const wide = (text: string) => [...text].reduce((sum, char) => sum + (/[ -~]/.test(char) ? 0.5 : 1), 0);
  const [dayWide, nameWide] = [wide(day), wide(signature)];
  const right = Math.max(4 - Math.max(0, (nameWide - dayWide) / 2), 0);
  // Wider by as much on both sides, so that a face with broader digits breaks no line; what is centred stays where it is.
  const slack = Math.min(right, 3);
  const width = Math.max(dayWide, nameWide);
  const placed = (text: string, style = {}) => new Paragraph({ ...unspaced, children: wordRuns(run(text), style), alignment: AlignmentType.CENTER, spacing: fixedLine(), keepNext: true, keepLines: true, indent: { left: Math.max(0, textWidthTwips - twips((width + right + slack) * charPitch)), right: twips((right - slack) * charPitch) } });
  return [...blankLine(), ...(hasSealPlace ? [placed(SEAL_PLACE, { points: size.four, color: '#8C8C8C' })] : []), placed(signature), placed(day)];
}

/** 联合行文的署名, as in the PDF: two bodies a row at two centred stops, the last over the day. */
function jointSignatureOf(rows: readonly (readonly string[])[], day: string, hasSealPlace: boolean): Paragraph[] {
  const stops = [{ type: TabStopType.CENTER, position: twips(39) }, { type: TabStopType.CENTER, position: textWidthTwips - twips(8 * charPitch) }];
  const line = (texts: readonly string[], style = {}) => new Paragraph({
    children: (texts.length === 1 ? ['', ...texts] : texts).flatMap((text) => [new TextRun({ children: [new Tab()] }), ...wordRuns(run(text), style)]), spacing: fixedLine(), tabStops: stops, keepNext: true, keepLines: true,
  });
  return rows.flatMap((names, at) => [
    ...blankLine(at === 0 ? 1 : 3), ...(hasSealPlace ? [line(names.map(() => SEAL_PLACE), { points: size.four, color: '#8C8C8C' })] : []), line(names), ...(at === rows.length - 1 ? [line([day])] : []),
  ]);
}

/** 核验栏: the code with its words beside it, as in the PDF. */
async function verificationOf({ verification }: PaperDocument): Promise<FileChild[]> {
  if (verification === null) return [];
  const data = await toBuffer(verification.url, { margin: 0, width: 300, errorCorrectionLevel: 'M' });
  const picture = new ImageRun({ type: 'png', data, transformation: { width: 76, height: 76 }, altText: { name: '核验二维码', title: '核验二维码', description: `核验二维码，地址 ${verification.url}` } });
  const lines = verificationLines(verification).map((text) => new Paragraph({ children: wordRuns(run(text, 'song'), { points: 10.5 }), spacing: fixedLine(6) }));
  const [left, right] = [twips(23), textWidthTwips - twips(23)];
  const cell = (width: number, children: Paragraph[]) => new TableCell({ width: { size: width, type: WidthType.DXA }, margins: { left: 0, right: 0, top: 0, bottom: 0 }, verticalAlign: VerticalAlignTable.CENTER, children });
  return [new Table({
    layout: TableLayoutType.FIXED, columnWidths: [left, right], width: { size: textWidthTwips, type: WidthType.DXA }, borders: TableBorders.NONE,
    rows: [new TableRow({ cantSplit: true, children: [cell(left, [new Paragraph({ children: [picture] })]), cell(right, lines)] })],
  }), new Paragraph({ children: [], spacing: fixedLine(0.5) })];
}

/**
 * 版记: a table that floats at the foot of the text area of the page on which the paragraph behind it stands; a letter's has no lines.
 * A table and not a frame: office programs other than Word leave frames where they are.
 */
function imprintOf({ layout, copies, printed }: PaperDocument): FileChild[] {
  if (copies === null && printed === null) return [];
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const edge = (size: number) => (layout === 'letter' ? none : { style: BorderStyle.SINGLE, size, color: '000000' });
  const unit = twips(size.four / MM);
  const cell = (text: string, width: number, more: Pick<IParagraphOptions, 'alignment' | 'indent'>, span = 1) => new TableCell({
    width: { size: width, type: WidthType.DXA }, columnSpan: span, margins: { left: 0, right: 0, top: 0, bottom: 0 }, verticalAlign: VerticalAlignTable.CENTER, borders: { left: none, right: none },
    children: [new Paragraph({ children: wordRuns(run(text), { points: size.four }), spacing: fixedLine(8.5), ...more })],
  });
  const [left, right] = [Math.round(textWidthTwips * 0.6), textWidthTwips - Math.round(textWidthTwips * 0.6)];
  const rows = [
    ...(copies === null ? [] : [new TableRow({ cantSplit: true, children: [cell(`抄送：${copies}。`, textWidthTwips, { alignment: AlignmentType.BOTH, indent: { left: 4 * unit, hanging: 3 * unit, right: unit } }, 2)] })]),
    ...(printed === null ? [] : [new TableRow({ cantSplit: true, children: [cell(printed.by, left, { indent: { left: unit } }), cell(`${dateText(printed.on)}印发`, right, { alignment: AlignmentType.RIGHT, indent: { right: unit } })] })]),
  ];
  return [
    new Table({
      rows, layout: TableLayoutType.FIXED, columnWidths: [left, right], width: { size: textWidthTwips, type: WidthType.DXA }, indent: { size: 0, type: WidthType.DXA }, borders: { top: edge(8), bottom: edge(8), left: none, right: none, insideHorizontal: edge(6), insideVertical: none },
      float: { horizontalAnchor: TableAnchorType.MARGIN, verticalAnchor: TableAnchorType.MARGIN, relativeHorizontalPosition: RelativeHorizontalPosition.LEFT, absoluteVerticalPosition: twips(sheet.textHeight - imprintHeight({ copies, printed })), leftFromText: 0, rightFromText: 0, topFromText: 0, bottomFromText: 0 },
    }),
    new Paragraph({ children: [], spacing: fixedLine(0.5) }),
  ];
}

function headersOf() {
  const header = () => new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: wordRuns(run('拟稿　未签发', 'hei'), { color: '#8C8C8C' }) })] });
  return { default: header(), even: header(), first: header() };
}

/** 信函首页下端的红色双线: thin over thick, 20 mm from the edge; no page number. */
const letterFooter = () => new Footer({ children: [new Paragraph({
  children: [], spacing: { ...fixedLine(1), after: twips(letterHead.footLine - footDrop) }, indent: { left: -twips((letterHead.lineWidth - sheet.textWidth) / 2), right: -twips((letterHead.lineWidth - sheet.textWidth) / 2) },
  border: { bottom: { style: BorderStyle.THIN_THICK_SMALL_GAP, size: 18, color: RED.replace('#', ''), space: 0 } },
})] });
const noFooter = () => new Footer({ children: [new Paragraph({ children: [] })] });

function pageFooter(alignment: typeof AlignmentType.RIGHT | typeof AlignmentType.LEFT): Footer {
  const unit = twips(size.four / MM);
  return new Footer({ children: [new Paragraph({ alignment, indent: { left: unit, right: unit }, spacing: { after: twips(pageNumberRise) }, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: half(size.four), font: { ascii: '宋体', hAnsi: '宋体', eastAsia: '宋体' } })] })] });
}
