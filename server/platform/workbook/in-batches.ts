import { WorkbookRefusal } from './refusal.ts';
import { BATCH_CHARS, BATCH_ROWS, ROW_CHARS, type ReadOptions, type SheetRow, type WorkbookPart } from './sheet.ts';

/** 成批: rows as they come, as many at a time as were asked for and no heavier than `BATCH_CHARS`, and no more than were asked for. @throws WorkbookRefusal too-much-text */
export function* inBatches(rows: Iterable<SheetRow>, options: ReadOptions): Generator<WorkbookPart, void, undefined> {
  const batcher = new Batcher(options);
  for (const row of rows) {
    if (batcher.isDone) break;
    const full = batcher.add(row);
    if (full !== null) yield { kind: 'rows', rows: full };
  }
  const rest = batcher.take();
  if (rest.length > 0) yield { kind: 'rows', rows: rest };
}

/** 攒批: gathers rows until they make a batch. */
export class Batcher {
  private rows: SheetRow[] = [];
  private chars = 0;
  private left: number;
  private readonly size: number;

  constructor({ batchRows = BATCH_ROWS, rowsPerSheet = Number.POSITIVE_INFINITY }: ReadOptions) {
    this.size = batchRows;
    this.left = rowsPerSheet;
  }

  /** Were all rows taken that were asked for? */
  get isDone(): boolean { return this.left <= 0; }

  /** The batch that this row fills, else null. @throws WorkbookRefusal too-much-text */
  add(row: SheetRow): SheetRow[] | null {
    const chars = charsOf(row);
    if (chars > ROW_CHARS) throw new WorkbookRefusal('too-much-text', `“${row.sheet}”表第${row.row}行有 ${Math.ceil(chars / TEN_THOUSAND)} 万字，超过一行 ${ROW_CHARS / TEN_THOUSAND} 万字的上限，不像一张表格，请核对这一行，改好后再上传。`);
    this.rows.push(row);
    this.chars += chars;
    this.left -= 1;
    return this.rows.length >= this.size || this.chars >= BATCH_CHARS ? this.take() : null;
  }

  /** What has gathered. */
  take(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    this.chars = 0;
    return rows;
  }
}

const TEN_THOUSAND = 10_000;

/** 一行的字数, of all its texts. */
export function charsOf({ cells }: Pick<SheetRow, 'cells'>): number {
  let chars = 0;
  for (const cell of cells) if (typeof cell === 'string') chars += cell.length;
  return chars;
}
