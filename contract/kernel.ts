import { z } from 'zod';
import type { AreaCm2, BasisPoints, Fen, Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { FIRST_DAY, LAST_DAY, MOST_AREA_CM2, MOST_MONEY_FEN, MOST_PRICE_FEN, MOST_THINGS } from '#domain/kernel/limits.ts';

// What is missing, or of another kind than asked for, is said in words of a person: the library's own name its types. A schema's own words go before these.
z.config({ ...z.locales.zhCN(), customError: ({ code, input }) => (code !== 'invalid_type' ? undefined : input === undefined || input === null ? '没有填写，请补上' : '填写的内容格式不对，请核对') });

const cast = <T>(schema: z.ZodType): z.ZodType<T, T> => schema as unknown as z.ZodType<T, T>;

/** 编号:a uuid of one kind of thing. */
export const id = <T extends string>(_of: T) => cast<Id<T>>(z.uuid('编号格式不正确'));
/** 日期 YYYY-MM-DD, Asia/Shanghai, within what can be reckoned with. */
export const localDate = cast<LocalDate>(z.iso.date('日期应写成 2025-06-30 的样子').refine((day) => day >= FIRST_DAY && day <= LAST_DAY, '日期应在 1900 年至 2199 年之间'));
/** 时刻, UTC, milliseconds. */
export const instant = cast<Instant>(z.iso.datetime('时间格式不正确'));
const anyFen = z.int('金额应为整数分').min(0, '金额不能为负');
const anyCm2 = z.int('面积应为整数').min(0, '面积不能为负');
/** 金额, 分. */
export const fen = cast<Fen>(anyFen);
/** 面积, 平方厘米. */
export const cm2 = cast<AreaCm2>(anyCm2);
/** 比率, 万分之一. */
export const basisPoints = cast<BasisPoints>(z.int().min(0, '比率不能为负').max(10_000, '比率不能超过 100%'));
/** 个数. */
export const count = z.int('应为整数').min(0, '不能为负数');
/** 填写的个数、面积、金额、单价: what a person may enter. Sums and sequence numbers of ours may be larger. */
export const countGiven = count.max(MOST_THINGS, '数字过大，请核对');
export const unitCm2Given = cast<AreaCm2>(anyCm2.min(1, '面积应大于零').max(MOST_AREA_CM2, '面积过大，请核对单位'));
export const cm2Given = cast<AreaCm2>(anyCm2.max(MOST_AREA_CM2, '面积过大，请核对单位'));
export const fenGiven = cast<Fen>(anyFen.max(MOST_MONEY_FEN, '金额过大，请核对'));
export const priceGiven = cast<Fen>(anyFen.max(MOST_PRICE_FEN, '单价过高，请核对单位'));
/** 短文本: trimmed, at most `max` characters. */
export const text = (max: number) => z.string().trim().max(max, `不超过 ${max} 个字`);
/** Nothing that can be seen: blanks, marks of direction, joiners of no width. */
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Z}]+$/u;
/** 必填短文本: something that can be seen. */
export const requiredText = (max: number, missing = '请填写') => text(max).min(1, missing).refine((value) => !INVISIBLE.test(value), missing);

/** 能否操作:true, or the reason why not, to be shown beside the disabled button. */
export const ability = z.union([z.literal(true), z.string()]);

/** 翻页条件:keyset; `after` is opaque, from the last answer. */
export const pageQuery = z.object({
  after: z.string().max(500).optional().meta({ title: '下一页标记' }),
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ title: '每页条数' }),
});

const staleMark = '下一页标记无效，请从第一页重新打开';
/** 翻页条件 where the mark is the id of the last row. */
export const pageByIdQuery = pageQuery.extend({ after: z.uuid(staleMark).optional().meta({ title: '下一页标记' }) });
/** 翻页条件 where the mark is the number of the last row. */
export const pageByNumberQuery = pageQuery.extend({ after: z.string().regex(/^\d{1,9}$/, staleMark).optional().meta({ title: '下一页标记' }) });

/** 一页:rows, the key of the next page, and the total (exact up to 1,000; beyond that `totalIsExact` is false). */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), next: z.string().nullable(), total: count, totalIsExact: z.boolean() });

/** 截至日期:the day a fact is asked about, and optionally the day on which we are asked to know it (bitemporal). */
export const asOfQuery = z.object({
  on: localDate.optional().meta({ title: '截至' }),
  knownOn: localDate.optional().meta({ title: '当时掌握' }),
});

/** True from a query string. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** 下载:what a download route answers; the server streams `content`. */
export interface Download { readonly fileName: string; readonly mediaType: string; readonly content: unknown; readonly mark?: string }
/** 下载内容, a file. */
export const download = z.any() as unknown as z.ZodType<Download, Download>;
/** 持续推送: Server-Sent Events, as a readable stream of text. */
export const stream = z.any() as unknown as z.ZodType<AsyncIterable<string>, AsyncIterable<string>>;
/** 成功而无内容. */
export const done = z.object({ done: z.literal(true) });

/** 经办人: who has the thing in hand now, after any hand-over; null where the name is no longer known. */
export const holder = z.string().nullable().meta({ title: '经办人' });
/** 在我手上, as a condition of a list. */
export const inHandQuery = z.object({ inHand: z.enum(['mine']).optional().meta({ title: '经办', 'x-labels': { mine: '在我手上' } }) });
