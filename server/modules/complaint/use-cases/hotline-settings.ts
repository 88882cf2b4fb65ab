import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import { categoryLabels, isCategory } from '#domain/complaint/category.ts';
import { typeKey } from '#domain/complaint/hotline/categories.ts';
import { DEFAULT_WORDING, unknownFields, wordingFields } from '#domain/complaint/hotline/wording.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { countyOf } from './order-batches.ts';

type Row = Output<typeof route.postHotlineType>;
type Draft = Pick<Row, 'kind' | 'words' | 'category' | 'basis'> & { readonly effectiveFrom: NonNullable<Row['effectiveFrom']> };

/** 归类和口径: every line of the county, the newest first; before its first wording, ours. */
export function listSettings(ctx: Ctx): Promise<Output<typeof route.listHotlineSettings>> {
  return ctx.read(async (db) => {
    const lines = await db.selectFrom('complaint.hotlineSetting').selectAll().where('countyId', '=', countyOf(ctx)).orderBy('kind', 'desc').orderBy('effectiveFrom', 'desc').orderBy('words').limit(1_000).execute();
    const rows = lines.map((line): Row => ({ id: line.id, kind: line.kind, words: line.words, category: line.categoryCode !== null && isCategory(line.categoryCode) ? line.categoryCode : null, effectiveFrom: line.effectiveFrom, basis: line.basis, setBy: line.setByName }));
    const own = rows.filter(({ kind }) => kind === 'wording');
    return { rows: [...own, { id: null, kind: 'wording', words: DEFAULT_WORDING, category: null, effectiveFrom: null, basis: '平台默认', setBy: null }, ...rows.filter(({ kind }) => kind === 'type')] };
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
    return { id: line.id, kind, words, category, effectiveFrom, basis, setBy: line.setByName };
  });
}
