import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { linesOf, paragraphsOf } from '../body-text.ts';
import { replyAfterIssue } from '../reply.ts';
import { contactNote, defineTemplate, frameOf, orNull, sentence } from '../template.ts';

/** 转办函的内容. */
export interface TransferLetter {
  readonly addressee: string; readonly estateName: string; readonly place: string; readonly subject: string;
  readonly matter: string; readonly request: string; readonly replyBy: LocalDate;
  readonly contactName: string; readonly contactPhone: string; readonly attachments: string; readonly copies: string;
}

/** 转办函: asks a department to deal with a matter of an estate and to answer by a day. */
export const transferLetterV1 = defineTemplate<TransferLetter>({
  kind: 'transfer-letter', version: 1, layouts: ['letter', 'document', 'plain'],
  check: ({ replyBy }, on) => replyAfterIssue.check({ replyBy, on }),
  bind: (data, head) => ({
    ...frameOf(head, orNull(data.copies)),
    title: `${head.issuer}关于转办${data.estateName}${data.subject}的函`, kept: [head.issuer, data.estateName],
    addressee: data.addressee,
    blocks: [
      { kind: 'paragraph', level: 0, text: `我单位接到反映，${data.place}${data.estateName}存在${data.subject}。按照职责分工，现转请你单位依法办理，有关情况如下：` },
      { kind: 'paragraph', level: 1, text: '一、反映的情况' },
      ...paragraphsOf(data.matter),
      { kind: 'paragraph', level: 1, text: '二、办理要求' },
      ...(data.request.trim() === '' ? [] : paragraphsOf(sentence(data.request))),
      { kind: 'paragraph', level: 0, text: `请于${dateText(data.replyBy)}前将办理结果书面函复我单位。不属于你单位职责的，请在三个工作日内退回并说明理由。` },
      { kind: 'paragraph', level: 0, text: '专此函达。' },
    ],
    attachments: linesOf(data.attachments), note: contactNote(data.contactName, data.contactPhone),
  }),
});
