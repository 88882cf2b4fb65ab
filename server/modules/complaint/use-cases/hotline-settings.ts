import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import { headingFieldLabels } from '#contract/hotline.ts';
import { categoryLabels, isCategory } from '#domain/complaint/category.ts';
import { typeKey } from '#domain/complaint/hotline/categories.ts';
import { DEFAULT_WORDING, unknownFields, wordingFields } from '#domain/complaint/hotline/wording.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { isOrderField } from '#domain/ledger/orders/columns.ts';
import { headingKey, type KnownHeadings } from '#domain/ledger/orders/headings.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { countyOf } from './order-batches.ts';

type Row = Output<typeof route.postHotlineType>;
type Draft = Pick<Row, 'words' | 'category' | 'basis'> & { readonly kind: 'type' | 'wording' } & { readonly effectiveFrom: NonNullable<Row['effectiveFrom']> };

/** 归类和口径: every line of the county, the newest first; before its first wording, ours. */
export function listSettings(ctx: Ctx): Promise<Output<typeof route.listHotlineSettings>> {
  return ctx.read(async (db) => {
    const lines = await db.selectFrom('complaint.hotlineSetting').selectAll().where('countyId', '=', countyOf(ctx)).orderBy('kind', 'desc').orderBy('effectiveFrom', 'desc').orderBy('words').orderBy('id', 'desc').limit(1_000).execute();
    const rows = lines.map((line): Row => ({ id: line.id, kind: line.kind, words: line.words, category: line.categoryCode !== null && isCategory(line.categoryCode) ? line.categoryCode : null, field: line.field === null || !(line.field === 'none' || isOrderField(line.field)) ? null : line.field, effectiveFrom: line.effectiveFrom, basis: line.basis, setBy: line.setByName }));
    const own = rows.filter(({ kind }) => kind === 'wording');
    return { rows: [...own, { id: null, kind: 'wording', words: DEFAULT_WORDING, category: null, field: null, effectiveFrom: null, basis: '平台默认', setBy: null }, ...rows.filter(({ kind }) => kind === 'type'), ...rows.filter(({ kind }) => kind === 'heading')] };
  });
}

/** 登记归类: from a day on a type of the hotline's is this category. */
export const recordType = (ctx: Ctx, { body }: Input<typeof route.postHotlineType>): Promise<Row> => record(ctx, { ...body, kind: 'type', words: typeKey(body.words) });

/** 登记口径: from a day on answers leave in these words. */
export function recordWording(ctx: Ctx, { body }: Input<typeof route.postHotlineWording>): Promise<Row> {
  const unknown = unknownFields(body.words);
  if (unknown.length > 0) throw new Problem('input.invalid', `没有“${unknown.join('”“')}”这样的栏目，可以用：${wordingFields.map((field) => `{${field}}`).join('')}`, { errors: [{ pointer: '/words', message: '请改正花括号里的栏目' }] });
  if (!body.words.includes('{答复内容}')) throw new Problem('input.invalid', '口径里要有{答复内容}', { errors: [{ pointer: '/words', message: '请加上{答复内容}' }] });
  return record(ctx, { ...body, kind: 'wording', category: null });
}

function record(ctx: Ctx, { kind, words, category, effectiveFrom, basis }: Draft): Promise<Row> {
  return ctx.transact(async (tx) => {
    if (effectiveFrom < ctx.today) throw new Problem('input.invalid', '只能从今天或者以后起用', { errors: [{ pointer: '/effectiveFrom', message: '请选择今天或者以后的日期' }] });
    const line = await tx.db.insertInto('complaint.hotlineSetting').values({ id: newId<'HotlineSetting'>(), countyId: countyOf(ctx), kind, words, categoryCode: category, effectiveFrom, basis, setBy: ctx.actor.userId, setByName: ctx.actor.name, createdAt: ctx.now }).onConflict((conflict) => conflict.doNothing()).returningAll().executeTakeFirst();
    if (line === undefined) throw new Problem('state.duplicate', kind === 'type' ? '这个诉求类型在这一天已经登记过，请换一个起用日期' : '这一天已经登记过口径，请换一个起用日期');
    tx.audit({ action: 'hotline.setting', subject: ['HotlineSetting', line.id], before: null, after: { kind: kind === 'type' ? '诉求类型归类' : '热线口径', name: words, ...(category === null ? {} : { category: categoryLabels[category] }), effectiveFrom, basis } });
    return { id: line.id, kind, words, category, field: null, effectiveFrom, basis, setBy: line.setByName };
  });
}

/** 登记列名: from now on a heading of the hotline's files is this field. */
export function recordHeading(ctx: Ctx, { body }: Input<typeof route.postHotlineHeading>): Promise<Row> {
  const words = headingKey(body.words);
  if (words === '') throw new Problem('input.invalid', '列名里没有文字', { errors: [{ pointer: '/words', message: '请照文件里的写法填写' }] });
  return ctx.transact(async (tx) => {
    const [line] = await rememberHeadings(tx, ctx, countyOf(ctx), new Map([[words, body.field]]), '在归类和口径页登记');
    if (line === undefined) throw new Error('the heading was not stored');
    return { id: line.id, kind: 'heading', words, category: null, field: body.field, effectiveFrom: line.effectiveFrom, basis: line.basis, setBy: line.setByName };
  });
}

/** 记住列名 of the county: what was said last counts. */
export async function rememberHeadings(tx: Tx, ctx: Ctx, countyId: Id<'OrgUnit'>, headings: KnownHeadings, basis: string): Promise<{ id: string; effectiveFrom: LocalDate; basis: string; setByName: string }[]> {
  if (headings.size === 0) return [];
  tx.audit({ action: 'hotline.setting', subject: ['OrgUnit', countyId], before: null, after: { kind: '列名约定', ...Object.fromEntries([...headings].map(([words, field]) => [words, headingFieldLabels[field]])), basis } });
  return tx.db.insertInto('complaint.hotlineSetting').values([...headings].map(([words, field]) => ({ id: newId<'HotlineSetting'>(), countyId, kind: 'heading' as const, words, field, effectiveFrom: ctx.today, basis, setBy: ctx.actor.userId, setByName: ctx.actor.name, createdAt: ctx.now })))
    .returning(['id', 'effectiveFrom', 'basis', 'setByName']).execute();
}
