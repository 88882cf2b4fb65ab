import type { Output } from '#contract/define-route.ts';
import type { getPublicItem as route } from '#contract/publication.ts';
import { isId, type Id } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { publicationKindLabels } from '#domain/publication/kind.ts';
import type { Ctx } from '#platform/context.ts';
import type { PageAnswer, PublicPage } from '#platform/module.ts';
import { Problem } from '#platform/problem.ts';
import { publicUrl } from '../present.ts';
import { getPublicItem } from '../use-cases/public-page.ts';
import { page } from './frame.ts';
import { html, Html } from './html.ts';

type Item = Output<typeof route>;
type Block = Item['blocks'][number];

/** 一件公开信息 as a page; once it ended, that it did and why, and nothing of what it said. */
export const renderItem: PublicPage['render'] = async (ctx, { params }) => {
  const publicId = params['publicId'] ?? '';
  const item = isId<'PublicItem'>(publicId) ? await found(ctx, publicId) : null;
  if (item === null) return absent;
  if (item.state !== 'published') return { status: 410, html: page({ title: `${headingOf(item)} · 公开信息`, isKept: false, body: gone(item) }) };
  return { status: 200, html: page({ title: `${item.title ?? ''} · 公开信息`, body: await standing(item, publicUrl(ctx.kit.origin, item.id)) }) };
};

const absent: PageAnswer = { status: 404, html: page({ title: '没有这件公开信息', isKept: false, body: html`<h1>没有这件公开信息</h1><div class="card"><p>请核对地址，或<a href="/public">看全部公开信息</a>。</p></div>` }) };

async function found(ctx: Ctx, publicId: Id<'PublicItem'>): Promise<Item | null> {
  try {
    return await getPublicItem(ctx, { params: { publicId }, query: {}, body: {} });
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return null;
    throw error;
  }
}

const headingOf = ({ state }: Item): string => (state === 'withdrawn' ? '已撤回' : '公示期已满');
const sizeWords = (bytes: number): string => (bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`);

async function standing(item: Item, address: string): Promise<Html> {
  const { blocks, files } = item;
  return html`<article>
<h1>${item.title}</h1>
${meta(item)}
${blocks.map(blockOf)}
${files.length > 0 && html`<h2>附件</h2><ul>${files.map(({ fileNo, name, sizeBytes }) => html`<li><a href="/api/public-items/${item.id}/files/${fileNo}" download>${name}</a>（${sizeWords(sizeBytes)}）</li>`)}</ul>`}
<p class="note">${item.untilWords}${item.digest === null ? '' : `。内容校验码：${item.digest}`}</p>
</article>
<div class="code">${await qrOf(address)}<p class="note">用手机扫一扫看原文：<br>${address}</p></div>`;
}

function gone(item: Item): Html {
  const on = item.endedOn === null ? '' : dateText(item.endedOn);
  return html`<h1>${headingOf(item)}</h1>
<div class="card">
<p class="gone">${item.state === 'withdrawn' ? `这件公开信息已于${on}撤回。` : `公示期已满，已于${on}撤下。`}</p>
${item.withdrawReason !== null && html`<p>撤回原因：${item.withdrawReason}</p>`}
${meta({ ...item, untilOn: null })}
<p class="note">需要了解的，请向发布单位咨询。以前保存或转发的内容不再有效。</p>
</div>`;
}

function meta({ issuer, issuedOn, untilOn, indexNo, kind }: Pick<Item, 'issuer' | 'issuedOn' | 'untilOn' | 'indexNo' | 'kind'>): Html {
  const facts = [['发布单位', issuer], ['发布日期', dateText(issuedOn)], ...(untilOn === null ? [] : [['公示期至', `${dateText(untilOn)}（含当日）`]]), ['索引号', indexNo], ['种类', publicationKindLabels[kind]]];
  return html`<dl class="meta">${facts.map(([title = '', value = '']) => html`<div><dt>${title}：</dt><dd>${value}</dd></div>`)}</dl>`;
}

function blockOf(block: Block): Html {
  switch (block.kind) {
    case 'heading': return block.level === 1 ? html`<h2>${block.text}</h2>` : html`<h3>${block.text}</h3>`;
    case 'paragraph': return html`<p>${block.text}</p>`;
    case 'list': return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case 'facts': return html`<dl class="facts">${block.facts.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
    case 'table': return html`<div class="wide" tabindex="0" role="group" aria-label="表格"><table><thead><tr>${block.columns.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${block.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
  }
}

/** 二维码 as a drawing, for paper and for whoever reads at a desk. */
async function qrOf(address: string): Promise<Html> {
  const { create } = await import('qrcode');
  const { modules: { size, data } } = create(address, { errorCorrectionLevel: 'M' });
  const dots = Array.from({ length: size * size }, (_, at) => (data[at] ? `M${at % size} ${Math.floor(at / size)}h1v1h-1z` : '')).join('');
  return html`<svg role="img" aria-label="本页地址的二维码" viewBox="-2 -2 ${size + 4} ${size + 4}"><path d="${dots}"/></svg>`;
}
