import type { Download } from '#contract/kernel.ts';
import { basisPoints, fen, type AreaCm2, type BasisPoints, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import type { Ctx } from '../context.ts';
import type { Db } from '../db/types.ts';
import { Problem } from '../problem.ts';
import { writeWorkbook, type ExportCell, type ExportColumn } from './write.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const text = (value: string | null | undefined): ExportCell => (value ? { as: 'text', value } : null);
export const count = (value: number | null): ExportCell => (value === null ? null : { as: 'count', value });
export const area = (value: AreaCm2 | null | undefined): ExportCell => (value === null || value === undefined ? null : { as: 'area', value });
export const money = (value: number | null): ExportCell => (value === null ? null : { as: 'money', value: fen(value) });
export const percent = (value: BasisPoints | number | null): ExportCell => (value === null ? null : { as: 'percent', value: basisPoints(value) });
export const day = (value: LocalDate | null | undefined): ExportCell => (value ? { as: 'date', value } : null);
export const moment = (value: Instant | null | undefined): ExportCell => (value ? { as: 'moment', value } : null);

/** 导出列: its heading, the type of its cells, and how a row fills it. */
export const column = <Row>(title: string, as: NonNullable<ExportCell>['as'], value: (row: Row) => ExportCell): ExportColumn<Row> => ({ title, as, value });

/** 导出的一张表: exactly what is filtered. `kind` begins the audited action, `kind.export`. */
export interface ExportedList<Row> {
  readonly title: string;
  readonly kind: string;
  readonly on: LocalDate;
  /** The day whose knowledge counts; what is known now when left out. */
  readonly knownOn?: LocalDate | null;
  readonly columns: readonly ExportColumn<Row>[];
  /** The conditions, kept in the audit entry. */
  readonly query: unknown;
  readonly rows: (db: Db) => Promise<readonly Row[]>;
}

/** Reads all that is filtered in one read-write transaction, because an export is itself recorded; then streams the file. */
export async function exportList<Row>(ctx: Ctx, { title, kind, on, knownOn = null, columns, query, rows: read }: ExportedList<Row>): Promise<Download> {
  const rows = await ctx.transact(async (tx) => {
    const found = await read(tx.db);
    tx.audit({ action: `${kind}.export`, subject: ['Export', kind], before: null, after: { rows: found.length, on, query } });
    return found;
  });
  return {
    fileName: `${title}_${on}.xlsx`, mediaType: XLSX,
    content: writeWorkbook({ sheetName: title, columns, rows, note: { asOf: on, knownOn, exportedBy: ctx.actor.name, exportedAt: ctx.now } }),
  };
}

/** Rows that one export may hold at most: what the server keeps in memory while it writes. */
export const EXPORT_MOST = 100_000;

/** 一页页的清单 read whole, by what reads one page of it, and as its page presents it. @throws Problem input.invalid when they are too many rows */
export const allPages = <Found, Row>(page: (db: Db, whole: { readonly after: undefined; readonly limit: number }) => Promise<{ readonly rows: readonly Found[] }>, present: (db: Db, rows: readonly Found[]) => Promise<readonly Row[]>) =>
  async (db: Db): Promise<readonly Row[]> => present(db, refuseTooManyRows((await page(db, { after: undefined, limit: EXPORT_MOST + 1 })).rows));

/** 行数是否过多, of rows read up to one more than the most. @throws Problem input.invalid saying to narrow the conditions */
export function refuseTooManyRows<Row>(rows: readonly Row[]): readonly Row[] {
  if (rows.length > EXPORT_MOST) throw new Problem('input.invalid', '符合条件的超过 10 万条，一张表放不下，请先按日期或其他条件缩小范围再导出');
  return rows;
}
