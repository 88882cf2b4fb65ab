import { setImmediate } from 'node:timers/promises';
import { openReader } from '#domain/ledger/read-rows.ts';
import type { LedgerKind, LedgerRow, RawCell, SheetMapping } from '#domain/ledger/types.ts';
import type { ReadableType } from '#platform/workbook/open-text.ts';
import { readWorkbook } from '#platform/workbook/read.ts';

/** 一个要读的文件 with the sheets that hold its tables. */
export interface Source { readonly fileNo: number; readonly path: string; readonly type: ReadableType; readonly sheets: readonly SheetMapping[] }

/** 读到的一行 */
export interface ReadRow<K extends LedgerKind> { readonly fileNo: number; readonly row: LedgerRow<K>; readonly mapping: SheetMapping; readonly cells: readonly RawCell[] }

const WAITING_ROWS = 100;

/** 读取各行:batches of typed rows of all files, in order, giving way to other requests after each batch. `onRows` tells how many raw rows were passed and how many there are, `onOther` where another table begins that is not read, `onHidden` how many rows of a sheet the user hid: they are read all the same. */
export async function* readRows<K extends LedgerKind>(
  kind: K, sources: readonly Source[], { onRows, onOther, onHidden }: { onRows: (passed: number, total: number) => void; onOther: (sheet: string, row: number) => void; onHidden: (sheet: string, rows: number) => void },
): AsyncGenerator<ReadRow<K>[]> {
  let passed = 0;
  let total = 0;
  for (const { fileNo, path, type, sheets } of sources) {
    const reader = openReader(kind);
    const bySheet = new Map(sheets.map((mapping) => [mapping.sheet, mapping]));
    let mapping: SheetMapping | undefined;
    const cells = new Map<number, readonly RawCell[]>();
    const waiting = (of: SheetMapping | undefined): ReadRow<K>[] => {
      const left = of === undefined ? [] : reader.finish().map((row) => ({ fileNo, row, mapping: of, cells: cells.get(row.row) ?? [] }));
      cells.clear();
      return left;
    };
    for await (const part of readWorkbook(path, type, { sheets: sheets.map(({ sheet }) => sheet) })) {
      if (part.kind === 'sheet') {
        yield waiting(mapping);
        mapping = bySheet.get(part.sheet.name);
        total += part.sheet.rowCount;
        if (mapping !== undefined) reader.openSheet(mapping, part.sheet);
        if (mapping !== undefined && part.sheet.hiddenRows > 0) onHidden(part.sheet.name, part.sheet.hiddenRows);
        continue;
      }
      if (mapping === undefined) continue;
      for (const raw of part.rows) cells.set(raw.row, raw.cells);
      const current = mapping;
      const { rows, skipped } = reader.take(part.rows);
      const other = skipped.find(({ why }) => why === 'other-table');
      if (other !== undefined) onOther(other.sheet, other.row);
      passed += part.rows.length;
      onRows(passed, Math.max(total, passed));
      yield rows.map((row) => ({ fileNo, row, mapping: current, cells: cells.get(row.row) ?? [] }));
      // A row that waits for what follows it keeps its cells until then.
      const last = part.rows.at(-1);
      for (const row of cells.keys()) if (row < (last?.row ?? 0) - WAITING_ROWS) cells.delete(row);
      await setImmediate();
    }
    yield waiting(mapping);
  }
}
