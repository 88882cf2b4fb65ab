/** 名称匹配结果: found for certain, or to be asked: several fit, or one fits only loosely; or none fits. */
export type NameMatch<T> =
  | { readonly kind: 'exact' | 'normalised'; readonly candidate: T }
  | { readonly kind: 'ask'; readonly candidates: readonly T[] }
  | { readonly kind: 'none' };

/** A candidate with the keys of its name, one per level, from exact to loose. */
export interface NamedCandidate<T> {
  readonly candidate: T;
  readonly levels: readonly string[];
}

/**
 * 名称匹配: which candidate does a name mean? Level by level, exact first; the first level on which any fits decides.
 *
 * One candidate on one of the first `certainLevels` is taken; one on a looser level is only suggested; several are always asked.
 * An empty name fits nothing.
 */
export function matchName<T>(levels: readonly string[], candidates: readonly NamedCandidate<T>[], certainLevels: number): NameMatch<T> {
  for (const [level, key] of levels.entries()) {
    const fitting = key === '' ? [] : candidates.filter((candidate) => candidate.levels[level] === key).map(({ candidate }) => candidate);
    const [only] = fitting;
    if (only === undefined) continue;
    if (fitting.length > 1 || level >= certainLevels) return { kind: 'ask', candidates: fitting };
    return { kind: level === 0 ? 'exact' : 'normalised', candidate: only };
  }
  return { kind: 'none' };
}
