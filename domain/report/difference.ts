import type { Subject } from './facts.ts';

/** 比较用的一格. `mark` is the mark that asked for it and `line` whose line of a list it is: these two are compared, wherever the cell stands. `mark` is null in what was sent before marks were kept. */
export interface ComparedCell { readonly sheet: number; readonly address: string; readonly mark: string | null; readonly title: string; readonly shown: string; readonly line: string | null; readonly rows: readonly Subject[] }

/** 一格与上次的差别: null where the cell was not there before, or is not there now; `came` and `went` are the records behind it. */
export interface CellDifference { readonly address: string; readonly title: string; readonly before: string | null; readonly after: string | null; readonly came: readonly Subject[]; readonly went: readonly Subject[] }

/** 与上次的差别: cell by cell, only what differs in value or in the records behind it. */
export function difference(before: readonly ComparedCell[], after: readonly ComparedCell[]): CellDifference[] {
  const keyOf = before.some(({ mark }) => mark === null) ? byPlace : byMark;
  const old = new Map(before.map((cell) => [keyOf(cell), cell]));
  const now = new Map(after.map((cell) => [keyOf(cell), cell]));
  const all = [...now.keys(), ...[...old.keys()].filter((key) => !now.has(key))];
  return all.flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const cell = is ?? was;
    const came = lacking(is, was);
    const went = lacking(was, is);
    if (cell === undefined || (was?.shown === is?.shown && came.length === 0 && went.length === 0)) return [];
    return [{ address: cell.address, title: cell.title, before: was?.shown ?? null, after: is?.shown ?? null, came, went }];
  });
}

const byMark = ({ sheet, mark, line }: ComparedCell): string => `${sheet}!${mark ?? ''}#${line ?? ''}`;
const byPlace = ({ sheet, address, line, title }: ComparedCell): string => (line === null ? `${sheet}!${address}` : `${sheet}#${line}#${title}`);

/** Records behind the first that are not behind the second. */
function lacking(first: ComparedCell | undefined, second: ComparedCell | undefined): Subject[] {
  const held = new Set(second?.rows.map(({ id }) => id));
  return (first?.rows ?? []).filter(({ id }) => !held.has(id));
}
