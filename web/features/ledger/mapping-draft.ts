import type { Input } from '#contract/define-route.ts';
import type { putLedgerMapping } from '#contract/ledger.ts';
import { headersOf, type ColumnsDraft, type PickableSheet } from '#web/kit/columns/draft.ts';
import type { Batch } from './ImportPage.tsx';

type Sheet = Batch['sheets'][number];
type Wire = Input<typeof putLedgerMapping>['body']['sheets'][number];

/** 一张表的指认: as the user has it just now. */
export interface SheetDraft extends ColumnsDraft {
  readonly fileNo: number;
  readonly townshipFrom: Wire['townshipFrom'];
}

/** The sheet as every choice of columns shows it. */
export const pickableOf = ({ sheet, reason, preview, columns }: Sheet): PickableSheet => ({ sheet, reason, preview, headings: columns.map(({ index, header }) => ({ column: index, title: header })) });

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

/** 写成请求. */
export function wireOf(draft: SheetDraft, batch: Batch): Wire {
  const sheet = batch.sheets.find((one) => one.fileNo === draft.fileNo && one.sheet === draft.sheet);
  const headers = sheet === undefined ? [] : headersOf(pickableOf(sheet), draft);
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
