import { AlignmentType, BorderStyle, Document, DocumentGridType, Footer, FrameAnchorType, Header, HorizontalPositionAlign, ImageRun, Packer, PageNumber, Paragraph, Tab, Table, TableCell, TableLayoutType, TableRow, TabStopType, TextRun, VerticalAlignTable, VerticalPositionAlign, WidthType, type FileChild } from 'docx';
import { toBuffer } from 'qrcode';
import { headingOf } from '#domain/paper/body-text.ts';
import { attachmentLines, paperDate, SEAL_PLACE, SIGN_DATE, SIGN_LINE, verificationLines, type PaperBlock, type PaperDocument, type TableColumn } from '#domain/paper/document.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { Face, Run } from '#domain/paper/typeset/break-lines.ts';
import { charPitch, letterHead, linePitch, MM, page as sheet, RED, size } from '#domain/paper/typeset/measures.ts';
import { titleLines } from '#domain/paper/typeset/title-lines.ts';
import { TITLE_MOST } from '../pdf/head.ts';
import { blankLine, fixedLine, half, textWidthTwips, twips, wordParagraph, wordRuns } from './parts.ts';

const run = (text: string, face: Face = 'fang'): Run[] => [{ text, face }];
const centred = { alignment: AlignmentType.CENTER, indent: 0 } as const;
const redLine = (style: 'single' | 'thick-thin', points: number) => ({ bottom: { style: style === 'single' ? BorderStyle.SINGLE : BorderStyle.THICK_THIN_SMALL_GAP, size: points * 8, color: RED.replace('#', ''), space: Math.round(letterHead.lineGap * MM) } });

/** Word: the same paper with the faces an office has; its text is the PDF's, word for word. `at` is the time written into the file. */
export async function renderWord(paper: PaperDocument, { author }: { author: string }): Promise<Buffer> {
  const isLetter = paper.layout === 'letter';
  const document = new Document({
    title: paper.title, creator: author, lastModifiedBy: author, evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { size: half(size.three), font: { ascii: '仿宋_GB2312', hAnsi: '仿宋_GB2312', eastAsia: '仿宋_GB2312' } } } } },
    sections: [{
      properties: {
        titlePage: isLetter,
        page: { size: { width: twips(sheet.width), height: twips(sheet.height) }, margin: { top: twips(sheet.top), left: twips(sheet.left), bottom: twips(sheet.height - sheet.top - sheet.textHeight), right: twips(sheet.width - sheet.left - sheet.textWidth), header: twips(15), footer: twips(24) } },
        grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: twips(linePitch), charSpace: Math.round((charPitch * MM - size.three) * 4096) },
      },
      headers: paper.isDraft ? headersOf() : {},
      footers: { default: pageFooter(AlignmentType.RIGHT), even: pageFooter(AlignmentType.LEFT), ...(isLetter ? { first: new Footer({ children: [new Paragraph({ children: [] })] }) } : {}) },
      children: await childrenOf(paper),
    }],
  });
  return Packer.toBuffer(document);
}

async function childrenOf(paper: PaperDocument): Promise<FileChild[]> {
  return [
    ...headOf(paper),
    ...titleLines(paper.title, TITLE_MOST, paper.kept).map((line) => wordParagraph(run(line, 'biaosong'), { ...centred, style: { points: size.two }, line: linePitch * 1.2 })),
    ...blankLine(), ...(paper.addressee === null ? [] : [wordParagraph(run(`${paper.addressee}：`), { indent: 0 })]),
    ...paper.blocks.flatMap(blockOf),
    ...(paper.attachments.length === 0 ? [] : [...blankLine(), ...attachmentLines(paper.attachments).map((line) => wordParagraph(run(line)))]),
    ...signatureOf(paper), ...(paper.note === null ? [] : [wordParagraph(run(`（${paper.note}）`))]),
    ...await verificationOf(paper), ...imprintOf(paper),
  ];
}

function headOf({ layout, mark, number, signer }: PaperDocument): Paragraph[] {
  const markPoints = (most: number, width: number) => Math.min(most, width * MM / Math.max([...(mark ?? '')].length, 1) * 0.97);
  if (layout === 'plain') return [wordParagraph(run(number ?? ''), { indent: 0, alignment: AlignmentType.RIGHT, style: { points: size.four } }), ...blankLine()];
  if (layout === 'letter') {
    const points = markPoints(34, letterHead.lineWidth - 10);
    return [
      new Paragraph({ children: wordRuns(run(mark ?? '', 'biaosong'), { points, color: RED }), alignment: AlignmentType.CENTER, spacing: fixedLine(points / MM * 1.2), indent: { left: -twips(7), right: -twips(7) }, border: redLine('thick-thin', 2.25) }),
      wordParagraph(run(number ?? ''), { indent: 0, alignment: AlignmentType.RIGHT, before: 2 }), ...blankLine(2),
    ];
  }
  const points = markPoints(40, sheet.textWidth);
  const line = signer === null ? wordRuns(run(number ?? '')) : [...wordRuns(run(`　${number ?? ''}`)), new TextRun({ children: [new Tab()] }), ...wordRuns([...run('签发人：'), ...run(signer, 'kai')])];
  return [
    new Paragraph({ children: wordRuns(run(mark ?? '', 'biaosong'), { points, color: RED }), alignment: AlignmentType.CENTER, spacing: { ...fixedLine(points / MM * 1.2), before: twips(35) } }), ...blankLine(2),
    new Paragraph({ children: line, alignment: signer === null ? AlignmentType.CENTER : AlignmentType.LEFT, spacing: fixedLine(), border: redLine('single', 2), tabStops: [{ type: TabStopType.RIGHT, position: textWidthTwips - twips(charPitch) }] }),
    ...blankLine(2),
  ];
}

function blockOf(block: PaperBlock): FileChild[] {
  if (block.kind === 'table') return [tableOf(block.columns, block.rows), ...blankLine()];
  if (block.kind === 'sign-places') return block.places.flatMap((place) => [...blankLine(), new Paragraph({ children: [...wordRuns(run(`${place}${SIGN_LINE}`)), ...wordRuns(run('　　　　　　　　')), ...wordRuns(run(SIGN_DATE))], spacing: fixedLine(), indent: { firstLine: twips(2 * charPitch) }, keepLines: true })]);
  const { heading, rest } = headingOf(block.level, block.text);
  return [wordParagraph([...run(heading, block.level === 1 ? 'hei' : 'kai'), ...run(rest)].filter(({ text }) => text !== ''), { keepNext: rest === '' && heading !== '' })];
}

function tableOf(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): Table {
  const all = columns.reduce((sum, column) => sum + column.share, 0);
  const widths = columns.map((column) => Math.floor(textWidthTwips * column.share / all));
  const cell = (text: string, at: number, face: Face) => new TableCell({ width: { size: widths[at] ?? 0, type: WidthType.DXA }, verticalAlign: VerticalAlignTable.CENTER, margins: { left: 60, right: 60, top: 30, bottom: 30 }, children: [new Paragraph({ children: wordRuns(run(text, face), { points: size.smallFour }), spacing: fixedLine(20 / MM) })] });
  const row = (texts: readonly string[], face: Face, tableHeader: boolean) => new TableRow({ tableHeader, cantSplit: true, children: texts.map((text, at) => cell(text, at, face)) });
  return new Table({ layout: TableLayoutType.FIXED, columnWidths: widths, width: { size: textWidthTwips, type: WidthType.DXA }, rows: [row(columns.map((column) => column.title), 'hei', true), ...rows.map((texts) => row(texts, 'fang', false))] });
}

/** Name centred over the day, the day four characters in: both are centred in what the right indent leaves. */
function signatureOf({ signature, date, hasSealPlace }: PaperDocument): Paragraph[] {
  if (signature === null) return [];
  const day = paperDate(date);
  const wide = (text: string) => [...text].reduce((sum, char) => sum + (/[ -~]/.test(char) ? 0.5 : 1), 0);
  const [dayWide, nameWide] = [wide(day), wide(signature)];
  const right = Math.max(4 - Math.max(0, (nameWide - dayWide) / 2), 0);
  const width = Math.max(dayWide, nameWide);
  const placed = (text: string, style = {}) => new Paragraph({ children: wordRuns(run(text), style), alignment: AlignmentType.CENTER, spacing: fixedLine(), keepNext: true, keepLines: true, indent: { left: textWidthTwips - twips((width + right) * charPitch), right: twips(right * charPitch) } });
  return [...blankLine(), ...(hasSealPlace ? [placed(SEAL_PLACE, { points: size.four, color: '#8C8C8C' })] : []), placed(signature), placed(day)];
}

async function verificationOf({ verification }: PaperDocument): Promise<Paragraph[]> {
  if (verification === null) return [];
  const data = await toBuffer(verification.url, { margin: 0, width: 300, errorCorrectionLevel: 'M' });
  const line = (text: string) => new Paragraph({ children: wordRuns(run(text, 'song'), { points: 10.5 }), spacing: fixedLine(6) });
  return [
    new Paragraph({ spacing: { before: twips(3) }, keepNext: true, children: [new ImageRun({ type: 'png', data, transformation: { width: 76, height: 76 }, altText: { name: '核验二维码', title: '核验二维码', description: `核验二维码，地址 ${verification.url}` } })] }),
    ...verificationLines(verification).map(line),
  ];
}

/** 版记 in a frame at the foot of the page it falls on. */
function imprintOf({ copies, printed }: PaperDocument): Paragraph[] {
  const edge = (thick: number) => ({ style: BorderStyle.SINGLE, size: thick, color: '000000', space: 1 });
  const unit = size.four / MM;
  const frame = { type: 'alignment' as const, width: textWidthTwips, height: 0, anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN }, alignment: { x: HorizontalPositionAlign.LEFT, y: VerticalPositionAlign.BOTTOM } };
  const copyLine = copies === null ? [] : [new Paragraph({ frame, children: wordRuns(run(`抄送：${copies}。`), { points: size.four }), spacing: fixedLine(8.5), indent: { left: twips(4 * unit), hanging: twips(3 * unit), right: twips(unit) }, border: { top: edge(8), bottom: edge(printed === null ? 8 : 6) } })];
  const printLine = printed === null ? [] : [new Paragraph({ frame, children: [...wordRuns(run(printed.by), { points: size.four }), new TextRun({ children: [new Tab()] }), ...wordRuns(run(`${dateText(printed.on)}印发`), { points: size.four })], spacing: fixedLine(8.5), indent: { left: twips(unit), right: twips(unit) }, tabStops: [{ type: TabStopType.RIGHT, position: textWidthTwips - twips(unit) }], border: { ...(copies === null ? { top: edge(8) } : {}), bottom: edge(8) } })];
  return [...copyLine, ...printLine];
}

function headersOf() {
  const header = () => new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: wordRuns(run('拟稿　未签发', 'hei'), { color: '#8C8C8C' }) })] });
  return { default: header(), even: header(), first: header() };
}

function pageFooter(alignment: typeof AlignmentType.RIGHT | typeof AlignmentType.LEFT): Footer {
  const unit = twips(size.four / MM);
  return new Footer({ children: [new Paragraph({ alignment, indent: { left: unit, right: unit }, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: half(size.four), font: { ascii: '宋体', hAnsi: '宋体', eastAsia: '宋体' } })] })] });
}
