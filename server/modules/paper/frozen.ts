import type { Id } from '#domain/kernel/brand.ts';
import type { PaperDocument } from '#domain/paper/document.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { renderPdf } from '#platform/document/render.ts';
import { Problem } from '#platform/problem.ts';
import { documentOf, isIntact, numberOf } from './document.ts';
import { getPaper, type PaperRecord } from './store.ts';

/** 已签发的文书 for another module: what it says, and its PDF when asked. */
export interface FrozenPaper { readonly paper: Pick<PaperRecord, 'id' | 'kind' | 'title' | 'issuerId' | 'issuerName' | 'townshipId' | 'data' | 'issuedOn'>; readonly number: string | null; readonly document: PaperDocument; pdf(): Promise<Buffer> }

/** 取已签发的文书, as it was issued. @throws Problem not-found, rule.violated for what is no issued paper, state.conflict when it no longer reads as issued */
export async function frozenPaper(db: Db, ctx: Ctx, id: Id<'Paper'>): Promise<FrozenPaper> {
  const paper = await getPaper(db, ctx.scope, id);
  if (paper.status !== 'issued') throw new Problem('rule.violated', '只有已签发、没有作废的文书可以公开，请先签发');
  const document = documentOf(paper, { origin: ctx.kit.origin, today: ctx.today, code: null });
  if (!isIntact(paper, document)) throw new Problem('state.conflict', '这份文书重新生成的文字与签发时不一致，不能公开；请联系系统管理员查看操作记录');
  return { paper, number: numberOf(paper), document, pdf: () => renderPdf(document, { at: paper.issuedAt ?? paper.updatedAt, author: paper.issuerName }) };
}
