import type { LedgerKind } from '#domain/ledger/types.ts';
import type { Books } from './books.ts';
import { judgeCompany, type CompanyPlan } from './companies.ts';
import { judgeEstate, type EstatePlan } from './estates.ts';
import { Notes, type Entry, type Judged } from './judged.ts';
import { judgePractitioner, type PractitionerPlan } from './practitioners.ts';
import { judgeUnit, type UnitPlan } from './units.ts';

/** 各种台账的导入计划 */
export interface Plans { readonly companies: CompanyPlan; readonly estates: EstatePlan; readonly practitioners: PractitionerPlan; readonly units: UnitPlan }

/** 各种台账的判定 */
export const judges: { readonly [K in LedgerKind]: (books: Books, entry: Entry<K>) => Judged<Plans[K]> } = {
  companies: judgeCompany, estates: judgeEstate, practitioners: judgePractitioner, units: judgeUnit,
};

const DUPLICATES: Readonly<Record<LedgerKind, { readonly code: 'duplicate' | 'duplicate-unit'; readonly field: string; readonly what: string }>> = {
  companies: { code: 'duplicate', field: 'name', what: '同一家企业' },
  estates: { code: 'duplicate', field: 'name', what: '同一个小区' },
  practitioners: { code: 'duplicate', field: 'name', what: '同一个人' },
  units: { code: 'duplicate-unit', field: 'room', what: '同一套房屋' },
};

/** Where a key was first met. */
interface First { readonly rowNo: number; readonly fileNo: number; readonly sheet: string; readonly row: number }

/**
 * 判定一批:judges rows one after another and refuses a second row about the same record, across sheets and files and however its name is written.
 *
 * A row that is refused for another reason does not make a later one a duplicate.
 */
export class Judging<K extends LedgerKind> {
  readonly kind: K;
  readonly books: Books;
  private readonly seen = new Map<string, First>();

  constructor(kind: K, books: Books) {
    this.kind = kind;
    this.books = books;
  }

  judge(entry: Entry<K>): Judged<Plans[K]> {
    const judge: (books: Books, entry: Entry<K>) => Judged<Plans[K]> = judges[this.kind];
    const judged = judge(this.books, entry);
    if (judged.key === null || judged.outcome === 'refused') return judged;
    const first = this.seen.get(judged.key);
    // One person in two posts, or managing two estates, is two records: the second row is not about the first's.
    if (first !== undefined && first.rowNo !== entry.rowNo && this.kind === 'practitioners' && judged.targetId !== null) {
      return this.judge({ ...entry, notTargets: new Set([...entry.notTargets ?? [], judged.targetId]) });
    }
    if (first !== undefined && first.rowNo !== entry.rowNo) return asDuplicate(this.kind, entry, judged, placeFrom(entry, first));
    this.seen.set(judged.key, { rowNo: entry.rowNo, fileNo: entry.fileNo, sheet: entry.row.sheet, row: entry.row.row });
    return judged;
  }
}

/** 另一行的位置: told from where this row stands; its own sheet and its own file are not named again. */
export function placeFrom({ fileNo, row: { sheet } }: Entry, other: { readonly fileNo: number; readonly sheet: string; readonly row: number }): string {
  if (fileNo !== other.fileNo) return `第${other.fileNo}个文件“${other.sheet}”表第${other.row}行`;
  return sheet === other.sheet ? `第${other.row}行` : `“${other.sheet}”表第${other.row}行`;
}

/** 重复退回:the row says the same as another one of the batch. */
export function asDuplicate<P>(kind: LedgerKind, entry: Entry, judged: Judged<P>, place: string): Judged<P> {
  const { code, field, what } = DUPLICATES[kind];
  const notes = new Notes(kind, { ...entry, row: { ...entry.row, problems: [] } });
  notes.add(field, code, 'error', `与${place}是${what}，重复登记，请删去一行`);
  return { ...judged, outcome: 'refused', targetId: null, targetVersion: null, changes: [], plan: null, problems: [...judged.problems, ...notes.problems] };
}
