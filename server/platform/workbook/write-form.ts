import type { writeXlsx } from 'hucre/xlsx';
import { plainCell, type ExportCell, cleanText, sheetNameOf } from './write.ts';

/** 填报表的一列: `choices` offers a list to pick from. */
export interface FormColumn { readonly title: string; readonly as: NonNullable<ExportCell>['as']; readonly choices: readonly string[]; readonly help: string | null }
/** 填报表: `mark` and the rows' marks lie in a hidden, locked column, so that what comes back finds its rows again. */
export interface FormTask {
  readonly sheetName: string; readonly title: string; readonly notes: readonly string[]; readonly mark: string; readonly nameTitle: string;
  readonly columns: readonly FormColumn[]; readonly rows: readonly { readonly mark: string; readonly name: string; readonly cells: readonly ExportCell[] }[];
}

type FormCell = NonNullable<Parameters<typeof writeXlsx>[0]['sheets'][number]['cells']> extends Map<string, infer Cell> ? Cell : never;
const formats = { text: '@', count: '0', area: '0.00', money: '0.00', percent: '0.00%', date: 'yyyy-mm-dd', moment: 'yyyy-mm-dd hh:mm' } as const;
const HEAD = { bold: true } as const;
const GREY = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E8EDF2' } } as const;
const LINE = { style: 'thin', color: { rgb: '9AA7B4' } } as const;
const BOX = { top: LINE, bottom: LINE, left: LINE, right: LINE } as const;

/**
 * 写填报表: one sheet with a title, notes, a header and rows to be filled in. What is to be filled is unlocked, everything else is locked without a
 * password: it keeps slips of the hand away, not people.
 */
export async function writeForm({ sheetName, title, notes, mark, nameTitle, columns, rows }: FormTask): Promise<Uint8Array> {
  const xlsx = await import('hucre/xlsx');
  const above = [[null, cleanText(title)], ...notes.map((note) => [null, cleanText(note)])];
  const header = above.length;
  const first = header + 1;
  const last = first + Math.max(rows.length, 1);
  const cells = new Map<string, FormCell>();
  cells.set('0,1', { style: { font: { bold: true, size: 14 } } });
  for (let column = 0; column <= columns.length + 1; column += 1) cells.set(`${header},${column}`, { style: { font: HEAD, fill: GREY, border: BOX, alignment: { wrapText: true, vertical: 'center' } } });
  rows.forEach((_, at) => {
    cells.set(`${first + at},1`, { style: { border: BOX, alignment: { wrapText: true } } });
    columns.forEach(({ as }, column) => cells.set(`${first + at},${column + 2}`, { style: { numFmt: formats[as], border: BOX, protection: { locked: false }, alignment: { wrapText: as === 'text' } } }));
  });
  return xlsx.writeXlsx({
    sheets: [{
      name: sheetNameOf(sheetName), cells,
      columns: [{ width: 4, hidden: true }, { width: 26 }, ...columns.map(({ as }) => ({ width: as === 'text' ? 20 : 14 }))],
      rows: [...above, [mark, nameTitle, ...columns.map((column) => cleanText(column.title))], ...rows.map((row) => [row.mark, cleanText(row.name), ...row.cells.map(plainCell)])],
      dataValidations: columns.flatMap(({ choices, help, title: asked }, column) => (choices.length === 0 && help === null ? [] : [{
        range: `${letters(column + 2)}${first + 1}:${letters(column + 2)}${last}`, allowBlank: true,
        ...(choices.length > 0 && choices.join(',').length < 250 ? { type: 'list' as const, values: [...choices], showErrorMessage: true, errorTitle: asked.slice(0, 30), errorMessage: '请从列表中选择' } : { type: 'textLength' as const, operator: 'lessThanOrEqual' as const, formula1: '32767' }),
        ...(help === null ? {} : { showInputMessage: true, inputTitle: asked.slice(0, 30), inputMessage: help.slice(0, 200) }),
      }])),
      freezePane: { rows: first, columns: 2 },
      protection: { sheet: true, formatColumns: false, formatRows: false, formatCells: false, sort: false, autoFilter: false },
      pageSetup: { orientation: 'landscape', paperSize: 'a4', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    }],
    properties: { title: cleanText(title) },
  });
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}
