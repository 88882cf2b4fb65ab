import { doorName, estatePath, OWNER_HOME } from '#contract/owner-paths.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { printPosters as route } from '#contract/owner.ts';
import { entrancesOf, getEstateRecord, orgNames } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Poster } from '#platform/document/pdf/poster.ts';
import { renderPosters } from '#platform/document/render.ts';
import { Problem } from '#platform/problem.ts';

/** More than anybody carries up the stairs at once. */
const MOST_PAGES = 400;

/** 打印单元门海报: for whoever may see the estate, a page for each entrance, or one for the gate where no building is recorded. @throws Problem estate.not-found, not-found, rule.violated */
export async function printPosters(ctx: Ctx, { params, query }: Input<typeof route>): Promise<Output<typeof route>> {
  const { estate, entrances, office } = await ctx.read(async (db) => {
    const found = await getEstateRecord(db, ctx.scope, params.estateId);
    const [all, names] = await Promise.all([entrancesOf(db, ctx.scope, found.id), orgNames(db, [found.townshipId, ...(found.neighbourhoodId === null ? [] : [found.neighbourhoodId])])]);
    return { estate: found, entrances: all, office: names.get(found.neighbourhoodId ?? found.townshipId) ?? null };
  });
  if (estate.archivedAt !== null) throw new Problem('rule.violated', '小区已归档，不能打印海报');
  const wanted = query.buildingId === undefined ? entrances : entrances.filter(({ buildingId }) => buildingId === query.buildingId);
  if (query.buildingId !== undefined && wanted.length === 0) throw new Problem('not-found', '这个小区没有这栋楼');
  if (wanted.length > MOST_PAGES) throw new Problem('rule.violated', `这个小区有 ${wanted.length} 个单元门，一次最多打印 ${MOST_PAGES} 张，请按楼栋打印`);
  const { origin } = ctx.kit;
  const common = { heading: '小区的事，扫码办', name: estate.name, lines: ['看物业公司、收费标准、业委会', '提意见、投诉，随时查进度'], small: smallWords(origin, office) };
  const posters: Poster[] = wanted.length === 0 ? [{ ...common, place: null, url: `${origin}${estatePath(estate.id)}` }] : wanted.map(({ buildingId, building, entrance }) => ({ ...common, place: doorName(building, entrance), url: `${origin}${estatePath(estate.id, { buildingId, entrance })}` }));
  const title = `${estate.name}单元门海报`;
  return { fileName: `${title}.pdf`.replaceAll(/[\\/:*?"<>|]/g, ''), mediaType: 'application/pdf', content: await renderPosters(posters, { title, at: ctx.now, author: '善治' }) };
}

/** What the old are told, and by what a false code that was pasted over this one is known. */
const smallWords = (origin: string, office: string | null): string[] => [
  '不用下载，不用注册。手机微信“扫一扫”或相机都能打开，家人可以代办。',
  `不方便扫码的，可以到${office ?? '社区'}窗口登记。`,
  `网址：${origin}${OWNER_HOME}　打开的网址不是这个开头的，或者要您转账、填银行卡的，都是假的。`,
];
