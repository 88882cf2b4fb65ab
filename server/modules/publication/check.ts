import { z } from 'zod';
import { instant } from '#contract/kernel.ts';
import type { Output } from '#contract/define-route.ts';
import type { getPublication } from '#contract/publication.ts';
import { keysOf } from '#contract/administration/shared.ts';
import { seriesOf, type PublishingLevel } from '#domain/publication/kind.ts';
import { answerLabels, attributeLabels, checkQuestionNames, checkQuestions, type OpenCheck } from '#domain/publication/check.ts';

const answer = z.enum(keysOf(answerLabels));
const stored = z.object({
  attribute: z.enum(keysOf(attributeLabels)), note: z.string(), attachmentsSeen: z.boolean().default(false), by: z.string(), at: instant,
  answers: z.object({ stateSecret: answer, workSecret: answer, personal: answer, commercial: answer, thirdParty: answer }),
});
/** 保密审查 as stored: the reviewer's answers with name and time. */
export type StoredCheck = z.output<typeof stored>;

/** 保密审查 out of its column; null where none was made. */
export const checkIn = (column: unknown): (OpenCheck & Pick<StoredCheck, 'by' | 'at'>) | null => (column === null ? null : stored.parse(column));

/** 保密审查 as it is shown, each question with its clause; whom the regulation does not bind is asked the same by its example. */
export function presentCheck(column: unknown, level: PublishingLevel): Output<typeof getPublication>['openCheck'] {
  const check = checkIn(column);
  if (check === null) return null;
  return {
    attribute: check.attribute, note: check.note, attachmentsSeen: check.attachmentsSeen, by: check.by, at: check.at,
    answers: checkQuestionNames.map((question) => ({ question, title: checkQuestions[question].title, clause: `${seriesOf(level) === 'office' ? '' : '参照'}政府信息公开条例${checkQuestions[question].source.clause}`, answer: check.answers[question], answerText: answerLabels[check.answers[question]] })),
  };
}
