import { createHash } from 'node:crypto';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addressOf } from '#domain/report/address.ts';
import { difference, type CellDifference, type ComparedCell } from '#domain/report/difference.ts';
import type { Facts } from '#domain/report/facts.ts';
import { dayOf, daysOf, type MarkDay } from '#domain/report/mark.ts';
import { planFill, type FillPlan } from '#domain/report/plan.ts';
import type { PlannedCell } from '#domain/report/planned.ts';
import type { FillNote } from '#domain/report/text.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { fillBlank } from '#platform/workbook/fill/fill-blank.ts';
import type { BlankSheet } from '#platform/workbook/fill/types.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import { scopeOfForm } from './access.ts';
import { loadFacts } from './facts/load-facts.ts';
import { fileOf, marksOf, typedCellsOf, sheetsOf, type FormRecord, type Sheet } from './store/forms.ts';
import { comparedOf, getSending, lastSending, type SendingRecord } from './store/sendings.ts';
import type { Id } from '#domain/kernel/brand.ts';

/** 填报要求: the day, the day whose knowledge counts, and the words of the form. */
export interface FillWanted {
  readonly on?: LocalDate | undefined; readonly knownOn?: LocalDate | undefined; readonly correctsId?: Id<'Sending'> | undefined;
  readonly unit?: string | undefined; readonly signer?: string | undefined; readonly filler?: string | undefined; readonly phone?: string | undefined;
}

/** 填好的表: its cells, and the difference from what was sent last (or from what it corrects). */
export interface Filled { readonly on: LocalDate; readonly knownOn: LocalDate; readonly plan: FillPlan; readonly previous: SendingRecord | undefined; readonly differences: readonly CellDifference[]; readonly digest: string; readonly fileName: string; readonly fileHash: string }

/** 填表: computes every cell. Writes nothing. @throws Problem input.invalid for a day to come */
export async function fillForm(db: Db, ctx: Ctx, form: FormRecord, wanted: FillWanted): Promise<Filled> {
  const on = wanted.on ?? ctx.today;
  for (const [field, day] of [['on', on], ['knownOn', wanted.knownOn ?? ctx.today]] as const) {
    if (day > ctx.today) throw new Problem('input.invalid', field === 'on' ? '截至日期不能晚于今天' : '当时掌握的日期不能晚于今天', { errors: [{ pointer: `?${field}`, message: '不能晚于今天' }] });
  }
  const marks = marksOf(form);
  const days: Partial<Record<MarkDay, Facts>> = {};
  for (const day of daysOf(marks)) days[day] = await factsFor(db, ctx, form, dayOf(day, on), wanted.knownOn ?? null);
  const plan = planFill(marks, { sheets: sheetsOf(form), days, note: await noteOf(db, ctx, form, on, wanted), typedCells: typedCellsOf(form) });
  const previous = wanted.correctsId === undefined ? await lastSending(db, form.id) : await corrected(db, ctx, form, wanted.correctsId);
  const file = await fileOf(db, form.fileId);
  const knownOn = wanted.knownOn ?? ctx.today;
  return {
    on, knownOn, plan, previous, fileHash: file.hash, fileName: `${file.name.replace(/\.[^.]*$/, '').replace(/[（(]空表[）)]/, '')}_截至${on}.${form.fileType}`,
    differences: previous === undefined ? [] : difference(comparedOf(previous), plan.cells.map(compared)), digest: digestOf(on, knownOn, plan),
  };
}

async function corrected(db: Db, ctx: Ctx, form: FormRecord, id: Id<'Sending'>): Promise<SendingRecord> {
  const sending = await getSending(db, ctx.scope, id);
  if (sending.formId !== form.id) throw new Problem('not-found', '要更正的上报不是这张表的');
  return sending;
}

const factsFor = (db: Db, ctx: Ctx, form: FormRecord, on: LocalDate, knownOn: LocalDate | null): Promise<Facts> => loadFacts(db, {
  scope: scopeOfForm(form), on, knownOn, today: ctx.today, vault: actorMay(ctx.actor, 'registry.directory.read') ? ctx.kit.vault : null,
});

async function noteOf(db: Db, ctx: Ctx, form: FormRecord, on: LocalDate, wanted: FillWanted): Promise<FillNote> {
  const home = await db.selectFrom('platform.orgUnit').select(['name', 'kind']).where('countyId', '=', form.countyId)
    .where((eb) => (form.townshipId === null ? eb('kind', 'in', ['bureau', 'county']) : eb('id', '=', form.townshipId))).orderBy('kind').limit(1).executeTakeFirst();
  const own = home === undefined ? '' : home.kind === 'county' ? `${home.name}住房和城乡建设局` : home.name;
  return { unit: wanted.unit || own, on, signer: wanted.signer ?? '', filler: wanted.filler || ctx.actor.name, phone: wanted.phone ?? '', date: ctx.today };
}

/** 比较用的一格. */
export const compared = (cell: PlannedCell): ComparedCell => ({ sheet: cell.sheet, address: addressOf(cell), mark: cell.mark, title: cell.title, shown: cell.shown, line: cell.line, rows: cell.rows });

/** What was seen: the numbers and the records behind them. The texts (who signs, which phone) may still be filled in. */
function digestOf(on: LocalDate, knownOn: LocalDate, { cells, growth }: FillPlan): string {
  const seen = cells.filter(({ kind }) => kind !== 'text').map((cell) => [cell.sheet, addressOf(cell), cell.value, cell.rows.map(({ id }) => id)]);
  return createHash('sha256').update(JSON.stringify([on, knownOn, growth, seen])).digest('hex');
}

/**
 * 生成文件: the form's own file with these cells in it, and its sheets as they then look.
 *
 * Called when the transaction is over: the file is worked on in a thread, and a slow one must not hold a connection.
 * @throws Problem workbook.refused with the sentence
 */
export function fileWith({ kit }: Pick<Ctx, 'kit'>, { fileType }: Pick<FormRecord, 'fileType'>, { fileHash, plan }: Pick<Filled, 'fileHash' | 'plan'>): Promise<{ readonly bytes: Buffer; readonly sheets: readonly BlankSheet[] }> {
  return refused(() => fillBlank(kit.files.pathOf(fileHash), fileType, { growth: plan.growth, writings: plan.cells.map(({ sheet, row, column, value }) => ({ sheet, row, column, value })) }));
}

/** 屏幕上的样子 of a filled file: persons' numbers are masked, as on every page. */
export function facesOf(sheets: readonly BlankSheet[], plan: FillPlan): Sheet[] {
  const hidden = new Map(plan.cells.flatMap((cell) => (cell.value !== null && 'text' in cell.value && cell.value.text !== cell.shown ? [[`${cell.sheet}!${addressOf(cell)}`, cell.shown] as const] : [])));
  return sheets.map((sheet, index) => ({ ...plainSheet(sheet), cells: sheet.cells.map(({ row, column, text, formula }) => ({ row, column, formula, text: hidden.get(`${index}!${addressOf({ row, column })}`) ?? text })) }));
}

/** 样子 without what only the filling needs. */
export const plainSheet = ({ name, isHidden, rows, columns, cells, merges, widths, heights, looks, spans }: BlankSheet): Sheet => ({
  name, isHidden, rows, columns, merges: [...merges], widths: [...widths], heights: [...heights], looks: [...looks], spans: [...spans], cells: cells.map(({ row, column, text, formula }) => ({ row, column, text, formula })),
});

/** A refusal of the file as a Problem with its sentence. */
export async function refused<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw new Problem(error.code === 'too-large' ? 'input.too-large' : 'workbook.refused', error.message);
    throw error;
  }
}
