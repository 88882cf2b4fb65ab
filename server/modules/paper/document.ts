import { createHash } from 'node:crypto';
import { blankNumber, numberText, numberYear } from '#domain/paper/number.ts';
import { textOf, type PaperDocument } from '#domain/paper/document.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { missingGlyphs } from '#platform/document/font.ts';
import { Problem } from '#platform/problem.ts';
import { templateOf, type BoundTemplate } from './templates.ts';
import type { PaperRecord } from './store.ts';

/** What of a record makes its paper. */
export type PaperFacts = Pick<PaperRecord, 'kind' | 'templateVersion' | 'layout' | 'data' | 'issuerName' | 'status' | 'numberCode' | 'numberYear' | 'numberSerial' | 'issuedOn' | 'verifyCode' | 'textSha256'>;
/** Where it is read: the origin of its address, the day, and the code its number will have. */
export interface Reading { readonly origin: string; readonly today: LocalDate; readonly code: string | null }

/** 发文字号 once given. */
export const numberOf = ({ numberCode, numberYear: year, numberSerial }: Pick<PaperRecord, 'numberCode' | 'numberYear' | 'numberSerial'>): string | null =>
  (numberCode === null || year === null || numberSerial === null ? null : numberText({ code: numberCode, year, serial: numberSerial }));

/** 重新生成文书 from its template version and data; of an issued one the same text for ever. */
export function documentOf(paper: PaperFacts, { origin, today, code }: Reading, among?: readonly BoundTemplate[]): PaperDocument {
  const number = numberOf(paper) ?? (paper.layout !== 'plain' && code === null ? '（机关代字未登记）' : blankNumber(paper.layout === 'plain' ? '' : code ?? '', numberYear(today)));
  const bound = templateOf(paper.kind, paper.templateVersion, among).bind(paper.data, { layout: paper.layout, issuer: paper.issuerName, number, on: paper.issuedOn });
  const isDraft = paper.verifyCode === null;
  return { ...bound, isDraft, verification: paper.verifyCode === null || paper.textSha256 === null ? null : { url: verifyUrl(origin, paper.verifyCode), code: groupedCode(paper.verifyCode), check: checkCode(paper.textSha256) } };
}

/** 全文的 SHA-256. */
export const textHash = (paper: PaperDocument): string => createHash('sha256').update(textOf(paper), 'utf8').digest('hex');
/** 与签发时一致. */
export const isIntact = (paper: PaperFacts, document: PaperDocument): boolean => paper.textSha256 === null || textHash(document) === paper.textSha256;
/** 校验码: the first eight digits of the text's hash, for comparing by eye. */
export const checkCode = (hash: string): string => hash.slice(0, 8).toUpperCase();
export const groupedCode = (code: string): string => code.replaceAll(/(.{5})(?=.)/g, '$1-');
export const verifyUrl = (origin: string, code: string): string => `${origin}/verify/${code}`;

/** 缺字即拒: names the characters that would print as empty boxes. @throws Problem input.invalid */
export function refuseMissingGlyphs(paper: PaperDocument): void {
  const missing = missingGlyphs(textOf(paper));
  if (missing.length > 0) throw new Problem('input.invalid', `${missing.map((char) => `“${char}”（U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}）`).join('、')}在字体里没有，打印出来会是空框；请换一个写法，或在括号里注明字的组成`);
}
