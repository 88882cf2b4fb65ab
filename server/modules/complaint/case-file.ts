import type { Id, Instant } from '#domain/kernel/brand.ts';
import { categoryLabels, paceLabels } from '#domain/complaint/category.ts';
import { complaintStatusLabels } from '#domain/complaint/lifecycle.ts';
import { originLabels } from '#domain/complaint/origin.ts';
import { outcomeLabels, satisfactionLabels } from '#domain/complaint/reply.ts';
import { dateText, momentText, todayIn } from '#domain/kernel/local-date.ts';
import { explainedDues, type ExplainedDue } from '#modules/obligation/index.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Output } from '#contract/define-route.ts';
import type { getComplaint } from '#contract/complaint.ts';
import { filesOf, type NamedComplaint } from './store.ts';

type Detail = Output<typeof getComplaint>;
/** 卷内的一份. `paperId` and `fileNo` say where it lies; `hash` of a file is its SHA-256. */
export interface CaseFileEntry { readonly kind: 'register' | 'steps' | 'dues' | 'looks' | 'paper' | 'file'; readonly title: string; readonly by: string; readonly on: string; readonly note: string; readonly paperId: Id<'Paper'> | null; readonly isIssued: boolean; readonly file: Awaited<ReturnType<typeof filesOf>>[number] | null }
/** 卷宗: what lies in it, in order, with what our own parts are written from. */
export interface CaseFile { readonly item: Detail; readonly entries: readonly CaseFileEntry[]; readonly dues: readonly ExplainedDue[]; readonly looks: readonly Look[] }
interface Look { readonly byName: string; readonly at: Instant; readonly reason: string }

const bytes = (size: number): string => (size < 1_048_576 ? `${Math.max(1, Math.round(size / 1_024))} KB` : `${(size / 1_048_576).toFixed(1)} MB`);
/** 附件的大小和摘要, by which a copy is recognised. */
export const digestNote = (file: { readonly sizeBytes: number; readonly hash: string }): string => `${bytes(file.sizeBytes)}，SHA-256：${file.hash}`;
const kinds = { given: '投诉人提供', letter: '来件原件', handling: '办理中', reply: '答复' } as const;

/** 卷宗 of one file, for who may open it: registered facts, steps, time limits with their reasons, who looked at the complainant, papers, attachments. Who complained stands in none of it. */
export async function caseFileOf(tx: Pick<Tx, 'db' | 'now'>, ctx: Ctx, row: NamedComplaint, item: Detail): Promise<CaseFile> {
  const dues = await explainedDues(tx, ctx, ['Complaint', row.id]);
  const looks = item.canReveal === true ? await looksAt(tx, row.id) : [];
  const papers = await tx.db.selectFrom('complaint.complaintPaper').selectAll().where('complaintId', '=', row.id).orderBy('paperId').limit(100).execute();
  const seen = new Map((papers.length === 0 ? [] : await within(ctx.scope, tx.db.selectFrom('paper.paper as p'), { alias: 'p' }).select(['p.id', 'p.status', 'p.issuerName', 'p.issuedOn']).where('p.id', 'in', papers.map(({ paperId }) => paperId)).execute()).map((paper) => [paper.id, paper]));
  const none = { paperId: null, isIssued: false, file: null };
  const entries: CaseFileEntry[] = [
    { ...none, kind: 'register', title: '登记信息', by: item.firstBody, on: item.receivedOn, note: `${originLabels[item.origin]}${item.originNo === null ? '' : ` ${item.originNo}`}` },
    { ...none, kind: 'steps', title: '办理过程', by: item.handler, on: todayIn(row.updatedAt), note: `${item.steps.length}步` },
    { ...none, kind: 'dues', title: '时限和计算说明', by: item.handler, on: ctx.today, note: `${dues.length}项` },
    ...(item.canReveal === true ? [{ ...none, kind: 'looks' as const, title: '查看投诉人的记录', by: item.handler, on: ctx.today, note: `${looks.length}次` }] : []),
    ...papers.map(({ paperId, title, createdAt }): CaseFileEntry => {
      const paper = seen.get(paperId);
      const isIssued = paper?.status === 'issued';
      return { kind: 'paper', title, by: paper?.issuerName ?? '', on: paper?.issuedOn ?? todayIn(createdAt), note: paper === undefined ? '不在本单位管辖范围，只列标题' : isIssued ? '已签发' : '没有签发，只列标题', paperId: paper === undefined ? null : paperId, isIssued, file: null };
    }),
    ...(await filesOf(tx.db, row.id)).map((file): CaseFileEntry => ({ ...none, kind: 'file', title: file.name, by: kinds[file.kind], on: '', note: digestNote(file), file })),
  ];
  return { item, entries, dues, looks };
}

/** Who looked at the complainant, when and why; the trail lies with the county, whoever handles the file may read what concerns it. */
const looksAt = (tx: Pick<Tx, 'db'>, id: Id<'Complaint'>): Promise<Look[]> => beyondScope(tx, async () =>
  (await tx.db.selectFrom('audit.entry').select(['actorName', 'at', 'reason']).where('action', '=', 'complainant.reveal').where('subjectKind', '=', 'Complaint').where('subjectId', '=', id).orderBy('entryNo').limit(500).execute()).map(({ actorName, at, reason }) => ({ byName: actorName, at, reason: reason ?? '' })));

/** 登记信息, name and value; nothing of who complained. */
export function registerFacts(item: Detail): readonly (readonly [string, string])[] {
  const given: readonly (readonly [string, string | null])[] = [
    ['编号', item.no], ['来源', originLabels[item.origin]], ['来源编号', item.originNo], ['来源单位的期限', item.originDueOn === null ? null : dateText(item.originDueOn)], ['收到日期', dateText(item.receivedOn)], ['类别', categoryLabels[item.category] ?? ''], ['办理类别', paceLabels[item.pace]],
    ['小区', item.estate], ['所在地', item.place], ['具体位置', item.spot], ['涉及业主', `${item.ownerCount}名`], ['首接单位', item.firstBody], ['承办单位', item.handler], ['协办单位', item.assisting.join('、')], ['状态', complaintStatusLabels[item.status]],
    ['不予受理', item.refusal], ['办理结果', item.outcome === null ? null : outcomeLabels[item.outcome]], ['调解协议', item.agreement], ['满意情况', item.satisfaction === null ? null : satisfactionLabels[item.satisfaction]], ['不满意的原因', item.satisfactionWhy],
  ];
  return given.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const]));
}

/** 时刻 in words. */
export const moment = (at: Instant): string => momentText(at);
