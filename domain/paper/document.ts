import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { PaperLayout } from './issuer.ts';

/** 层次: 0 plain text, 1 一、 2 （一） 3 1. 4 （1）. */
export type Level = 0 | 1 | 2 | 3 | 4;
/** 表格列: its heading and its share of the width. */
export interface TableColumn { readonly title: string; readonly share: number }
/** 正文的一块. */
export type PaperBlock =
  | { readonly kind: 'paragraph'; readonly level: Level; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly TableColumn[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'sign-places'; readonly places: readonly string[] };
/** 公文核验: where a reader may check it, by which code, and the short check code of the text. Not part of the text itself. */
export interface Verification { readonly url: string; readonly code: string; readonly check: string }

/** 文书: what a template bound to data gives; PDF and Word are both drawn from it and from nothing else. */
export interface PaperDocument {
  readonly layout: PaperLayout;
  /** 发文机关标志; null where there is no head. */
  readonly mark: string | null;
  readonly number: string | null;
  /** 签发人, on a paper to a superior body only. */
  readonly signer: string | null;
  readonly title: string;
  /** Words of the title that stay on one line: names, mostly. */
  readonly kept: readonly string[];
  readonly addressee: string | null;
  readonly blocks: readonly PaperBlock[];
  readonly attachments: readonly string[];
  /** 署名, a body a line where several issue together; null where only places for signatures stand. */
  readonly signature: string | null;
  /** 成文日期; null while it is a draft. */
  readonly date: LocalDate | null;
  readonly hasSealPlace: boolean;
  readonly note: string | null;
  readonly copies: string | null;
  /** 印发机关和印发日期. */
  readonly printed: { readonly by: string; readonly on: LocalDate } | null;
  readonly isDraft: boolean;
  readonly verification: Verification | null;
}

export const SEAL_PLACE = '（盖章处）';
export const SIGN_LINE = '（签字）：';
export const SIGN_DATE = '　　年　月　日';
const BLANK_DATE = '　　　　年　月　日';

/** 成文日期 in words, Arabic digits; blank on a draft. */
export const paperDate = (date: LocalDate | null): string => (date === null ? BLANK_DATE : dateText(date));
const MOST_BESIDE = 13;
/** 署名的各行 (GB/T 9704 7.3.5.1): one body alone; several two a row in their order, or one under another where a name is too long for half a line. */
export function signatureRows(signature: string | null): string[][] {
  const names = signature === null ? [] : signature.split('\n');
  const a = names.some((name) => [...name].length > MOST_BESIDE) ? 1 : 2;
  return Array.from({ length: Math.ceil(names.length / a) }, (_, row) => names.slice(row * a, (row + 1) * a));
}

/** 附件说明, line by line: one is not numbered, several are. */
export const attachmentLines = (names: readonly string[]): string[] =>
  names.map((name, at) => `${at === 0 ? '附件：' : '　　　'}${names.length > 1 ? `${at + 1}.` : ''}${name}`);

/** 全文: every word of a paper in reading order, one line an element; what its check code is taken over. */
export function textOf(paper: PaperDocument): string {
  const lines = [
    paper.mark, paper.number, paper.signer === null ? null : `签发人：${paper.signer}`, paper.title, paper.addressee === null ? null : `${paper.addressee}：`,
    ...paper.blocks.flatMap(blockLines), ...attachmentLines(paper.attachments),
    ...signatureRows(paper.signature).flatMap((names) => [...(paper.hasSealPlace ? names.map(() => SEAL_PLACE) : []), ...names]), paper.signature === null ? null : paperDate(paper.date), paper.note === null ? null : `（${paper.note}）`,
    paper.copies === null ? null : `抄送：${paper.copies}。`, paper.printed === null ? null : `${paper.printed.by}　${dateText(paper.printed.on)}印发`,
  ];
  return lines.filter((line) => line !== null).join('\n');
}

/** 核验栏的字. */
export const verificationLines = ({ code, check }: Verification): string[] => ['扫码核验本文书', `核验码：${code}`, `校验码：${check}`];

function blockLines(block: PaperBlock): string[] {
  switch (block.kind) {
    case 'paragraph': return [block.text];
    case 'table': return [block.columns.map((column) => column.title).join('\t'), ...block.rows.map((row) => row.join('\t'))];
    case 'sign-places': return block.places.flatMap((place) => [`${place}${SIGN_LINE}`, SIGN_DATE]);
  }
}
