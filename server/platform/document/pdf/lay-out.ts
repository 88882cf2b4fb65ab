import type { PaperDocument } from '#domain/paper/document.ts';
import { headingOf } from '#domain/paper/body-text.ts';
import type { Run } from '#domain/paper/typeset/break-lines.ts';
import { linePitch } from '#domain/paper/typeset/measures.ts';
import { startFlow } from './flow.ts';
import { putAttachments, putNote, putPageNumbers, putSignature, putSignPlaces, putVerification, QR_SIDE } from './foot.ts';
import { putHead } from './head.ts';
import { putImprint, type ImprintPlace } from './imprint.ts';
import type { PageOps } from './ops.ts';
import { putTable } from './table.ts';
import { putParagraph } from './text.ts';

/** 排版: every page of a paper as drawing instructions, and where its imprint came to stand. */
export function layOut(paper: PaperDocument): { readonly pages: readonly PageOps[]; readonly imprint: ImprintPlace } {
  const flow = startFlow();
  putHead(flow, paper);
  for (const block of paper.blocks) {
    if (block.kind === 'paragraph') putParagraph(flow, runsOf(block.level, block.text));
    if (block.kind === 'table') putTable(flow, block.columns, block.rows);
    if (block.kind === 'sign-places') putSignPlaces(flow, block.places, paper.verification === null ? 0 : QR_SIDE + 4 + linePitch);
  }
  putAttachments(flow, paper.attachments);
  const isVerified = putSignature(flow, paper);
  putNote(flow, paper.note);
  if (!isVerified) putVerification(flow, paper.verification);
  const textPages = flow.pages.length;
  const imprint = putImprint(flow, paper);
  // GB/T 9704 7.5: with a blank page before it, neither that page nor the imprint's own is numbered.
  putPageNumbers(flow.pages, paper.layout, imprint === 'after-blank' ? textPages : flow.pages.length);
  return { pages: flow.pages, imprint };
}

/** 层次字体: 黑体, 楷体, then 仿宋. */
function runsOf(level: 0 | 1 | 2 | 3 | 4, text: string): Run[] {
  const { heading, rest } = headingOf(level, text);
  const runs: Run[] = [{ text: heading, face: level === 1 ? 'hei' : 'kai' }, { text: rest, face: 'fang' }];
  return runs.filter((run) => run.text !== '');
}
