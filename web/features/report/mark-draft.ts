import type { ReportMark } from '#contract/report.ts';
import type { Answer } from '#contract/define-route.ts';
import type { getReportCatalogue } from '#contract/report.ts';
import { addressOf, columnIndex, placeOf } from '#domain/report/address.ts';
import { markDayLabels } from '#domain/report/mark.ts';
import { ASK_SLOT } from '#domain/report/text.ts';

export type Catalogue = Answer<typeof getReportCatalogue>;
type ListMark = Extract<ReportMark, { kind: 'list' }>;
export type ListColumn = ListMark['columns'][number];
/** What stands at a cell: a mark of its own, or a column of a list. */
export type Standing = { readonly index: number; readonly mark: ReportMark; readonly column: ListColumn | null };

/** 单元格上的标记. */
export function markAt(marks: readonly ReportMark[], sheet: number, address: string): Standing | null {
  const place = placeOf(address);
  for (const [index, mark] of marks.entries()) {
    if (mark.sheet !== sheet) continue;
    if (mark.kind !== 'list') {
      if (mark.cell === address) return { index, mark, column: null };
    } else if (place !== null && place.row >= mark.firstRow && place.row <= mark.lastRow) {
      const column = mark.columns.find((one) => columnIndex(one.column) === place.column);
      if (column !== undefined || (mark.matches !== null && columnIndex(mark.matches) === place.column)) return { index, mark, column: column ?? null };
    }
  }
  return null;
}

/** 标记的说法, short enough for a cell. */
export function markWords(standing: Standing, { figures, fields }: Catalogue): string {
  const { mark, column } = standing;
  if (mark.kind === 'text') return mark.template;
  if (mark.kind === 'ask') return mark.template.replaceAll(ASK_SLOT, `〔${mark.label}〕`);
  if (mark.kind === 'figure') return figureWords(mark, figures);
  if (column === null) return '对照的乡镇名';
  return column.content === 'figure' ? figureWords(column, figures) : fields[mark.by].find(({ id }) => id === column.field)?.title ?? column.field;
}

function figureWords({ figure, day, filter }: { figure: string; day: keyof typeof markDayLabels; filter: { area?: 'urban' | 'rural' | undefined; townshipIds?: readonly string[] | undefined } }, figures: Catalogue['figures']): string {
  const place = filter.area === 'urban' ? '·城区' : filter.area === 'rural' ? '·乡镇' : filter.townshipIds !== undefined && filter.townshipIds.length > 0 ? `·${filter.townshipIds.length} 个乡镇街道` : '';
  return `${figures.find(({ id }) => id === figure)?.title ?? figure}${place}${day === 'report' ? '' : `·${markDayLabels[day]}`}`;
}

/** 换标记: the one at `index`, or a new one. */
export const putMark = (marks: readonly ReportMark[], index: number | null, mark: ReportMark): ReportMark[] => (index === null ? [...marks, mark] : marks.map((old, at) => (at === index ? mark : old)));
export const dropMark = (marks: readonly ReportMark[], index: number): ReportMark[] => marks.filter((_, at) => at !== index);

/** 新标记 of a kind at a cell. A list begins here and takes this column. */
export function newMark(kind: ReportMark['kind'], sheet: number, cell: string, { figures, fields }: Catalogue, printed: string): ReportMark {
  const [figure] = figures;
  const ask = { figure: figure?.id ?? '', filter: {}, day: 'report' as const, unit: figure?.units[0] ?? '个' as const, decimals: figure?.decimals ?? 0 };
  if (kind === 'figure') return { kind, sheet, cell, ...ask };
  if (kind === 'text') return { kind, sheet, cell, template: '{填报单位}' };
  if (kind === 'ask') return { kind, sheet, cell, label: printed.replaceAll(/[：:\s\u3000_]+$/g, '').slice(0, 30) || cell, template: `${printed.replaceAll(/[\s\u3000_]+$/g, '').slice(0, 400)}${ASK_SLOT}` };
  const place = placeOf(cell) ?? { row: 1, column: 0 };
  return { kind, sheet, by: 'estate', firstRow: place.row, lastRow: place.row, matches: null, filter: {}, columns: [{ content: 'field', column: addressOf({ ...place, row: 1 }).replace(/\d+$/, ''), field: fields.estate.find(({ id }) => id === 'name')?.id ?? 'name' }] };
}
