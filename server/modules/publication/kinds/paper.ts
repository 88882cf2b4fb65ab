import { z } from 'zod';
import { makeId } from '#domain/kernel/brand.ts';
import { localDate } from '#contract/kernel.ts';
import type { PublicBlock } from '#domain/publication/content.ts';
import { attachmentLines, paperDate, type PaperBlock, type PaperDocument } from '#domain/paper/document.ts';
import { frozenPaper } from '#modules/paper/index.ts';
import { Problem } from '#platform/problem.ts';
import type { PublicationSource } from './kind.ts';

const lasting = z.object({ to: localDate });

/** 文书: an issued 通知 or 公示 of one's own body, as its words and its PDF; a 公示 stands until its own last day. */
export const paperSource: PublicationSource = {
  kind: 'paper',
  draw: async ({ db, ctx, issuer, subjectId }) => {
    if (subjectId === null) throw new Problem('rule.violated', '请选择要公开的文书');
    const { paper, number, document, pdf } = await frozenPaper(db, ctx, makeId<'Paper'>(subjectId));
    if (paper.kind !== 'notice' && paper.kind !== 'public-notice') throw new Problem('rule.violated', '转办函、移交清单、请示、报告是内部往来文书，不公开；可以公开的是通知和公示');
    if (paper.issuerId !== issuer.id) throw new Problem('rule.violated', `这份文书由${paper.issuerName}签发，由该单位公开`);
    const period = paper.kind === 'public-notice' ? lasting.safeParse(paper.data) : null;
    return {
      title: paper.title.slice(0, 120), aboutTownshipId: paper.townshipId, blocks: blocksOf(document, number),
      period: period?.success === true && period.data.to > ctx.today ? { kind: 'until', days: null, until: period.data.to } : null,
      files: [{ name: `${[number, paper.title].filter(Boolean).join(' ').replaceAll(/[\\/:*?"<>|]/g, '').slice(0, 110)}.pdf`, mediaType: 'application/pdf', bytes: pdf }],
    };
  },
};

function blocksOf(document: PaperDocument, number: string | null): PublicBlock[] {
  const line = (text: string | null): PublicBlock[] => (text === null ? [] : [{ kind: 'paragraph', text }]);
  return [
    ...line(number), ...line(document.addressee === null ? null : `${document.addressee}：`), ...document.blocks.flatMap(blockOf), ...attachmentLines(document.attachments).flatMap(line),
    ...line(document.signature), ...line(document.signature === null ? null : paperDate(document.date)), ...line(document.note === null ? null : `（${document.note}）`),
  ];
}

function blockOf(block: PaperBlock): PublicBlock[] {
  switch (block.kind) {
    case 'paragraph': return [block.level === 1 || block.level === 2 ? { kind: 'heading', level: block.level, text: block.text } : { kind: 'paragraph', text: block.text }];
    case 'table': return [{ kind: 'table', columns: block.columns.map(({ title }) => title), rows: block.rows }];
    case 'sign-places': return [];
  }
}
