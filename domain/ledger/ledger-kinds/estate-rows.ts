import type { Gatherer, Told } from '../field.ts';

type Row = Told<'estates'>;

/** What a further row under one merged estate may tell: its other people. */
const OF_PEOPLE: ReadonlySet<string> = new Set(['managerName', 'managerPhones', 'morePhones', 'committeeHead', 'committeePhones', 'remark']);

/** 小区行归并:people written below each other beside one merged estate are one estate's. */
export class EstateRows implements Gatherer<'estates'> {
  private waiting: Row | null = null;
  private lastRow = 0;

  take(told: Row): Row[] {
    const { waiting } = this;
    const joined = waiting === null || told.row.row !== this.lastRow + 1 ? null : together(waiting, told);
    this.lastRow = told.row.row;
    this.waiting = joined ?? told;
    return joined !== null || waiting === null ? [] : [waiting];
  }

  finish(): Row[] {
    const { waiting } = this;
    this.waiting = null;
    this.lastRow = 0;
    return waiting === null ? [] : [waiting];
  }
}

/** One row of both, or null when the second says more than who else is there. */
function together(first: Row, next: Row): Row | null {
  const [ours, theirs] = [first.row.values, next.row.values];
  const isMore = next.own.size > 0 && [...next.own].every((field) => OF_PEOPLE.has(field));
  if (!isMore || !ours.name || ours.name !== theirs.name) return null;
  const names = (field: 'managerName' | 'committeeHead') => (next.own.has(field) ? { [field]: both([ours[field]], [theirs[field]]).join('、') || null } : {});
  const numbers = (field: 'managerPhones' | 'committeePhones', from: string) => (next.own.has(field) || next.own.has(from) ? { [field]: both(ours[field] ?? [], theirs[field] ?? []) } : {});
  const values = { ...ours, ...names('managerName'), ...names('committeeHead'), ...numbers('managerPhones', 'managerName'), ...numbers('committeePhones', 'committeeHead') };
  const problems = [...first.row.problems, ...next.row.problems.filter(({ field }) => field !== null && next.own.has(field))];
  const shown = Object.fromEntries([...next.own].map((field) => [field, both([first.row.texts[field]], [next.row.texts[field]]).join('、')]));
  return { ...first, row: { ...first.row, values, problems, texts: { ...first.row.texts, ...shown } } };
}

/** Without blanks and repeats. */
function both<T>(ours: readonly (T | null | undefined)[], theirs: readonly (T | null | undefined)[]): T[] {
  return [...new Set([...ours, ...theirs])].filter((one): one is T => one !== null && one !== undefined);
}
