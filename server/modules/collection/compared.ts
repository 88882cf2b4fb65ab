import type { Output } from '#contract/define-route.ts';
import type { getCollectionDifferences } from '#contract/collection.ts';
import { writeCellText } from '#domain/collection/cell-text.ts';
import type { CellContent, Column } from '#domain/collection/column.ts';
import { differencesOf, type HeldDifference } from '#domain/collection/difference.ts';
import { fieldsFor, subjectOf } from '#domain/collection/fields.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { companiesNamed, type Holding } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { booksNow } from './held.ts';
import { mergeThese, type MergedPart } from './merged.ts';
import { updateAbility } from './present.ts';
import { columnsOf, type CollectionRecord } from './store/collections.ts';
import type { PartRecord } from './store/parts.ts';

/** 一处差别 as it travels, and what taking it over would write. */
export type Compared = Output<typeof getCollectionDifferences>['differences'][number] & { readonly field: HeldDifference['field']; readonly companyId: Id<'Company'> | null };
type Ability = Pick<Compared, 'can' | 'note' | 'changeAt' | 'companyId'>;

/** 与台账比对 these parts: what their settled answers say otherwise than the books do now. */
export async function compared(db: Db, ctx: Ctx, head: CollectionRecord, rows: readonly PartRecord[]): Promise<Compared[]> {
  const columns = columnsOf(head);
  const parts = (await mergeThese(db, { vault: ctx.kit.vault }, columns, rows)).filter(({ answers }) => answers.length > 0);
  const [subject, fields] = [subjectOf(head.recipientKind, head.rowUnit), fieldsFor(head.recipientKind, head.rowUnit)];
  const books = await booksNow(db, ctx, head.recipientKind, subject, parts.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const found = parts.flatMap((part) => differencesOf(columns, fields, part.cells, (row, field) => books.get(row)?.fields[field]).map((one) => ({ part, ...one })));
  const companies = await companiesNamed(db, ctx.scope, found.flatMap(({ field, after }) => (field.taking === 'contract' && typeof after === 'string' ? [after] : [])));
  const base = updateAbility(ctx, subject);
  return found.flatMap(({ part, ...one }) => {
    const [record, column] = [books.get(one.row), columns.find(({ key }) => key === one.column)];
    if (record === undefined || column === undefined) return [];
    const companyId = one.field.taking === 'contract' && typeof one.after === 'string' ? companies.get(one.after) ?? null : null;
    // A short name of who serves it already says nothing new.
    return companyId !== null && companyId === record.companyId ? [] : [lineOf(part, one, { record, column }, abilityOf(base, one, { subject, companyId }))];
  });
}

function lineOf({ part }: MergedPart, { row, column: key, before, after, field }: HeldDifference, { record, column }: { readonly record: Holding; readonly column: Column }, ability: Ability): Compared {
  const shown = (value: CellContent): string => writeCellText(column, value) || '空';
  return { partId: part.id, heldId: row, version: record.version, title: record.name, recipientName: part.recipientName, column: key, columnTitle: column.title, before, after, shownBefore: shown(before), shownAfter: shown(after), field, ...ability };
}

/** Whether it may be taken over from here, what that does, and where it is changed when not. */
function abilityOf(base: true | string, { row, field, after }: HeldDifference, { subject, companyId }: { readonly subject: 'estate' | 'company' | 'place'; readonly companyId: Id<'Company'> | null }): Ability {
  const changeAt = subject === 'estate' ? `/estates/${row}` : subject === 'company' ? `/companies/${row}` : '/estates';
  const refused = (can: string): Ability => ({ can, note: null, changeAt, companyId: null });
  if (field.elsewhere !== null) return refused(field.elsewhere);
  if (field.taking !== 'contract') return { can: base, note: null, changeAt: null, companyId: null };
  if (after === null) return refused('服务合同的终止要写明日期，请打开这个小区，在“服务合同”一栏登记终止');
  if (companyId === null) return refused('台账里没有（或不止一家）叫这个名称的企业，请核对名称；确是新企业的，先在“物业服务企业”里登记');
  return { can: base, note: '更新后从今天起记一份新的服务合同，原合同今天终止；起止日期不同的，请在小区的“服务合同”一栏更正', changeAt, companyId };
}
