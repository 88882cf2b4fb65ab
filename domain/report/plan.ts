import { addressOf, placeOf, type Place } from './address.ts';
import { planList } from './plan-list.ts';
import type { Mark } from './mark.ts';
import { askCell, figureCell, textCell, type FillFacts, type PlannedCell } from './planned.ts';
import { lookAt } from './sheet.ts';
import { dayOfText, fillText } from './text.ts';

/** 填表方案: rows to be put in, cells to be written, and what the clerk should look at. */
export interface FillPlan { readonly growth: readonly { readonly sheet: number; readonly after: number; readonly count: number }[]; readonly cells: readonly PlannedCell[]; readonly warnings: readonly string[] }

/** 排填表方案. Marks that no longer fit the sheet are named in the warnings and left out. */
export function planFill(marks: readonly Mark[], given: FillFacts): FillPlan {
  const lists = marks.filter((mark) => mark.kind === 'list').map((mark) => ({ mark, plan: planList(mark, given) }));
  const growth = lists.flatMap(({ mark, plan }) => (plan.more > 0 ? [{ sheet: mark.sheet, after: mark.lastRow, count: plan.more }] : []));
  const moved = (sheet: number, place: Place): Place => ({ ...place, row: place.row + growth.filter((one) => one.sheet === sheet && place.row > one.after).reduce((sum, { count }) => sum + count, 0) });
  const warnings: string[] = lists.flatMap(({ plan }) => plan.warnings);
  const cells: PlannedCell[] = lists.flatMap(({ plan }) => plan.cells);
  for (const mark of marks) {
    if (mark.kind === 'list') continue;
    const sheet = given.sheets[mark.sheet];
    const place = placeOf(mark.cell);
    if (sheet === undefined || place === null) { warnings.push(`标记 ${mark.cell} 所在的工作表不在这个文件里，没有填`); continue; }
    if ((lookAt(sheet).at(place)?.formula ?? null) !== null) { warnings.push(`${mark.cell} 这是公式，没有填，请取消这个标记`); continue; }
    const at = { sheet: mark.sheet, ...moved(mark.sheet, place), mark: mark.cell.toUpperCase() };
    if (mark.kind === 'ask') {
      const cell = askCell(at, mark, given.typedCells ?? []);
      if (cell === null) warnings.push(`${addressOf(at)} ${mark.label}：还没有填写`);
      else cells.push(cell);
      continue;
    }
    cells.push(mark.kind === 'text' ? textCell(at, fillText(mark.template, given.note), dayOfText(mark.template, given.note)) : figureCell(at, mark, {}, given, null));
  }
  for (const cell of cells) {
    if (cell.reason !== null) warnings.push(`${addressOf(cell)} ${cell.title}：${cell.reason}，填“—”`);
    if (cell.line === null) for (const note of cell.notes) warnings.push(`${addressOf(cell)} ${cell.title}：${note}`);
  }
  return { growth, warnings: [...new Set(warnings)], cells: cells.toSorted((a, b) => a.sheet - b.sheet || a.row - b.row || a.column - b.column) };
}
