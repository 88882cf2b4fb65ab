import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { Field } from './field.ts';

/** 表头连接符:between the levels of a header. */
export const LEVELS = '／';

/** What is longer is a note, and is compared by its beginning. */
const LONGEST_HEADER = 500;

/** 表头键:a header's text without blanks, breaks, brackets with units, stars and numbering, for comparing. */
export function headerKey(text: string): string {
  return normaliseName(text.slice(0, LONGEST_HEADER))
    .replaceAll(/\((?:单位[::]?)?[^()]*(?:元|㎡|M2|M²|平方|户|套|栋|幢|个|台|部|人|%|年|月|日|必填|选填|可不填|是\/否|有\/无|√)[^()]*\)/g, '')
    .replaceAll(/^[*\d.、]+(?=\D)|[*★:：?？。.]+$/g, '')
    .replaceAll(/[()"“”'、-]/g, '')
    .replaceAll(/(?<=[\u4e00-\u9fff])(\/|㎡|%|M2)$/g, '');
}

/** 列号字母:A, B, … AA. */
export function letterOf(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return (rest >= 0 ? letterOf(rest) : '') + String.fromCharCode(65 + (column % 26));
}

const GENERIC = /^(名称|姓名|电话|联系电话|联系方式|手机|手机号|手机号码|成立时间|届满时间|主任|人数|时间|日期|有无|是否|面积|户数|数量|起|止|开始|结束)$/;

/** People who stand beside an estate in offices' tables and have a number of their own. */
const STRANGER = /^(企业|公司|单位|街道|乡镇|镇街)(总)?负责人$|法定代表人|法人|书记|网格(员|长)|楼(栋)?长|民警|片警|(社区|居委会|村委会)主任/;
/** Bodies whose contact stands beside them: 牵头部门 | 联系人 | 联系电话. */
const DEPARTMENT = /(部门|党支部|党组织|党委|施工单位|主管单位)$/;
const PHONE = /^(联系)?(电话|方式)$|^手机(号码?)?$/;
const SOMEBODY = /^(联系人|负责人|联络员|经办人)(姓名)?$/;
/** What more is told of the person in the column to the left: 法定代表人 | 法定代表人身份证号 | 联系电话. */
const TOLD_OF_HIM = /(身份证号?码?|证件号码?|证件类型|性别|年龄|民族|学历|政治面貌|职务|职称)$/;
/** 项目经理及电话: a person, and his number beside his name. */
const WITH_NUMBER = /^(.{2,}?)(?:姓名)?[及和与/](?:联系)?(?:电话|手机|联系方式)(?:号码)?$/;

/** 2024年收缴率, 收缴率/2025年度: which year is told says nothing of what the column is. */
const YEAR = /(?<!\d)20\d{2}(?!\d)(?:年度?末?|年度)?/g;

interface Naming { readonly key: string; readonly weight: number }

/** How a column may be called: its own words, its parent's and its own together, its left neighbour's before a bare “电话”. */
function namings(path: string, left: string, isOfStranger: boolean): Naming[] {
  const levels = path.split(LEVELS).map((level) => level.replaceAll(YEAR, '')).filter((level) => level.trim() !== '');
  const own = headerKey(levels.at(-1) ?? '');
  const parents = levels.slice(0, -1).map(headerKey);
  const isGeneric = GENERIC.test(own);
  const found: Naming[] = [];
  const parent = parents.at(-1);
  // 小区经理 / 姓名
  if (parent !== undefined && /^(姓名|名称)$/.test(own)) found.push({ key: parent, weight: 96 });
  if (parents.length > 0) found.push({ key: parents.join('') + own, weight: 100 }, { key: (parents.at(-1) ?? '') + own, weight: 99 });
  if (isGeneric && /(人|主任|经理|负责人|代表|业主|姓名)$/.test(left)) found.push({ key: left.replace(/姓名$/, '') + own, weight: 97 });
  const weight = isGeneric && parents.length > 0 ? 70 : 95;
  // 企业负责人 | 电话: the number is that person's, whom this ledger does not keep.
  if (isOfStranger && isGeneric) return found;
  const person = WITH_NUMBER.exec(own)?.[1];
  if (person !== undefined) found.push({ key: person, weight: weight - 1 });
  found.push({ key: own, weight });
  // 企业名称（盖章）, 联系电话（手机）: what stands in brackets explains, and may be left out.
  const bare = headerKey((levels.at(-1) ?? '').replaceAll(/[(（][^()（）]*[)）]/g, ''));
  if (bare !== own && bare.length >= 2) found.push({ key: bare, weight: weight - 1 });
  return found;
}

const LIKE_LOSS = 30;
const EXACT = 94;

/** 总户数 says it better than 住宅户数 or 户数 do: a field's own title goes before its other names. */
const OWN_TITLE = 0.5;

function fit<V>(field: Field<V>, naming: readonly Naming[], names: ReadonlySet<string>): number {
  const [title] = names;
  let best = 0;
  for (const { key, weight } of naming) {
    if (names.has(key)) best = Math.max(best, key === title ? weight + OWN_TITLE : weight);
    else if (field.like?.test(key) === true && key.length <= 24) best = Math.max(best, weight - LIKE_LOSS);
  }
  return best;
}

/** 列匹配结果; `rivals`: columns that another year of the same figure went before. */
export interface HeaderMatch { readonly columns: Readonly<Record<string, number>>; readonly exact: number; readonly rivals: number }

/** 匹配表头:gives each field the column that fits it best, each column to one field at most. Of columns that fit alike, the latest year told wins, then the earlier column. */
export function matchHeader<V>(fields: readonly Field<V>[], headers: Readonly<Record<number, string>>): HeaderMatch {
  const pairs: Pair[] = [];
  const names = namesOf(fields);
  const ordered = Object.entries(headers).map(([column, path]) => ({ column: Number(column), path })).sort((a, b) => a.column - b.column);
  for (const [at, { column, path }] of ordered.entries()) {
    const left = leftOf(ordered, at);
    const own = headerKey(path.split(LEVELS).at(-1) ?? '');
    const isDepartments = SOMEBODY.test(own) ? isDepartment(left, names) : PHONE.test(own) && (isDepartment(left, names) || (SOMEBODY.test(left) && isDepartment(leftOf(ordered, at - 1), names)));
    const naming = isDepartments ? [] : namings(path, left, isStranger(left, names));
    for (const field of fields) {
      const score = fit(field, naming, keysOf(field));
      if (score > 0) pairs.push({ key: field.key, column, score, year: yearIn(path) });
    }
  }
  return assign(pairs);
}

/** What the column to the left is called; '' for the first. */
function leftOf(ordered: readonly { readonly path: string }[], at: number): string {
  return headerKey(ordered[at - 1]?.path.split(LEVELS).at(-1) ?? '');
}

const isDepartment = (left: string, names: ReadonlySet<string>): boolean => DEPARTMENT.test(left) && !names.has(left);

/** Somebody whose number this ledger does not keep. */
function isStranger(left: string, names: ReadonlySet<string>): boolean {
  const who = left.replace(TOLD_OF_HIM, '');
  return STRANGER.test(who) && !names.has(who);
}

interface Pair { readonly key: string; readonly column: number; readonly score: number; readonly year: number }

/** 2025 of 收缴率/2025年; 0 where no year is told. */
const yearIn = (path: string): number => Math.max(0, ...Array.from(path.matchAll(YEAR), ([year]) => Number(year.slice(0, 4))));

function assign(pairs: Pair[]): HeaderMatch {
  const columns: Record<string, number> = {};
  const taken = new Set<number>();
  const rivals = new Set<number>();
  const years = new Map<string, number>();
  let exact = 0;
  for (const { key, column, score, year } of pairs.sort((a, b) => b.score - a.score || b.year - a.year || a.column - b.column)) {
    if (columns[key] !== undefined && year !== 0 && year < (years.get(key) ?? 0)) rivals.add(column);
    if (columns[key] !== undefined || taken.has(column)) continue;
    columns[key] = column;
    years.set(key, year);
    taken.add(column);
    if (score >= EXACT) exact += 1;
  }
  return { columns, exact, rivals: [...rivals].filter((column) => !taken.has(column)).length };
}

/** 列名表:every word that is a header of one of these fields, as keys. */
export function namesOf<V>(fields: readonly Field<V>[]): ReadonlySet<string> {
  return new Set(fields.flatMap((field) => [...keysOf(field)]));
}

const known = new WeakMap<object, ReadonlySet<string>>();

function keysOf<V>(field: Field<V>): ReadonlySet<string> {
  const names = known.get(field) ?? new Set(field.names.map(headerKey));
  known.set(field, names);
  return names;
}
