import type { Input } from '#contract/define-route.ts';
import type { putLedgerMapping } from '#contract/ledger.ts';
import type { Batch } from './ImportPage.tsx';

type Sheet = Batch['sheets'][number];
type Wire = Input<typeof putLedgerMapping>['body']['sheets'][number];

/** 一张表的指认: as the user has it just now. */
export interface SheetDraft {
  readonly fileNo: number;
  readonly sheet: string;
  readonly isUsed: boolean;
  readonly headerRow: number;
  readonly headerCount: number;
  /** Field → column index. */
  readonly columns: Readonly<Record<string, number>>;
  readonly townshipFrom: Wire['townshipFrom'];
}

/** 起始: what the system guessed, or the first previewed row. */
export function startOf(sheet: Sheet): SheetDraft {
  const { mapping } = sheet;
  const isFound = mapping !== null && Object.keys(mapping.columns).length > 0;
  return {
    fileNo: sheet.fileNo, sheet: sheet.sheet, isUsed: sheet.status !== 'skipped',
    headerRow: isFound ? mapping.headerRows[0] ?? likelyHeader(sheet) : likelyHeader(sheet),
    headerCount: isFound ? mapping.headerRows.length : 1,
    columns: mapping?.columns ?? {},
    townshipFrom: mapping?.townshipFrom ?? 'none',
  };
}

/** A title stands alone in its row; the header is the first row with several texts. */
function likelyHeader({ preview }: Sheet): number {
  const several = preview.find(({ cells }) => cells.filter((cell) => cell.trim() !== '').length >= 2);
  return several?.row ?? preview[0]?.row ?? 1;
}

/** 表头文字: of each column, the texts of its header rows joined. */
export function headersOf(sheet: Sheet, draft: SheetDraft): string[] {
  const rows = sheet.preview.filter(({ row }) => row >= draft.headerRow && row < draft.headerRow + draft.headerCount);
  const width = Math.max(0, ...sheet.preview.map(({ cells }) => cells.length), ...sheet.columns.map(({ index }) => index + 1));
  return Array.from({ length: width }, (_, index) => {
    const typed = [...new Set(rows.map(({ cells }) => (cells[index] ?? '').trim()).filter(Boolean))].join('');
    return typed !== '' ? typed : (sheet.columns.find((one) => one.index === index)?.header ?? '');
  });
}

/** 写成请求. */
export function wireOf(draft: SheetDraft, batch: Batch): Wire {
  const sheet = batch.sheets.find((one) => one.fileNo === draft.fileNo && one.sheet === draft.sheet);
  const headers = sheet === undefined ? [] : headersOf(sheet, draft);
  return {
    fileNo: draft.fileNo, sheet: draft.sheet,
    headerRows: Array.from({ length: draft.headerCount }, (_, at) => draft.headerRow + at),
    firstRow: draft.headerRow + draft.headerCount,
    columns: { ...draft.columns },
    headers: Object.fromEntries(headers.flatMap((header, index) => (header === '' ? [] : [[String(index), header]]))),
    constants: sheet?.mapping?.constants ?? {},
    townshipFrom: Object.hasOwn(draft.columns, 'township') ? 'column' : draft.townshipFrom,
  };
}

/** 列的字母: 0 → A, 26 → AA. */
export function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `${letterOf(Math.floor(index / 26) - 1)}${letterOf(index % 26)}`;
}
