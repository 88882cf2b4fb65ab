import { addressOf } from './address.ts';
import type { TownshipFact } from './facts.ts';
import type { Mark } from './mark.ts';
import type { SheetFace } from './sheet.ts';
import { lookAt } from './sheet.ts';
import { suggestLists } from './suggest-lists.ts';
import { suggestNumbers } from './suggest-numbers.ts';
import { guessTemplate } from './text.ts';

/** 建议标记: what the printed words seem to ask for; the clerk confirms or changes each. */
export function suggestMarks(sheets: readonly SheetFace[], townships: readonly TownshipFact[]): Mark[] {
  return sheets.flatMap((sheet, index) => {
    const lists = suggestLists(sheet, index, townships);
    const covered = (row: number): boolean => lists.some((list) => row >= list.firstRow && row <= list.lastRow);
    const texts = sheet.cells.flatMap((cell): Mark[] => {
      const template = cell.formula === null && !covered(cell.row) ? guessTemplate(cell.text) : null;
      return template === null ? [] : [{ kind: 'text', sheet: index, cell: addressOf(lookAt(sheet).home(cell)), template }];
    });
    return [...texts, ...lists, ...suggestNumbers(sheet, index, townships, lists)];
  });
}
