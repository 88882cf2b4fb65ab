import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Violation } from '#domain/kernel/rule.ts';
import type { PaperDocument } from './document.ts';
import type { PaperLayout } from './issuer.ts';

/** 文种 in words. */
export const paperKindLabels = { 'transfer-letter': '转办函', 'notice': '通知', 'hand-over-list': '移交清单', 'public-notice': '公示', 'request': '请示', 'report': '报告' } as const;
export type PaperKind = keyof typeof paperKindLabels;

/** 文书头: what the act of issuing adds to the data. Number and day are null on a draft. */
export interface PaperHead {
  readonly layout: PaperLayout;
  readonly issuer: string;
  readonly number: string | null;
  readonly on: LocalDate | null;
}

/** 模板: one version of how data become a paper. A version that has issued a paper is never changed; a change is the next version. */
export interface Template<Data> {
  readonly kind: PaperKind;
  readonly version: number;
  /** Layouts it may take, the usual one of an organ first. */
  readonly layouts: readonly PaperLayout[];
  /** What of the data does not hold; `on` is the day of issue, null while drafting. */
  readonly check: (data: Data, on: LocalDate | null) => readonly Violation[];
  readonly bind: (data: Data, head: PaperHead) => Omit<PaperDocument, 'isDraft' | 'verification'>;
}

/** 定义模板. */
export const defineTemplate = <Data>(template: Template<Data>): Template<Data> => template;

/** 版头与版记 that every template shares. */
export function frameOf({ layout, issuer, number, on }: PaperHead, copies: string | null) {
  const isRed = layout !== 'plain';
  return {
    layout, number, signer: null, signature: issuer, date: on, hasSealPlace: true, copies,
    mark: layout === 'document' ? `${issuer}文件` : layout === 'letter' ? issuer : null,
    // GB/T 9704 10.1: a letter's imprint has neither the printing body nor its day.
    printed: isRed && layout === 'document' && on !== null ? { by: issuer, on } : null,
  };
}

/** 附注 of whom to ask. */
export const contactNote = (name: string, phone: string): string | null => (name === '' && phone === '' ? null : [name && `联系人：${name}`, phone && `电话：${phone}`].filter(Boolean).join('，'));

/** 空白即无. */
export const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
/** 句末补句号 where the writer left it out. */
export const sentence = (text: string): string => (/[。！？；：…]$/.test(text.trim()) ? text.trim() : `${text.trim()}。`);
