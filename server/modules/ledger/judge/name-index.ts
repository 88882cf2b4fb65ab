/** 名称查找结果 */
export type Found<T> = { readonly is: 'one'; readonly value: T; readonly level: number } | { readonly is: 'many'; readonly values: readonly T[] } | { readonly is: 'none' };

/**
 * 名称索引:finds things by their names' keys, which go from exact to loose.
 *
 * The most exact key of the wanted name that anything answers to decides; among those that answer, the one that answers more exactly wins.
 */
export class NameIndex<T> {
  private readonly byKey = new Map<string, Map<T, number>>();

  /** `keys` from exact to loose. */
  add(keys: readonly string[], value: T): void {
    for (const [level, key] of keys.entries()) {
      const there = this.byKey.get(key) ?? new Map<T, number>();
      there.set(value, Math.min(level, there.get(value) ?? level));
      this.byKey.set(key, there);
    }
  }

  /** `isWanted` narrows down, e.g. to one township; only the first `depth` keys, of the wanted name and of the things', are tried. */
  find(keys: readonly string[], isWanted: (value: T) => boolean = () => true, depth = Number.POSITIVE_INFINITY): Found<T> {
    for (const [level, key] of keys.slice(0, depth).entries()) {
      const answers = [...this.byKey.get(key) ?? []].filter(([value, own]) => own < depth && isWanted(value));
      if (answers.length === 0) continue;
      const closest = Math.min(...answers.map(([, own]) => own));
      const best = answers.filter(([, own]) => own === closest).map(([value]) => value);
      const [first] = best;
      if (best.length === 1 && first !== undefined) return { is: 'one', value: first, level: Math.max(level, closest) };
      return { is: 'many', values: best };
    }
    return { is: 'none' };
  }

  /** Everything that answers to any of the keys. */
  all(keys: readonly string[]): T[] {
    return [...new Set(keys.flatMap((key) => [...this.byKey.get(key)?.keys() ?? []]))];
  }
}
