import { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { batchStatusLabels, ledgerKindLabels } from '#contract/ledger.ts';
import { roles } from '#contract/permissions.ts';
import { formationParts } from '#domain/committee/formation-parts.ts';
import { standingLabels } from '#domain/committee/formation.ts';
import { isLocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { allRules } from './catalogue.ts';
import { exportedLists } from './exported-lists.ts';
import { actionTitle, subjectTitle } from './labels.ts';

/** What only leads through the pages of a list, and never narrows it. */
const PAGING = new Set(['after', 'limit']);
/** What is asked for where its schema has no words: the list of one thing, or of one year. */
const TITLES: Readonly<Record<string, string>> = { collectionId: '采集任务', requestId: '个人信息请求', formId: '报表', year: '年份' };
const rules = Object.fromEntries(allRules.map(({ id, title }) => [id, title]));
const roleTitles = Object.fromEntries(Object.entries(roles).map(([role, { title }]) => [role, title]));
/** Words of values that a schema takes as they come. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'user.status': { active: '在用', disabled: '已停用' }, 'user.role': roleTitles, 'ledger-batch.kind': ledgerKindLabels, 'ledger-batch.status': batchStatusLabels,
  'estate.problem': rules, 'quality.rule': rules, 'formation.standing': { all: '全部', ...formationParts, ...standingLabels },
};
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u;
const labels = z.record(z.string(), z.string());

/** 条件里的编号: the ids that conditions hold, whose names the reader may see. */
export const idsIn = (query: unknown): string[] => Object.values(fieldsOf(query)).filter((value) => typeof value === 'string' && UUID.test(value)).map(String);

/** What conditions are told by: the routes that are served, and the names of ids that are known. */
export interface Known { readonly routes: readonly Pick<Route, 'path' | 'query' | 'params'>[]; readonly names: ReadonlyMap<string, string> }

/** 筛选条件的说法 of an export of this kind, as its list’s own filters name them. What was not narrowed is 没有限定. */
export function conditionWords(kind: string, query: unknown, known: Known): string {
  const words = Object.entries(fieldsOf(query)).flatMap(([field, value]) => {
    if (PAGING.has(field) || value === null || value === '' || value === false) return [];
    const meta = metaOf(known.routes, kind, field);
    const title = titleOf(meta, field);
    return [value === true ? title : `${title}：${wordsOf(`${kind}.${field}`, value, meta, known.names)}`];
  });
  return words.length === 0 ? '没有限定' : words.join('；');
}

type Meta = Readonly<Record<string, unknown>>;

function wordsOf(condition: string, value: unknown, meta: Meta, names: Known['names']): string {
  if (typeof value !== 'string') return Array.isArray(value) ? value.map((one) => wordsOf(condition, one, meta, names)).join('、') : String(value);
  if (UUID.test(value)) return names.get(value) ?? `编号 ${value.slice(-8)}`;
  if (isLocalDate(value)) return dateText(value);
  if (condition === 'audit.action') return actionTitle(value);
  if (condition === 'audit.subjectKind') return subjectTitle(value);
  const words = labels.safeParse(meta['x-labels']).data ?? WORDS[condition] ?? {};
  return Object.hasOwn(words, value) ? words[value] ?? value : value;
}

const titleOf = ({ title }: Meta, field: string): string => (typeof title === 'string' ? title : Object.hasOwn(TITLES, field) ? TITLES[field] ?? field : field);

/** What the list’s own filter says of a field: its title, and the words of a closed list. */
function metaOf(routes: Known['routes'], kind: string, field: string): Meta {
  const paths = Object.hasOwn(exportedLists, kind) ? exportedLists[kind] ?? [] : [];
  const schemas = routes.filter(({ path }) => paths.includes(path)).flatMap(({ query, params }) => [query, params]);
  const schema = schemas.find((one) => one instanceof z.ZodObject && Object.hasOwn(one.shape, field));
  return schema instanceof z.ZodObject ? metaWithin(schema.shape[field]) : {};
}

/** The outermost word counts: what is optional may be called otherwise than what it is made of. */
function metaWithin(schema: unknown): Meta {
  if (!(schema instanceof z.ZodType)) return {};
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable ? schema.unwrap() : null;
  return { ...metaWithin(inner), ...schema.meta() };
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) : {});
