import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { ReportCell, ReportDifference, ReportSheet, ReportSubject } from '#contract/report.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { ComparedCell } from '#domain/report/difference.ts';
import { within, withMerged, type Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import type { ReportTables } from '../tables.gen.ts';
import { like } from './forms.ts';

export type SendingRecord = Selectable<ReportTables['report.sending']>;
export interface SendingFilters { readonly formId?: Id<'Form'> | undefined; readonly q?: string | undefined; readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined }

/** 可见的上报; with `withMerged` also those of bodies merged into this one: what was sent stays under who sent it. */
export const visibleSendings = (db: Db, scope: Scope) => within(scope, db.selectFrom('report.sending as s'), { alias: 's', only: ['county', 'township'], inherited: true });

/** 查上报. @throws Problem not-found */
export async function getSending(db: Db, scope: Scope, id: Id<'Sending'>): Promise<SendingRecord> {
  const row = await visibleSendings(db, await withMerged(db, scope)).selectAll('s').where('s.id', '=', id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', '没有这次上报，或不在管辖范围内');
  return row;
}

/** 上次上报 of a form: the latest one that no other corrects. */
export async function lastSending(db: Db, formId: Id<'Form'>): Promise<SendingRecord | undefined> {
  return db.selectFrom('report.sending as s').selectAll('s').where('s.formId', '=', formId)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('report.sending as n').select('n.id').whereRef('n.correctsId', '=', 's.id')))).orderBy('s.id', 'desc').limit(1).executeTakeFirst();
}

/** 条件下的上报. */
export function sendingsLike(db: Db, scope: Scope, { formId, q, from, to }: SendingFilters) {
  let query = visibleSendings(db, scope);
  if (formId) query = query.where('s.formId', '=', formId);
  if (q) query = query.where(sql<boolean>`(s.title like ${like(q)} or s.reported_to like ${like(q)} or s.signer like ${like(q)})`);
  if (from) query = query.where('s.asOfOn', '>=', from);
  if (to) query = query.where('s.asOfOn', '<=', to);
  return query;
}

/** A cell as it is frozen: with whose line it is, which mark asked for it (not kept at first) and which of the subjects stand behind it. */
export const FrozenCell = ReportCell.extend({ line: z.string().nullable(), mark: z.string().nullable().default(null), rows: z.array(z.int().min(0)) });
export type FrozenCell = z.output<typeof FrozenCell>;
export type Subject = z.output<typeof ReportSubject>;

/** 固定的内容. */
export function frozenOf(row: SendingRecord) {
  return {
    cells: z.array(FrozenCell).parse(row.cells), subjects: z.array(ReportSubject).parse(row.subjects), sheets: z.array(ReportSheet).parse(row.sheets),
    differences: z.array(ReportDifference).parse(row.differences), warnings: z.array(z.string()).parse(row.warnings),
  };
}

/** 比较用: the frozen cells with their records. */
export function comparedOf(row: SendingRecord): ComparedCell[] {
  const { cells, subjects } = frozenOf(row);
  return cells.map(({ sheet, address, mark, title, shown, line, rows }) => ({ sheet, address, mark, title, shown, line, rows: rows.flatMap((at) => subjects[at] ?? []) }));
}
