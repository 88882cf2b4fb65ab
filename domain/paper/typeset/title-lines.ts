/** After these a title may well be broken; before those in `BEFORE` as well. */
const AFTER = ['关于', '、', '，', '》', '）', '”', '和', '及'];
const BEFORE = ['关于', '的通知', '的函', '的公示', '的报告', '的请示', '的意见', '《', '（', '“', '和', '及', '工作', '问题'];
/** Words of this trade that a title keeps whole where it can. */
const WORDS = ['业主委员会', '业主大会', '居民委员会', '街道办事处', '人民政府', '物业服务', '物业管理', '维修资金', '住宅小区', '电动自行车', '候选人', '筹备组', '委员会', '隐患排查', '消防安全', '名单', '换届', '选举', '停放', '充电', '整治', '违法', '搭建', '方案', '结果', '管理', '服务', '安全', '企业', '住宅', '小区', '通知', '公示', '冬季', '夏季', '年度'];
const NEVER_FIRST = /^[，。、；：？！）》”’的]/;
const NEVER_LAST = /[（《“‘]$/;

/**
 * 标题回行: as few lines as hold `most` characters each, words kept whole, and shaped as a trapezium or a rhombus (GB/T 9704 7.3.1):
 * lines grow, shrink, or grow and then shrink; never short in the middle. `kept` are names that stay on one line where they fit.
 */
export function titleLines(title: string, most: number, kept: readonly string[] = []): string[] {
  const chars = [...title];
  if (chars.length <= most) return [title];
  const fewest = Math.ceil(chars.length / most);
  for (const lines of [fewest, fewest + 1, fewest + 2]) {
    const best = bestSplit(chars, lines, most, breaksOf(chars, kept));
    if (best !== null) return best;
  }
  return Array.from({ length: fewest }, (_, at) => chars.slice(at * most, (at + 1) * most).join(''));
}

/** Cost of breaking before each character: none where a phrase begins, much inside a word, never inside a name. */
function breaksOf(chars: readonly string[], kept: readonly string[]): number[] {
  const title = chars.join('');
  const [inside, insideWord] = [insides(title, kept), insides(title, WORDS)];
  return chars.map((_, at) => {
    const [left, right] = [chars.slice(0, at).join(''), chars.slice(at).join('')];
    if (inside.has(at) || NEVER_FIRST.test(right) && !BEFORE.some((word) => right.startsWith(word)) || NEVER_LAST.test(left)) return Infinity;
    if (/\d$/.test(left) && /^\d/.test(right)) return Infinity;
    const begins = kept.some((name) => name !== '' && (right.startsWith(name) || left.endsWith(name)));
    return begins || AFTER.some((word) => left.endsWith(word)) || BEFORE.some((word) => right.startsWith(word)) ? 0 : insideWord.has(at) ? 12 : 3;
  });
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Places inside one of `words`, wherever it occurs. */
function insides(title: string, words: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const word of words.filter((each) => each !== '')) for (const { index } of title.matchAll(new RegExp(escaped(word), 'gu'))) {
    const before = Array.from(title.slice(0, index)).length;
    for (let at = 1; at < Array.from(word).length; at += 1) found.add(before + at);
  }
  return found;
}

interface Split { readonly cost: number; readonly ends: readonly number[] }

/** The cheapest way to end `lines` lines; each way of standing somewhere is worked out once. */
function bestSplit(chars: readonly string[], lines: number, most: number, breaks: readonly number[]): string[] | null {
  const even = chars.length / lines;
  const known = new Map<string, Split | null>();
  const from = (at: number, left: number, before: number, isFalling: boolean): Split | null => {
    const key = `${at} ${left} ${before} ${String(isFalling)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    let best: Split | null = null;
    for (let width = 2; width <= Math.min(most, chars.length - at); width += 1) {
      if (isFalling && width > before) break;
      const end = at + width;
      const isLast = left === 1;
      if (isLast !== (end === chars.length)) continue;
      const price = isLast ? 0 : breaks[end] ?? Infinity;
      const rest = isLast ? { cost: 0, ends: [] } : price === Infinity ? null : from(end, left - 1, width, isFalling || width < before);
      const cost = price + Math.abs(width - even) + (rest?.cost ?? Infinity);
      if (rest !== null && (best === null || cost < best.cost)) best = { cost, ends: [end, ...rest.ends] };
    }
    known.set(key, best);
    return best;
  };
  const best = from(0, lines, 0, false);
  return best === null ? null : best.ends.map((end, at) => chars.slice(best.ends[at - 1] ?? 0, end).join(''));
}

/** 梯形或菱形: once lines get shorter they do not get longer again. */
export function isShapely(widths: readonly number[]): boolean {
  const falls = widths.findIndex((width, at) => at > 0 && width < (widths[at - 1] ?? 0));
  return falls === -1 || widths.slice(falls).every((width, at) => at === 0 || width <= (widths[falls + at - 1] ?? 0));
}
