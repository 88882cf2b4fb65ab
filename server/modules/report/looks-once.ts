import type { Ctx } from '#platform/context.ts';
import { openBlank } from '#platform/workbook/fill/fill-blank.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import { plainSheet } from './fill.ts';
import type { FormRecord, Sheet } from './store/forms.ts';

/** 没有样子的表样: kept before fonts, fills and lines were read. */
export const lacksLooks = (sheets: unknown): boolean => Array.isArray(sheets) && sheets.some((sheet: unknown) => typeof sheet === 'object' && sheet !== null && !('looks' in sheet));

/** 读样子 of a stored file; nothing where it cannot be read any more. */
async function sheetsOfFile(ctx: Pick<Ctx, 'kit'>, { hash, name }: { readonly hash: string; readonly name: string }): Promise<Sheet[] | null> {
  try {
    return (await openBlank(ctx.kit.files.pathOf(hash), name)).sheets.map(plainSheet);
  } catch (error) {
    if (error instanceof WorkbookRefusal) return null;
    throw error;
  }
}

/**
 * 补读样子 of a form kept from before: read from the stored original when the form is first opened, and kept. The words that stand in the
 * sheets stay as they were; the form's version does not move, because nothing that anybody decided has changed.
 */
export async function readLooksOnce(ctx: Ctx, form: FormRecord, file: { readonly hash: string; readonly name: string }): Promise<void> {
  const sheets = await sheetsOfFile(ctx, file);
  if (sheets === null) return;
  await ctx.transact(async (tx) => {
    await tx.db.updateTable('report.form').set({ sheets: JSON.stringify(sheets) }).where('id', '=', form.id).where('fileId', '=', form.fileId).execute();
    tx.auditNothing('how a stored file looks is read from it anew');
  });
}

/** 补上样子 of a sending, which nobody may update: read from its file whenever it is looked at. */
export async function withLooksOf(ctx: Pick<Ctx, 'kit'>, kept: readonly Sheet[], file: { readonly hash: string; readonly name: string }): Promise<Sheet[]> {
  const read = await sheetsOfFile(ctx, file);
  return kept.map((sheet, at) => ({ ...sheet, looks: read?.[at]?.looks ?? [], spans: read?.[at]?.spans ?? [] }));
}
