import { addressOf } from './address.ts';
import type { TownshipFact } from './facts.ts';
import type { Mark } from './mark.ts';
import type { SheetFace } from './sheet.ts';
import { lookAt } from './sheet.ts';
import { isEmpty, suggestLists } from './suggest-lists.ts';
import { suggestNumbers } from './suggest-numbers.ts';
import { guessBeside, guessTemplate } from './text.ts';

/** 建议标记: what the printed words seem to ask for; the clerk confirms or changes each. */
export function suggestMarks(sheets: readonly SheetFace[], townships: readonly TownshipFact[]): Mark[] {
  return sheets.flatMap((sheet, index) => {
    const look = lookAt(sheet);
    const lists = suggestLists(sheet, index, townships);
    const covered = (row: number): boolean => lists.some((list) => row >= list.firstRow && row <= list.lastRow);
    const texts = sheet.cells.flatMap((cell): Mark[] => {
      const template = cell.formula === null && !covered(cell.row) ? guessTemplate(cell.text) : null;
      if (template !== null) return [{ kind: 'text', sheet: index, cell: addressOf(look.home(cell)), template }];
      const beside = cell.formula === null && !covered(cell.row) ? guessBeside(cell.text) : null;
      const place = { row: cell.row, column: (sheet.merges.find(({ top, left }) => top === cell.row && left === cell.column)?.right ?? cell.column) + 1 };
      return beside === null || place.column >= sheet.columns || !isEmpty(look, place.row, place.column) || look.home(place).row !== place.row ? [] : [{ kind: 'text', sheet: index, cell: addressOf(place), template: beside }];
    });
    return [...texts, ...lists, ...suggestNumbers(sheet, index, townships, lists)];
  });
}
