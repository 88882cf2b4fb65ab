import type { Division } from './read-divisions.ts';

const LENGTH = { county: 6, township: 9, neighbourhood: 12 } as const;
const TITLE = { county: '县', township: '乡镇街道', neighbourhood: '社区、村' } as const;

/** 区划是否可用: the first thing wrong with a county's divisions, in one sentence, or null. */
export function faultOfDivisions(code: string, divisions: readonly Division[]): string | null {
  if (!/^\d{6}$/.test(code)) return `县代码“${code}”不对，应为 6 位数字，如 990101`;
  const counties = divisions.filter(({ kind }) => kind === 'county');
  if (counties.length !== 1 || counties[0]?.code !== code) return `文件里没有代码为 ${code} 的县，请核对代码，或换一个包含该县的文件`;
  if (!divisions.some(({ kind }) => kind === 'township')) return `文件里没有 ${code} 下的乡镇街道，请把 streets.csv 放在同一个文件夹里`;
  const seen = new Set<string>();
  for (const division of divisions) {
    const fault = faultOf(division, divisions, seen);
    if (fault) return fault;
    seen.add(division.code);
  }
  return null;
}

function faultOf({ code, name, kind, parentCode }: Division, all: readonly Division[], seen: ReadonlySet<string>): string | null {
  if (name === '' || name.length > 100) return `代码 ${code} 的名称是空的或过长，请补正`;
  if (!/^\d+$/.test(code) || code.length !== LENGTH[kind]) return `「${name}」的代码“${code}”不对，${TITLE[kind]}的代码应为 ${LENGTH[kind]} 位数字`;
  if (seen.has(code)) return `代码 ${code}（「${name}」）出现了两次，请删去重复的一行`;
  if (kind === 'county') return null;
  const parentKind = kind === 'township' ? 'county' : 'township';
  const isUnder = parentCode !== null && code.startsWith(parentCode) && parentCode.length === LENGTH[parentKind] && all.some((each) => each.code === parentCode && each.kind === parentKind);
  return isUnder ? null : `「${name}」（${code}）的上级代码“${parentCode ?? ''}”在文件里找不到对应的${TITLE[parentKind]}`;
}
