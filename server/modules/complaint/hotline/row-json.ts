import { z } from 'zod';
import { isCategory, type CategoryCode } from '#domain/complaint/category.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { isOrderField, orderFields, type OrderField } from '#domain/ledger/orders/columns.ts';
import type { Heading, OrderSheet } from './read-file.ts';

/** 工单原文 by field. */
export type Texts = Partial<Record<OrderField, string>>;
const strings = z.record(z.string(), z.string());
const orgId = z.string().transform((text): Id<'OrgUnit'> => makeId(text));
const estateId = z.string().transform((text): Id<'Estate'> => makeId(text));
const category = z.string().transform((code): CategoryCode | null => (isCategory(code) ? code : null)).nullable();

/** 读存下的原文. */
export const textsOf = (stored: unknown): Texts => Object.fromEntries(Object.entries(strings.parse(stored)).filter(([key]) => isOrderField(key)));
/** 读存下的其他列. */
export const cellsOf = (stored: unknown): Record<string, string> => strings.parse(stored);
/** 读存下的表头, of every sheet of the file. */
export const sheetsOf = (stored: unknown): OrderSheet[] => z.array(z.object({ sheet: z.string(), headerCount: z.number().default(1), lastHeaderRow: z.number(), headings: z.array(z.object({ column: z.number(), title: z.string(), field: z.string().nullable() })) })).parse(stored)
  .map((sheet) => ({ ...sheet, headings: sheet.headings.map(({ field, ...rest }): Heading => ({ ...rest, field: field !== null && isOrderField(field) ? field : null })) }));

const severity = z.enum(['error', 'warn']);
/** 读存下的问题. */
export const problemsOf = (stored: unknown) => z.array(z.object({ field: z.enum(orderFields), severity, message: z.string() })).parse(stored);
/** 读存下的变化. */
export const changesOf = (stored: unknown) => z.array(z.object({ title: z.string(), before: z.string().nullable(), after: z.string().nullable() })).parse(stored);

const chosen = z.object({ estateId: estateId.nullable().optional(), category: category.optional() });
/** 经办人的选择: an estate, or null for one that nobody can tell; a category. */
export interface Chosen { readonly estateId?: Id<'Estate'> | null; readonly category?: CategoryCode | null }
/** 读存下的选择. */
export function chosenOf(stored: unknown): Chosen {
  const found = chosen.parse(stored);
  return { ...(found.estateId === undefined ? {} : { estateId: found.estateId }), ...(found.category === undefined ? {} : { category: found.category }) };
}

const choice = z.object({ id: z.string(), name: z.string(), detail: z.string().nullable() });
const settled = z.object({ estateId: estateId.nullable(), estate: z.string().nullable(), townshipId: orgId.nullable(), handlerId: orgId.nullable(), category, estates: z.array(choice), isPlaceOpen: z.boolean(), needsCategory: z.boolean() });
/** 认定的结果: place, who is to have it, category, and what may be chosen instead. */
export type Settled = z.output<typeof settled>;
/** 读存下的认定. */
export const settledOf = (stored: unknown): Settled => settled.parse(stored);
export const json = (value: unknown): string => JSON.stringify(value);
