import { z } from 'zod';
import type { Output } from '#contract/define-route.ts';
import { ReportMark, type getReportForm, type listReportForms, type listReportSendings } from '#contract/report.ts';
import { cadenceLabels } from '#domain/report/obligations.ts';
import { suggestMarks } from '#domain/report/suggest.ts';
import { duesOf } from '#modules/obligation/index.ts';
import type { Ctx } from '#platform/context.ts';
import { historyOf } from '#platform/audit/history.ts';
import type { Db } from '#platform/db/types.ts';
import { personNames } from '#platform/identity/in-hand.ts';
import { formCan, scopeOfForm } from './access.ts';
import { townshipFacts } from './facts/load-facts.ts';
import { fileOf, marksOf, typedCellsOf, sheetsOf, type FormRecord } from './store/forms.ts';
import { lastSending, type SendingRecord } from './store/sendings.ts';

type Form = Output<typeof listReportForms>['rows'][number];
type Sending = Output<typeof listReportSendings>['rows'][number];

/** 最近上报. */
export const presentLast = (row: SendingRecord | undefined): Form['last'] => (row === undefined ? null : { id: row.id, asOfOn: row.asOfOn, sentAt: row.sentAt });

/** 上报表格, as listed. */
export async function presentForm(db: Db, ctx: Ctx, form: FormRecord): Promise<Form> {
  const { name } = await fileOf(db, form.fileId);
  const person = await personNames(db, [form.createdBy, form.holderId]);
  return {
    id: form.id, title: form.title, reportedTo: form.reportedTo, fileName: name, fileType: form.fileType, cadence: form.every === null || form.daysAfter === null ? null : { every: form.every, daysAfter: form.daysAfter }, markCount: marksOf(form).length, last: presentLast(await lastSending(db, form.id)),
    createdBy: person(form.createdBy), holder: person(form.holderId ?? form.createdBy), updatedAt: form.updatedAt, archivedAt: form.archivedAt, can: formCan(ctx, form), version: form.version,
  };
}

const draft = z.object({ title: z.string().meta({ title: '表名' }), reportedTo: z.string().meta({ title: '报送单位' }), marks: z.number().meta({ title: '标记' }), townshipNames: z.string().meta({ title: '印着的乡镇名' }), file: z.string().meta({ title: '空表文件' }), typedCells: z.string().meta({ title: '每次填写' }), archivedAt: z.string().meta({ title: '归档时间' }), every: z.enum(['month', 'quarter', 'year']).nullable().meta({ title: '报送周期', 'x-labels': cadenceLabels }), daysAfter: z.number().nullable().meta({ title: '期末后几天内' }) });

/** 上报表格 with its sheets, marks and what could be marked. */
export async function presentFormDetail(db: Db, ctx: Ctx, form: FormRecord, { isRecognised = false, notices = [] }: { isRecognised?: boolean; notices?: readonly string[] } = {}): Promise<Output<typeof getReportForm>> {
  const marks = marksOf(form);
  const sheets = sheetsOf(form);
  const suggestions = marks.length > 0 ? [] : suggestMarks(sheets, await townshipFacts(db, scopeOfForm(form)));
  return { ...await presentForm(db, ctx, form), dues: await duesOf(db, ctx, ['Form', form.id]), sheets, marks, typedCells: typedCellsOf(form), suggestions: z.array(ReportMark).parse(suggestions), isRecognised, notices: [...notices], history: await historyOf(db, 'Form', form.id, draft) };
}

/** 一次上报, as listed. */
export async function presentSending(db: Db, row: SendingRecord): Promise<Sending> {
  const person = await personNames(db, [row.sentBy]);
  const correctedBy = await db.selectFrom('report.sending').select('id').where('correctsId', '=', row.id).orderBy('id', 'desc').limit(1).executeTakeFirst();
  return {
    id: row.id, formId: row.formId, title: row.title, asOfOn: row.asOfOn, knownOn: row.knownOn, reportedTo: row.reportedTo, signer: row.signer, filler: row.filler, sentAt: row.sentAt, sentBy: person(row.sentBy),
    fileName: (await fileOf(db, row.fileId)).name, fileHash: row.fileHash, correctsId: row.correctsId, correction: row.correction, correctedById: correctedBy?.id ?? null,
  };
}
