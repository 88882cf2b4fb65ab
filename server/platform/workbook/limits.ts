/** 上传上限:in bytes and counts; what lies beyond is refused before or while reading. */
export interface WorkbookLimits {
  /** Size of the uploaded file. */
  readonly fileBytes: number;
  /** Size of an .xls, or of separated text: these are held in memory as they stand in the file. */
  readonly xlsBytes: number;
  /** Size of a web page or an XML spreadsheet: of these the rows are held as well, some ten times their size. */
  readonly pageBytes: number;
  /** Size of an .xls from before Excel 97, which is held in memory cell by cell: some twenty times its size. */
  readonly oldXlsBytes: number;
  /** Sum of all parts once inflated, as declared and as counted. */
  readonly inflatedBytes: number;
  /** Inflated to packed size; only minded above `ratioFromBytes`. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  readonly entries: number;
  /** Characters of shared strings kept in memory. */
  readonly stringChars: number;
  /** Heap of the reading thread in MB; beyond it the reading ends with a sentence and the server lives on. */
  readonly heapMb: number;
  /** Longest that the reading thread may say nothing while it is waited for, milliseconds. */
  readonly silenceMs: number;
}

const MB = 1024 * 1024;

/** 默认上限 */
export const workbookLimits: WorkbookLimits = {
  fileBytes: 50 * MB, xlsBytes: 30 * MB, pageBytes: 20 * MB, oldXlsBytes: 8 * MB, inflatedBytes: 1024 * MB, ratio: 250, ratioFromBytes: 64 * MB, entries: 4096, stringChars: 80 * MB, heapMb: 128, silenceMs: 60_000,
};
