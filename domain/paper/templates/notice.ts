import { linesOf, paragraphsOf } from '../body-text.ts';
import { contactNote, defineTemplate, frameOf, orNull } from '../template.ts';

/** 通知的内容. `body`: one paragraph a line; 一、（一）1.（1） at its beginning make it a heading. */
export interface Notice {
  readonly subject: string; readonly addressee: string; readonly body: string;
  readonly contactName: string; readonly contactPhone: string; readonly attachments: string; readonly copies: string;
}

/** 通知. */
export const noticeV1 = defineTemplate<Notice>({
  kind: 'notice', version: 1, layouts: ['document', 'letter', 'plain'],
  check: () => [],
  bind: (data, head) => ({
    ...frameOf(head, orNull(data.copies)),
    title: `${head.issuer}关于${data.subject}的通知`, kept: [head.issuer],
    addressee: orNull(data.addressee), blocks: paragraphsOf(data.body),
    attachments: linesOf(data.attachments), note: contactNote(data.contactName, data.contactPhone),
  }),
});
