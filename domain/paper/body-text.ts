import { defineRule, houseConvention } from '#domain/kernel/rule.ts';
import type { PaperBlock, Level } from './document.ts';

const MARKS: readonly (readonly [Level, RegExp])[] = [[1, /^[一二三四五六七八九十]+、/], [2, /^（[一二三四五六七八九十]+）/], [3, /^\d+[.．]/], [4, /^（\d+）/]];

/** 层次 of a paragraph, by the mark it begins with. */
export const levelOf = (text: string): Level => MARKS.find(([, mark]) => mark.test(text))?.[0] ?? 0;

/** 正文分段: each line that is not blank is a paragraph; 一、（一）1.（1） give its level. ASCII brackets of a mark are read as Chinese ones. */
export function paragraphsOf(text: string): PaperBlock[] {
  return text.split(/\r?\n/).map((line) => line.replace(/^[\s　]+|[\s　]+$/g, '')).filter((line) => line !== '')
    .map((line) => line.replace(/^\(([一二三四五六七八九十]+|\d+)\)/, '（$1）'))
    .map((line) => ({ kind: 'paragraph', level: levelOf(line), text: line }));
}

/** 段首标题: a heading of level 1 or 2 goes to its first 。, what follows is plain text. */
export function headingOf(level: Level, text: string): { readonly heading: string; readonly rest: string } {
  if (level !== 1 && level !== 2) return { heading: '', rest: text };
  const end = text.indexOf('。');
  return end === -1 ? { heading: text, rest: '' } : { heading: text.slice(0, end + 1), rest: text.slice(end + 1) };
}

/** 分行填写: one entry a line; blank lines are left out. */
export const linesOf = (text: string): string[] => text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');

/** 每格不过长: a cell of a table stays well below a page, so that its row can stand whole. */
export const cellsFit = defineRule<{ readonly title: string; readonly rows: readonly (readonly string[])[] }>({
  id: 'paper.cells-fit',
  source: houseConvention('文书'),
  broken: ({ title, rows }) => [
    rows.length > 500 && `${title}有${rows.length}行，一份清单最多500行，请分成几份`,
    ...rows.map((cells, at) => cells.some((cell) => Array.from(cell).length > 200) && `${title}第${at + 1}行有一格超过200个字，请写简短些，详细内容另附材料`),
  ],
});

/** 分栏填写: one row a line, cells parted by a tab (as copied out of a sheet) or ｜; missing cells are blank, what is too many joins the last. */
export function rowsOf(text: string, width: number): string[][] {
  return linesOf(text).map((line) => {
    const cells = line.split(/\t|[|｜]/).map((cell) => cell.trim());
    return [...cells.slice(0, width - 1), cells.slice(width - 1).join(' ')].concat(Array.from({ length: width }, () => '')).slice(0, width);
  });
}
