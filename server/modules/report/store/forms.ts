import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { ReportMark, ReportSheet } from '#contract/report.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import { Problem } from '#platform/problem.ts';
import type { ReportTables } from '../tables.gen.ts';

export type FormRecord = Selectable<ReportTables['report.form']>;
export type Sheet = z.output<typeof ReportSheet>;
export interface FormFilters { readonly q?: string | undefined; readonly archived?: 'true' | 'false' | undefined; readonly inHand?: 'mine' | undefined }

/** 可见的上报表格: the county sees its own and its townships', a township its own. */
export const visibleForms = (db: Db, scope: Scope) => within(scope, db.selectFrom('report.form as f'), { alias: 'f', only: ['county', 'township'] });

/** 查表. @throws Problem not-found — also when out of scope */
export async function getForm(db: Db, scope: Scope, id: Id<'Form'>): Promise<FormRecord> {
  return foundForm(await visibleForms(db, scope).selectAll('f').where('f.id', '=', id).executeTakeFirst());
}

/** 锁表 for change. @throws Problem not-found, state.stale */
export async function lockForm(db: Db, { scope, ifMatch }: Pick<Ctx, 'scope' | 'ifMatch'>, id: Id<'Form'>): Promise<FormRecord> {
  const form = foundForm(await visibleForms(db, scope).selectAll('f').where('f.id', '=', id).forUpdate().executeTakeFirst());
  if (ifMatch !== null && ifMatch !== form.version) throw new Problem('state.stale', '这张表的标记已被别人修改，请刷新后再保存');
  return form;
}

function foundForm(form: FormRecord | undefined): FormRecord {
  if (form === undefined) throw new Problem('not-found', '上报表格不存在，或不在管辖范围内');
  return form;
}

/** 一页表格, newest first. */
export function formsLike(db: Db, { scope, actor }: Pick<Ctx, 'scope' | 'actor'>, { q, archived, inHand }: FormFilters) {
  let query = visibleForms(db, scope);
  if (inHand === 'mine') query = query.where(isInHand('f.holderId', 'f.createdBy', actor.userId));
  if (archived !== 'true') query = query.where('f.archivedAt', 'is', null);
  if (q) query = query.where(sql<boolean>`(f.title like ${like(q)} or f.reported_to like ${like(q)})`);
  return query;
}

/** 含有…的 as a pattern. */
export const like = (q: string): string => `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** 标记 as kept. */
export const marksOf = ({ marks }: Pick<FormRecord, 'marks'>) => z.array(ReportMark).parse(marks);
/** 每次填写的内容 as kept. */
export const typedCellsOf = ({ typedCells }: Pick<FormRecord, 'typedCells'>) => z.array(z.object({ sheet: z.int(), cell: z.string(), text: z.string() })).parse(typedCells);
/** 空表的样子 as kept. */
export const sheetsOf = ({ sheets }: Pick<FormRecord, 'sheets'>): Sheet[] => z.array(ReportSheet).parse(sheets);

/** The file behind a form or a sending. @throws Problem file.not-found */
export async function fileOf(db: Db, id: Id<'File'>): Promise<{ readonly hash: string; readonly name: string; readonly mediaType: string }> {
  const file = await db.selectFrom('platform.file').select(['hash', 'name', 'mediaType']).where('id', '=', id).executeTakeFirst();
  if (file === undefined) throw new Problem('file.not-found', '文件不存在或不在管辖范围内');
  return file;
}
