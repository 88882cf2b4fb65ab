/** 机构 as far as its place among the others goes. */
export interface OrgUnitFacts { readonly id: string; readonly kind: string; readonly parentId: string | null; readonly code: string | null; readonly name: string }

/** 一个乡镇街道 and the neighbourhoods below it. */
export interface Branch<Unit extends OrgUnitFacts> { readonly township: Unit; readonly below: readonly Unit[] }

/** 机构树: the county's own bodies, and each township with what is below it; what fits `text` by name or code, and what it hangs on. */
export function orgTree<Unit extends OrgUnitFacts>(units: readonly Unit[], text: string): { readonly top: readonly Unit[]; readonly branches: readonly Branch<Unit>[] } {
  const fits = (unit: Unit) => text === '' || unit.name.includes(text) || (unit.code ?? '').startsWith(text);
  const townships = units.filter(({ kind }) => kind === 'township');
  const isBelow = new Set<string>(townships.map(({ id }) => id));
  const branches = townships.flatMap((township) => {
    const all = units.filter(({ parentId }) => parentId === township.id);
    const below = fits(township) ? all : all.filter(fits);
    return fits(township) || below.length > 0 ? [{ township, below }] : [];
  });
  return { top: units.filter((unit) => unit.kind !== 'township' && !isBelow.has(unit.parentId ?? '') && fits(unit)), branches };
}
