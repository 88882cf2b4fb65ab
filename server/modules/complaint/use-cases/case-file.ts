import { buffer } from 'node:stream/consumers';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { frozenPaper } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { BindFault, BundleFile } from '#platform/document/bundle/bundle.ts';
import { renderBundle } from '#platform/document/render.ts';
import { Problem } from '#platform/problem.ts';
import { caseFileOf, type CaseFile } from '../case-file.ts';
import { caseFileParts } from '../case-file-parts.ts';
import { officeOf } from '../office.ts';
import { presentComplaint } from '../present.ts';
import { getRecord } from '../store.ts';

/** Attachments that are bound, together; the rest is listed with size and digest. */
const MOST_BOUND = 40 * 1_048_576;

/** 卷宗目录: everything that lies in the file, in order. */
export function getCaseFile(ctx: Ctx, { params }: Input<typeof route.getCaseFile>): Promise<Output<typeof route.getCaseFile>> {
  return ctx.read(async (db) => {
    const { item, entries } = await opened({ db, now: ctx.now }, ctx, params.complaintId);
    return { no: item.no, entries: entries.map(({ kind, title, by, on, note, paperId, file }) => ({ kind, title, by, on, note, paperId, fileNo: file?.fileNo ?? null })) };
  });
}

async function opened(tx: Parameters<typeof caseFileOf>[0], ctx: Ctx, id: Input<typeof route.getCaseFile>['params']['complaintId']): Promise<CaseFile> {
  const office = await officeOf(tx.db, ctx);
  const row = await getRecord(tx.db, ctx, office, id);
  return caseFileOf(tx, ctx, row, await presentComplaint(tx.db, ctx, row, office));
}

/** 下载卷宗: one PDF in the order of its contents; who took it is recorded. What cannot be bound is listed with size and digest. */
export async function downloadCaseFile(ctx: Ctx, { params }: Input<typeof route.downloadCaseFile>): Promise<Output<typeof route.downloadCaseFile>> {
  const { caseFile, papers } = await ctx.transact(async (tx) => {
    const found = await opened(tx, ctx, params.complaintId);
    const frozen = new Map<string, Awaited<ReturnType<typeof frozenPaper>>>();
    for (const { paperId, isIssued } of found.entries) if (paperId !== null && isIssued) frozen.set(paperId, await frozenPaper(tx.db, ctx, paperId));
    tx.audit({ action: 'complaint.case-file', subject: ['Complaint', params.complaintId], before: null, after: { no: found.item.no, entries: found.entries.length } });
    return { caseFile: found, papers: frozen };
  });
  const files: BundleFile[] = [];
  let room = MOST_BOUND;
  for (const entry of caseFile.entries.filter(({ kind }) => kind === 'paper' || kind === 'file')) {
    const about = { title: entry.title, by: entry.by, on: entry.on, note: entry.note };
    if (entry.file === null) {
      const pdf = entry.paperId === null ? undefined : papers.get(entry.paperId);
      files.push({ ...about, mediaType: 'application/pdf', bytes: pdf === undefined ? null : new Uint8Array(await pdf.pdf()) });
      continue;
    }
    const fits = entry.file.sizeBytes <= room;
    if (fits) room -= entry.file.sizeBytes;
    files.push({ ...about, mediaType: entry.file.mediaType, bytes: fits ? new Uint8Array(await buffer(await ctx.kit.files.open(entry.file.hash))) : null });
  }
  const { item } = caseFile;
  const bound = await renderBundle({
    title: `${item.no}卷宗`, lines: [`${item.estate ?? ''}　${item.place}　${item.handler}承办。`, `${ctx.today}由${ctx.actor.name}从系统导出，共${caseFile.entries.length}份。`], parts: caseFileParts(caseFile), files, at: ctx.now, author: item.handler,
  });
  if (typeof bound === 'string') throw new Problem('state.conflict', faults[bound]);
  return { fileName: `${item.no}卷宗.pdf`, mediaType: 'application/pdf', content: Buffer.from(bound.bytes) };
}

const faults: Readonly<Record<BindFault, string>> = {
  'too-large': '附件太大，装订不进一个文件；请在投诉件里逐个下载附件', 'too-slow': '装订超过一分钟没有完成，附件可能太多；请在投诉件里逐个下载附件', broken: '有附件读不出来，没有装订成；请在投诉件里逐个下载附件，并告诉系统管理员是哪一件',
};
