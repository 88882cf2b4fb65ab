import type { Answer } from '#contract/define-route.ts';
import { getQuality } from '#contract/registry/sheet.ts';
import { columnsOf, type Column } from '#web/kit/table/columns.tsx';

type Quality = Answer<typeof getQuality>;
const { byTownship, byEstate } = getQuality.response.shape;

/** 分乡镇的列; a press on a name narrows the page to it. */
export const townshipColumns = (go: (id: string) => void): Column<Quality['byTownship'][number]>[] =>
  columnsOf(byTownship.element, ['township', 'errors', 'warnings', 'estates'], { cells: { township: (row) => <button type="button" className="sz-explain" onClick={() => go(row.township.id)}>{row.township.name}</button> } });

/** 分小区的列. */
export const estateColumns = (go: (id: string) => void): Column<Quality['byEstate'][number]>[] =>
  columnsOf(byEstate.element, ['estate', 'errors', 'warnings'], { cells: { estate: (row) => <button type="button" className="sz-explain" onClick={() => go(row.estate.id)}>{row.estate.name}</button> } });
