import { z } from 'zod';
import type { Output } from '#contract/define-route.ts';
import { paperLayout, type getPaper as oneRoute, type listPapers } from '#contract/paper.ts';
import { headingOf } from '#domain/paper/body-text.ts';
import { paperDate, textOf, type PaperBlock, type PaperDocument } from '#domain/paper/document.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { titleLines } from '#domain/paper/typeset/title-lines.ts';
import { historyOf } from '#platform/audit/history.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { personNames } from '#platform/identity/in-hand.ts';
import { paperCan } from './access.ts';
import { checkCode, documentOf, groupedCode, isIntact, numberOf, verifyUrl } from './document.ts';
import type { Issuer } from './issuer.ts';
import { codeInForce } from './numbering.ts';
import { estateNames, type PaperRecord } from './store.ts';

type Row = Output<typeof listPapers>['rows'][number];
type Paper = Output<typeof oneRoute>;
const strings = z.record(z.string(), z.string());
/** What of a paper its history tells. */
const Told = z.object({ title: z.string().meta({ title: '标题' }), layout: paperLayout, number: z.string().meta({ title: '发文字号' }), signer: z.string().meta({ title: '签发人' }) });
const TITLE_MOST = 18;

/** 名称: of the estates that papers are about, and of those who have them in hand. */
export interface Names { readonly estates: ReadonlyMap<string, string>; readonly people: (id: string | null) => string | null }
export const namesFor = async (db: Db, papers: readonly PaperRecord[]): Promise<Names> => ({ estates: await estateNames(db, papers.map((paper) => paper.aboutEstateId)), people: await personNames(db, papers.map((paper) => paper.holderId)) });

/** 文书列表行. */
export function presentRow(paper: PaperRecord, ctx: Pick<Ctx, 'actor'>, issuer: Issuer | null, { estates, people }: Names): Row {
  const name = paper.aboutEstateId === null ? undefined : estates.get(paper.aboutEstateId);
  return {
    id: paper.id, kind: paper.kind, number: numberOf(paper), title: paper.title, issuer: paper.issuerName, status: paper.status, layout: paper.layout,
    estate: paper.aboutEstateId === null || name === undefined ? null : { id: paper.aboutEstateId, name },
    issuedOn: paper.issuedOn, signer: paper.signer, drafter: paper.createdByName, holder: paper.holderId === null ? paper.createdByName : people(paper.holderId), createdAt: paper.createdAt, version: paper.version, can: paperCan(ctx, paper, issuer),
  };
}

/** 文书详情, drawn anew from its template version and data. */
export async function presentPaper(db: Db, ctx: Ctx, paper: PaperRecord, issuer: Issuer | null): Promise<Paper> {
  const code = paper.status === 'draft' ? await codeInForce(db, paper.issuerId, paper.kind, ctx.today) : null;
  const document = documentOf(paper, { origin: ctx.kit.origin, today: ctx.today, code });
  return {
    ...presentRow(paper, ctx, issuer, await namesFor(db, [paper])),
    issuerKind: paper.issuerKind, templateVersion: paper.templateVersion, data: strings.parse(paper.data), document: presentDocument(document), text: textOf(document), isIntact: isIntact(paper, document),
    verifyCode: paper.verifyCode === null ? null : groupedCode(paper.verifyCode), verifyUrl: paper.verifyCode === null ? null : verifyUrl(ctx.kit.origin, paper.verifyCode), checkCode: paper.textSha256 === null ? null : checkCode(paper.textSha256),
    cancelledAt: paper.cancelledAt, cancelReason: paper.cancelReason, history: await historyOf(db, 'Paper', paper.id, Told),
  };
}

function presentDocument(paper: PaperDocument): Paper['document'] {
  return {
    ...paper, titleLines: titleLines(paper.title, TITLE_MOST, paper.kept), blocks: paper.blocks.map(presentBlock), attachments: [...paper.attachments], dateText: paperDate(paper.date),
    printed: paper.printed === null ? null : `${paper.printed.by}　${dateText(paper.printed.on)}印发`,
  };
}

function presentBlock(block: PaperBlock): Paper['document']['blocks'][number] {
  switch (block.kind) {
    case 'paragraph': { const { heading, rest } = headingOf(block.level, block.text); return { kind: 'paragraph', level: block.level, heading, text: rest }; }
    case 'table': return { kind: 'table', columns: block.columns.map((column) => column.title), rows: block.rows.map((row) => [...row]) };
    case 'sign-places': return { kind: 'sign-places', places: [...block.places] };
  }
}
