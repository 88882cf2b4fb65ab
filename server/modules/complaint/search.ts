import { sql, type RawBuilder } from 'kysely';
import { originNumber, outsideOrigins } from '#domain/complaint/origin.ts';
import { parsePhone } from '#domain/kernel/phone.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import type { Condition } from './conditions.ts';
import type { Office } from './office.ts';

/** Which files have the words: those older than `before`, at most so many; narrowed already by the list's other conditions. */
export type Wanted = (before: string | null, most: number) => RawBuilder<boolean>;
/** Our own number, as 2026-12 or 投诉〔2026〕12号. */
export const NUMBER = /^(?:投诉)?[〔[(（]?(\d{4})[〕\])）-](\d{1,7})号?$/;
/** 读编号. */
export function numberIn(q: string): { readonly year: number; readonly serial: number } | null {
  const own = NUMBER.exec(q.normalize('NFKC').replaceAll(/\s/g, ''));
  return own === null ? null : { year: Number(own[1]), serial: Number(own[2]) };
}
const MOST_WORDS = 6;

/**
 * 关键字: words of the text, the spot, the answer or the estate's name, all of which must stand there; our own number; an outside number; a
 * telephone or its last four figures, by whoever may see the complainant and only in what his body has in hand. A long row of figures is never
 * looked for in the texts, for it is somebody's number. @throws Problem input.invalid for a single character
 */
export function wantedOf(ctx: Pick<Ctx, 'actor' | 'scope' | 'kit'>, office: Office, q: string, conditions: readonly Condition[]): Wanted {
  const text = q.normalize('NFKC').trim();
  const own = numberIn(q);
  const { countyId } = ctx.scope;
  const inCounty = countyId === null ? sql`true` : sql`c.county_id = ${countyId}::uuid`;
  if (own !== null) return () => sql<boolean>`(${inCounty} and c.number_year = ${own.year} and c.number_serial = ${own.serial})`;
  const phone = byPhone(ctx, office, text);
  const outside = sql`select o.id from complaint.complaint o where ${countyId === null ? sql`true` : sql`o.county_id = ${countyId}::uuid`} and o.origin = any(${[...outsideOrigins]}) and o.origin_no = any(${[text.replaceAll(/\s/g, ''), originNumber(text)]}::text[])`;
  if (/^[\d\s-]{7,}[\dXx]?$/.test(text)) {
    return () => sql<boolean>`c.id in (${outside}${phone === null ? sql`` : sql` union all ${phone}`})`;
  }
  const words = [...new Set(text.toLowerCase().split(/\s+/u))].slice(0, MOST_WORDS);
  if (words.every((word) => [...word].length < 2)) throw new Problem('input.invalid', '关键字太短，请输入连在一起的两个字以上，如“水电”', { errors: [{ pointer: '/q', message: '请输入连在一起的两个字以上' }] });
  const told = JSON.stringify([...conditions.map(({ column, op, values }) => [snake(column), op, values]), ...(office.seesOnlyParts ? [['part', 'in', [office.body?.id ?? NOBODY]]] : [])]);
  return (before, most) => sql<boolean>`c.id in (select complaint.search(${words}::text[], ${told}::jsonb, ${before}::uuid, ${most}) union all ${outside}${phone === null ? sql`` : sql` union all ${phone}`})`;
}
const NOBODY = '00000000-0000-0000-0000-000000000000';
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Files in one's own hands whose complainant has this number, a number that ends with it, or this address. */
function byPhone({ actor, kit: { vault } }: Pick<Ctx, 'actor' | 'kit'>, office: Office, text: string): RawBuilder<unknown> | null {
  if (office.body === null || !actorMay(actor, 'complaint.reveal')) return null;
  const number = parsePhone(text)?.number;
  if (MAIL.test(text)) return filesOf(sql`x.mail_index = ${vault.index('mail', text.toLowerCase())}`, office.body.id);
  const match = number !== undefined ? sql`x.phone_index = ${vault.index('phone', number)}` : /^\d{4}$/.test(text) ? sql`x.phone_last4 = ${vault.index('phone-last4', text)}` : null;
  return match === null ? null : filesOf(match, office.body.id);
}
const MAIL = /^[^\s@]{1,64}@[^\s@]{1,100}$/;
const filesOf = (match: RawBuilder<unknown>, handlerId: string) => sql`select x.complaint_id from complaint.complainant x join complaint.complaint h on h.id = x.complaint_id where ${match} and h.handler_id = ${handlerId}::uuid`;
