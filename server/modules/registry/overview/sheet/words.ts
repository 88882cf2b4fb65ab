import { formatSquareMetres } from '#domain/kernel/area.ts';
import { areaCm2, fen, type LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { formatYuan } from '#domain/kernel/money.ts';
import { parsePhone } from '#domain/kernel/phone.ts';
import { percentText } from '#domain/kernel/ratio.ts';
import type { Output } from '#contract/define-route.ts';
import type { getEstateSheet } from '#contract/registry/sheet.ts';
import type { AsOf } from '../../as-of.ts';

export type Sheet = Output<typeof getEstateSheet>;
export type Section = Sheet['sections'][number];
export type Fact = Section['facts'][number];

/** What nobody has recorded yet is said, not left out. */
export const UNKNOWN = '未登记';

export const dayWords = (on: LocalDate | null): string => (on === null ? UNKNOWN : dateText(on));
export const numberWords = (value: number | null, unit = ''): string => (value === null ? UNKNOWN : `${String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')}${unit}`);
export const areaWords = (value: number | null): string => (value === null ? UNKNOWN : `${formatSquareMetres(areaCm2(value), { grouped: true })}㎡`);
export const feeWords = (value: number | null): string => (value === null ? UNKNOWN : `${formatYuan(fen(value))}元/㎡·月`);
export const rateWords = (value: number | null): string => (value === null ? UNKNOWN : percentText(value, 10_000, 2));
/** 起止: 未登记 once where neither day is known. */
export const periodWords = (from: LocalDate | null, until: LocalDate | null): string => (from === null && until === null ? UNKNOWN : `${dayWords(from)}至${dayWords(until)}`);

/** One line of a sheet; `null` and '' say 未登记. */
export const fact = (label: string, value: string | null): Fact => ({ label, value: value === null || value === '' ? UNKNOWN : value, tel: null });

/** A telephone to tap: only a whole number can be called, a masked one is just shown. */
export function phoneFact(label: string, phone: string | null): Fact {
  const first = phone?.split('、')[0] ?? '';
  return { ...fact(label, phone), tel: parsePhone(first)?.number ?? null };
}

export const section = (title: string, facts: readonly Fact[], table: Section['table'] = null): Section => ({ title, facts: [...facts], table });

/** The sheet with the same as plain text, for 复制文字. */
export function sheetOf({ title, subtitle, at, sections, notes }: { title: string; subtitle: string; at: AsOf; sections: Section[]; notes: string[] }): Sheet {
  const lines = sections.flatMap(({ title: heading, facts, table }) => [
    `【${heading}】`, ...facts.map((one) => `${one.label}：${one.value}`), ...(table ? [table.columns.join(' | '), ...table.rows.map((row) => row.join(' | '))] : []),
  ]);
  const known = at.knownOn === null ? '' : `，按${dateText(at.knownOn)}当时掌握的情况`;
  return { title, subtitle, ...at, sections, notes, text: [`${title}（截至${dateText(at.on)}${known}）`, subtitle, ...lines, ...notes.map((note) => `注：${note}`)].filter((line) => line !== '').join('\n') };
}

/** 口径: what moves with the day and what is as it stands now. */
export function asOfNotes(at: AsOf, today: LocalDate): string[] {
  if (at.on === today && at.knownOn === null) return [];
  return ['企业、合同、项目经理、业委会、面积和产权按截至日期；户数、收费标准、收缴率和设施为现有登记，不随日期变化'];
}
