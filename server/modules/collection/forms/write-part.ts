import type { CellContent, Column, Values } from '#domain/collection/column.ts';
import { cellOf } from '#domain/collection/column.ts';
import { CLEARED, writeCellText } from '#domain/collection/cell-text.ts';
import { areaCm2, fen, isLocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { ExportCell } from '#platform/workbook/write.ts';
import { writeForm } from '#platform/workbook/write-form.ts';
import { conditionOf, type CollectionRecord } from '../store/collections.ts';
import type { linesOf, PartRecord } from '../store/parts.ts';
import { markOf } from './mark.ts';

/** 要填的表: prefilled with what stands there now; the ground, the issuer and the end are said on it. */
export function writePart({ head, part, columns, lines, values }: { readonly head: CollectionRecord; readonly part: PartRecord; readonly columns: readonly Column[]; readonly lines: ReturnType<typeof linesOf>; readonly values: Values }): Promise<Uint8Array> {
  const rowsOnly = conditionOf(head)?.words ?? null;
  return writeForm({
    sheetName: head.title, title: `${head.title}（${part.recipientName}）`, mark: markOf(part.id), nameTitle: '名称',
    notes: [`下发单位：${head.issuerName}；依据：${head.ground}${head.clause === null ? '' : `（${head.clause}）`}；请于${dateText(head.dueOn)}前交回，${dateText(head.endsOn)}后不再收。`, `已填的是台账所载，没有变化的不用改。空着的格不算填，原来的内容照旧；要去掉原来的内容，请在格里写“${CLEARED}”。${rowsOnly === null ? '' : `只列${rowsOnly}。`}${head.note ?? ''}`],
    columns: columns.map(({ title, kind, isRequired, choices, help }) => ({ title: `${title}${isRequired ? '*' : ''}${kind === 'area' && !/[㎡米]/.test(title) ? '（㎡）' : kind === 'money' && !title.includes('元') ? '（元）' : ''}`, as: asOf(kind), choices: (kind === 'flag' ? ['是', '否'] : kind === 'choice' ? choices : []).concat(isRequired || (kind !== 'flag' && kind !== 'choice') ? [] : [CLEARED]), help })),
    rows: lines.map(({ id, title }) => ({ mark: id, name: title, cells: columns.map((column) => written(column, cellOf(values, id, column.key) ?? null)) })),
  });
}

const asOf = (kind: Column['kind']) => (kind === 'whole' ? 'count' as const : kind === 'area' || kind === 'money' || kind === 'date' ? kind : 'text' as const);

function written(column: Column, value: CellContent): ExportCell {
  if (value === null) return null;
  if (typeof value === 'number') return column.kind === 'area' ? { as: 'area', value: areaCm2(value) } : column.kind === 'money' ? { as: 'money', value: fen(value) } : { as: 'count', value };
  return typeof value === 'string' && column.kind === 'date' && isLocalDate(value) ? { as: 'date', value } : { as: 'text', value: writeCellText(column, value) };
}
