import type { z } from 'zod';
import * as contract from '#contract/paper.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Violation } from '#domain/kernel/rule.ts';
import type { PaperLayout } from '#domain/paper/issuer.ts';
import { paperKindLabels, type PaperHead, type PaperKind, type Template } from '#domain/paper/template.ts';
import { handOverListV1 } from '#domain/paper/templates/hand-over-list.ts';
import { noticeV1 } from '#domain/paper/templates/notice.ts';
import { publicNoticeV1 } from '#domain/paper/templates/public-notice.ts';
import { reportV1, requestV1 } from '#domain/paper/templates/upward.ts';
import { transferLetterV1 } from '#domain/paper/templates/transfer-letter.ts';

/** 模板 with the shape its stored data have: what is read back is checked before it is bound. */
export interface BoundTemplate {
  readonly kind: PaperKind; readonly version: number; readonly title: string; readonly layouts: readonly PaperLayout[];
  readonly check: (data: unknown, on: LocalDate | null) => readonly Violation[];
  readonly bind: (data: unknown, head: PaperHead) => ReturnType<Template<unknown>['bind']>;
}

/** 模板与数据形状相连. */
export const withShape = <Data>(template: Template<Data>, shape: z.ZodType<Data>): BoundTemplate => ({
  kind: template.kind, version: template.version, title: paperKindLabels[template.kind], layouts: template.layouts,
  check: (data, on) => template.check(shape.parse(data), on), bind: (data, head) => template.bind(shape.parse(data), head),
});

/** 全部模板, every version that ever issued a paper. */
export const templates: readonly BoundTemplate[] = [
  withShape(transferLetterV1, contract.TransferLetter), withShape(noticeV1, contract.Notice),
  withShape(handOverListV1, contract.HandOverList), withShape(publicNoticeV1, contract.PublicNotice),
  withShape(requestV1, contract.Upward), withShape(reportV1, contract.Upward),
];

/** 某一版模板. @throws Error when that version is gone, which must never happen to one that issued a paper */
export function templateOf(kind: PaperKind, version: number, among: readonly BoundTemplate[] = templates): BoundTemplate {
  const found = among.find((each) => each.kind === kind && each.version === version);
  if (!found) throw new Error(`no template ${kind} version ${version}`);
  return found;
}

/** 现用模板: the newest version of a kind. */
export const latestTemplate = (kind: PaperKind, among: readonly BoundTemplate[] = templates): BoundTemplate =>
  templateOf(kind, Math.max(...among.filter((each) => each.kind === kind).map((each) => each.version)), among);
