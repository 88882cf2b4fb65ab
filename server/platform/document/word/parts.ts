import { AlignmentType, LineRuleType, Paragraph, TextRun, type IParagraphOptions } from 'docx';
import type { Run, Face } from '#domain/paper/typeset/break-lines.ts';
import { charPitch, linePitch, MM, page as sheet, size } from '#domain/paper/typeset/measures.ts';

/** 书体名称 as the office's computers have them; Word falls back by itself where one is missing. */
const FAMILY: Readonly<Record<Face, string>> = { song: '宋体', fang: '仿宋_GB2312', hei: '黑体', kai: '楷体_GB2312', biaosong: '方正小标宋简体' };
/** Twips of millimetres. */
export const twips = (millimetres: number): number => Math.round(millimetres * MM * 20);
/** Twips of a line, never more than it has. */
export const linePitchTwips = (millimetres: number): number => Math.floor(millimetres * MM * 20);
/** Half points of points. */
export const half = (points: number): number => Math.round(points * 2);

export interface WordStyle { readonly points?: number; readonly color?: string; readonly isBold?: boolean }

/** 一段文字的各 runs. */
export const wordRuns = (runs: readonly Run[], { points = size.three, color, isBold = false }: WordStyle = {}): TextRun[] =>
  runs.map(({ text, face }) => new TextRun({ text, size: half(points), bold: isBold, font: { ascii: FAMILY[face], hAnsi: FAMILY[face], eastAsia: FAMILY[face], hint: 'eastAsia' }, ...(color === undefined ? {} : { color: color.replace('#', '') }) }));

/** 行距: fixed, so that a page holds its 22 lines whatever the face; rounded down, or the last of them would not fit by a hair. */
export const fixedLine = (millimetres = linePitch) => ({ line: linePitchTwips(millimetres), lineRule: LineRuleType.EXACT, before: 0, after: 0 });

/** No space of the program's own between digits and Chinese characters: lines break where the PDF's do. */
export const unspaced = { autoSpaceEastAsianText: false } as const;

/** 一段. `indent` in characters of the body. */
export function wordParagraph(runs: readonly Run[], { indent = 2, style = {}, line = linePitch, ...more }: { indent?: number; style?: WordStyle; line?: number } & Pick<IParagraphOptions, 'alignment' | 'border' | 'frame' | 'keepNext' | 'keepLines' | 'pageBreakBefore'> & { right?: number; before?: number } = {}): Paragraph {
  const { right = 0, before = 0, ...options } = more;
  return new Paragraph({
    ...unspaced, children: wordRuns(runs, style), spacing: { ...fixedLine(line), before: twips(before) },
    indent: { ...(indent >= 0 ? { firstLine: twips(indent * charPitch) } : { left: twips(-indent * charPitch), hanging: twips(0) }), right: twips(right) },
    alignment: AlignmentType.BOTH, ...options,
  });
}

/** 空行. */
export const blankLine = (lines = 1): Paragraph[] => Array.from({ length: lines }, () => new Paragraph({ children: [], spacing: fixedLine() }));
export const textWidthTwips = twips(sheet.textWidth);
