import type { Output } from '#contract/define-route.ts';
import { listPublicItems as route } from '#contract/publication.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { publicationKindLabels } from '#domain/publication/kind.ts';
import type { PublicPage } from '#platform/module.ts';
import { listPublicItems, listPublicPlaces } from '../use-cases/public-page.ts';
import { page } from './frame.ts';
import { html, type Html } from './html.ts';

type Row = Output<typeof route>['rows'][number];
type Places = Awaited<ReturnType<typeof listPublicPlaces>>['rows'];
const ROWS = '20';

/** 公开信息 as a page: what stands published, the newest first; found by an ordinary form. What the address asks and nobody understands is not asked. */
export const renderList: PublicPage['render'] = async (ctx, { query: typed }) => {
  const asked = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const parsed = route.query.safeParse({ ...asked, limit: ROWS });
  const query = parsed.success ? parsed.data : route.query.parse({ limit: ROWS });
  const [{ rows, next, total, totalIsExact }, { rows: places }] = [await listPublicItems(ctx, { params: {}, query, body: {} }), await listPublicPlaces(ctx)];
  const kept: Record<string, string> = parsed.success ? asked : {};
  const isAsked = ['q', 'kind', 'townshipId', 'countyId'].some((name) => kept[name] !== undefined);
  return { status: 200, html: page({ title: '公开信息', isKept: !isAsked, body: html`<h1>公开信息</h1>
<p>各级机关、物业服务企业和业主委员会发布的通知、公示和物业服务信息，不用登录。</p>
${find(kept, places)}
${rows.length === 0 ? html`<div class="card"><p>${isAsked ? '没有符合条件的公开信息，请换个条件。' : '现在没有公开信息。'}</p></div>` : html`<ul class="list">${rows.map(line)}</ul>`}
<p class="screen">共 ${total}${totalIsExact ? '' : '+'} 件。${kept['after'] !== undefined && html`<a href="${addressOf({ ...kept, after: '' })}">回到第一页</a>　`}${next !== null && html`<a href="${addressOf({ ...kept, after: next })}">下一页</a>`}</p>` }) };
};

const addressOf = (asked: Readonly<Record<string, string>>): string => {
  const text = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== '')).toString();
  return text === '' ? '/public' : `/public?${text}`;
};

const line = ({ id, title, kind, issuer, issuedOn, untilOn }: Row): Html =>
  html`<li><a href="/public/${id}">${title}</a><p>${publicationKindLabels[kind]}　${issuer}　${dateText(issuedOn)}${untilOn === null ? '' : `　公示期至${dateText(untilOn)}`}</p></li>`;

function find(kept: Readonly<Record<string, string>>, places: Places): Html {
  const named = (kind: string) => places.filter((place) => place.kind === kind && (kind === 'county' || kept['countyId'] === undefined || place.countyId === kept['countyId'])).map(({ id, name }) => [id, name] as const);
  const [counties, townships] = [named('county'), named('township')];
  const choice = (name: string, title: string, choices: readonly (readonly [string, string])[]) => html`<label>${title}<select name="${name}"><option value="">全部</option>${choices.map(([value, words]) => (kept[name] === value ? html`<option value="${value}" selected>${words}</option>` : html`<option value="${value}">${words}</option>`))}</select></label>`;
  return html`<form method="get" action="/public" role="search" aria-label="查找">
${counties.length > 1 && choice('countyId', '县（市、区）', counties)}${townships.length > 0 && choice('townshipId', '乡镇街道', townships)}${choice('kind', '种类', Object.entries(publicationKindLabels))}
<label>标题里的字<input name="q" maxlength="50" value="${kept['q'] ?? ''}"></label>
<button type="submit">查找</button>
</form>`;
}
