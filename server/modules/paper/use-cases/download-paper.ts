import type { Input, Output } from '#contract/define-route.ts';
import type { downloadPdf as pdfRoute, downloadWord as wordRoute } from '#contract/paper.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { PaperDocument } from '#domain/paper/document.ts';
import type { Ctx } from '#platform/context.ts';
import { renderPdf, renderWord } from '#platform/document/render.ts';
import { Problem } from '#platform/problem.ts';
import { documentOf, isIntact, numberOf } from '../document.ts';
import { codeInForce } from '../numbering.ts';
import { getPaper, type PaperRecord } from '../store.ts';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** 下载 PDF. */
export async function downloadPdf(ctx: Ctx, { params }: Input<typeof pdfRoute>): Promise<Output<typeof pdfRoute>> {
  const { paper, document } = await drawn(ctx, params.paperId);
  return { fileName: `${fileName(paper)}.pdf`, mediaType: 'application/pdf', content: await renderPdf(document, { at: paper.issuedAt ?? paper.updatedAt, author: paper.issuerName }) };
}

/** 下载 Word. */
export async function downloadWord(ctx: Ctx, { params }: Input<typeof wordRoute>): Promise<Output<typeof wordRoute>> {
  const { paper, document } = await drawn(ctx, params.paperId);
  return { fileName: `${fileName(paper)}.docx`, mediaType: WORD, content: await renderWord(document, { author: paper.issuerName }) };
}

/** Drawn anew; an issued paper that no longer reads as it was issued is not given out. */
function drawn(ctx: Ctx, id: Id<'Paper'>): Promise<{ paper: PaperRecord; document: PaperDocument }> {
  return ctx.read(async (db) => {
    const paper = await getPaper(db, ctx.scope, id);
    const code = paper.status === 'draft' ? await codeInForce(db, paper.issuerId, paper.kind, ctx.today) : null;
    const document = documentOf(paper, { origin: ctx.kit.origin, today: ctx.today, code });
    if (!isIntact(paper, document)) throw new Problem('state.conflict', '这份文书重新生成的文字与签发时不一致，已停止下载；请联系系统管理员查看操作记录');
    return { paper, document };
  });
}

const fileName = (paper: PaperRecord): string => [numberOf(paper), paper.title, paper.status === 'cancelled' ? '（已作废）' : null].filter(Boolean).join(' ').replaceAll(/[\\/:*?"<>|]/g, '').slice(0, 120);
