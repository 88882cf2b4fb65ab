import type { Answer } from '#contract/define-route.ts';
import type { listOrgUnits } from '#contract/administration/org-unit.ts';

export type OrgUnit = Answer<typeof listOrgUnits>['rows'][number];

/** 一个乡镇街道 and the neighbourhoods below it. */
export interface Branch { readonly township: OrgUnit; readonly below: readonly OrgUnit[] }

/** 机构树: the county's own bodies, and each township with what is below it; what fits `text` by name or code, and what it hangs on. */
export function treeOf(rows: readonly OrgUnit[], text: string): { readonly top: readonly OrgUnit[]; readonly branches: readonly Branch[] } {
  const fits = (row: OrgUnit) => text === '' || row.name.includes(text) || (row.code ?? '').startsWith(text);
  const townships = rows.filter(({ kind }) => kind === 'township');
  const isBelow = new Set<string>(townships.map(({ id }) => id));
  const branches = townships.flatMap((township) => {
    const all = rows.filter(({ parentId }) => parentId === township.id);
    const below = fits(township) ? all : all.filter(fits);
    return fits(township) || below.length > 0 ? [{ township, below }] : [];
  });
  return { top: rows.filter((row) => row.kind !== 'township' && !isBelow.has(row.parentId ?? '') && fits(row)), branches };
}
