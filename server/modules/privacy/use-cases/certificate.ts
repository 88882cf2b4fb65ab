import { Readable } from 'node:stream';
import type { Input, Output } from '#contract/define-route.ts';
import type { getErasureCertificate as route } from '#contract/person-request.ts';
import { dateText, momentText, todayIn } from '#domain/kernel/local-date.ts';
import type { PaperBlock, PaperDocument } from '#domain/paper/document.ts';
import { erasureGrounds } from '#domain/privacy/words.ts';
import type { Ctx } from '#platform/context.ts';
import { renderPdf } from '#platform/document/render.ts';
import { Problem } from '#platform/problem.ts';
import { presentRequest } from '../person/present.ts';
import { getRequest } from '../person/store.ts';

type Certified = Awaited<ReturnType<typeof presentRequest>>;
const text = (words: string): PaperBlock => ({ kind: 'paragraph', level: 0, text: words });
const heading = (words: string): PaperBlock => ({ kind: 'paragraph', level: 1, text: words });

/** 下载删除证明 as PDF: counts by table, what was kept on which clause until when, who asked for it and who approved. Whose it was is not in it: the receiver knows. */
export async function downloadCertificate(ctx: Ctx, { params }: Input<typeof route>): Promise<Output<typeof route>> {
  const { request, county } = await ctx.transact(async (tx) => {
    const row = await getRequest(tx.db, ctx.scope, params.requestId);
    const shown = await presentRequest(tx.db, ctx, row);
    tx.audit({ action: 'privacy.certificate', subject: ['PersonRequest', row.id], before: null, after: null });
    return { request: shown, county: await tx.db.selectFrom('platform.orgUnit').select('name').where('id', '=', row.countyId).executeTakeFirstOrThrow() };
  });
  if (request.erasure === null) throw new Problem('not-found', '删除执行后才有删除证明');
  const bytes = await renderPdf(certificateOf(request, request.erasure, county.name), { at: ctx.now, author: county.name });
  return { fileName: `个人信息删除证明_${todayIn(request.erasure.erasedAt)}.pdf`, mediaType: 'application/pdf', content: Readable.from([bytes]) };
}

function certificateOf({ id, receivedOn }: Certified, { erasedAt, ground, counts, kept, backups, proposedByName, approvedByName, reapplied }: NonNullable<Certified['erasure']>, county: string): PaperDocument {
  const total = counts.reduce((sum, { rows }) => sum + rows, 0);
  return {
    layout: 'plain', mark: null, number: null, signer: null, title: '个人信息删除证明', kept: [], addressee: null, attachments: [], signature: county, date: todayIn(erasedAt), hasSealPlace: true, note: null, copies: null, printed: null, isDraft: false, verification: null,
    blocks: [
      text(`根据${dateText(receivedOn)}收到的请求，按照《个人信息保护法》第四十七条（${erasureGrounds[ground]}），已于${momentText(erasedAt)}删除请求人的下列个人信息，共 ${total} 条。本证明只记条数，不含被删除的内容。`),
      heading('一、已删除'), counts.length === 0 ? text('没有可以删除的记录。') : { kind: 'table', columns: [{ title: '存放处', share: 72 }, { title: '条数', share: 28 }], rows: counts.map(({ title, rows }) => [title, String(rows)]) },
      heading('二、依法保留'), kept.length === 0 ? text('无。') : { kind: 'table', columns: [{ title: '保留的部分', share: 46 }, { title: '依据', share: 26 }, { title: '保存到', share: 28 }], rows: kept.map(({ what, basis, until }) => [what, basis, until]) },
      heading('三、备份'), text(backups), ...(reapplied === null ? [] : [text(`数据从备份恢复后，已于${momentText(reapplied)}重新执行本次删除。`)]),
      heading('四、办理'), text(`提出：${proposedByName}；批准：${approvedByName}。`), text(`请求编号：${id}`),
    ],
  };
}
