import type { Input, Output } from '#contract/define-route.ts';
import type { getDirectory as route } from '#contract/registry/directory.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../../as-of.ts';
import type { SearchText } from '../../search-text.ts';
import { chairLines, contactLines, GRID, headLines, managerLines, type Group, type Line } from './entries.ts';
import { bodies, chairs, companyHeads, contactRows, estateManagers } from './sources.ts';

type Query = Input<typeof route>['query'];

/** 通讯录: everyone by body and post, 24-hour telephones and grid members first. */
export function getDirectory(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const at = asOf({}, ctx.today);
  return ctx.read(async (db) => {
    const [contacts, heads, estates, places] = await Promise.all([contactRows(db, ctx.scope), companyHeads(db, ctx.scope), estateManagers(db, ctx.scope, at), bodies(db)]);
    const committees = await chairs(db, estates, at);
    const names = new Map<string, { name: string }>([...places, ...heads.companies.map((row) => [row.id, row] as const)]);
    const lines = [...contactLines(ctx, contacts), ...headLines(ctx, heads), ...managerLines(ctx, estates, names), ...chairLines(ctx, estates, committees)].map((line) => (line.isByTownship ? inTownship(line, names) : line));
    const spell = query.q ? (await import('../../search-text.ts')).searchText : null;
    const shown = lines.filter((line) => isWanted(line, query) && (!spell || !query.q || query.q.split(/\s+/).every((word) => says(line, word.toLowerCase(), spell))));
    const groups = grouped(shown, [...places.keys()]);
    return { groups, total: shown.length, text: textOf(groups, ctx.today) };
  });
}

const inTownship = (line: Line, names: ReadonlyMap<string, { name: string }>): Line => ({ ...line, group: { ...line.group, title: `${names.get(line.townshipId ?? '')?.name ?? ''}${line.group.title}` } });

/** A company serves several townships: filtered by one, its head stays as long as it has an estate there (its managers carry the place). */
function isWanted(line: Line, { townshipId, kind }: Query): boolean {
  if (kind && line.shelf !== kind) return false;
  return !townshipId || line.townshipId === townshipId;
}

function says({ entry, group }: Line, word: string, spell: (names: readonly string[]) => SearchText): boolean {
  const { haystack } = spell([entry.name, ...(entry.estate ? [entry.estate.name] : [])]);
  return haystack.includes(word) || [entry.post, group.title].some((text) => text.toLowerCase().includes(word)) || (/^\d{4,}$/.test(word) && entry.phone?.replaceAll(/\D/g, '').includes(word) === true);
}

const KIND_ORDER: readonly Group['kind'][] = ['all-hours', 'county', 'department', 'township', 'neighbourhood', 'company', 'committee', 'other'];

function grouped(lines: readonly Line[], placeOrder: readonly string[]): Group[] {
  const rank = new Map(placeOrder.map((id, at) => [id, at]));
  const byKey = [...Map.groupBy(lines, (line) => line.group.key)].map(([key, of]) => ({ of: of.toSorted((a, b) => a.sort - b.sort), key }));
  const order = ({ key, of }: (typeof byKey)[number]): [number, number] => {
    const kind = of[0]?.group.kind ?? 'other';
    return [key.startsWith(GRID) ? 0.5 : KIND_ORDER.indexOf(kind), rank.get(key) ?? rank.get(of[0]?.townshipId ?? '') ?? Number.MAX_SAFE_INTEGER];
  };
  return byKey.toSorted((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1] || (a.of[0]?.group.title ?? '').localeCompare(b.of[0]?.group.title ?? '', 'zh-CN') || a.key.localeCompare(b.key))
    .flatMap(({ of }) => (of[0] ? [{ ...of[0].group, entries: of.map((line) => line.entry) }] : []));
}

const textOf = (groups: readonly Group[], today: Ctx['today']): string => [
  `通讯录（截至${dateText(today)}）`,
  ...groups.map((group) => [`【${group.title}】`, ...group.entries.map((entry) => [entry.name, entry.post, entry.estate?.name, entry.phone ?? '无电话'].filter(Boolean).join(' '))].join('\n')),
].join('\n');
