import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { linesOf, paragraphsOf } from '../body-text.ts';
import { noticeDays, noticePeriod } from '../period.ts';
import { contactNote, defineTemplate, frameOf, sentence } from '../template.ts';

/** 公示的内容. The period runs from `from` to `to`, both days counted. */
export interface PublicNotice {
  readonly estateName: string; readonly subject: string; readonly matter: string; readonly from: LocalDate; readonly to: LocalDate;
  readonly channel: string; readonly contactName: string; readonly contactPhone: string; readonly attachments: string;
}

/** 公示: tells the owners of an estate of a matter and where to object until when. */
export const publicNoticeV1 = defineTemplate<PublicNotice>({
  kind: 'public-notice', version: 1, layouts: ['plain'],
  check: ({ from, to }, on) => noticePeriod.check({ from, to, issuedOn: on }),
  bind: (data, head) => ({
    ...frameOf(head, null),
    title: `关于${data.estateName}${data.subject}的公示`, kept: [data.estateName], addressee: `${data.estateName}全体业主`,
    blocks: [
      ...paragraphsOf(data.matter),
      { kind: 'paragraph', level: 0, text: `公示期：${dateText(data.from)}至${dateText(data.to)}（共${noticeDays(data.from, data.to)}日）。` },
      { kind: 'paragraph', level: 0, text: `公示期内对以上内容有异议的，请通过以下方式反映：${sentence(data.channel)}反映情况请实事求是，并留下联系方式，以便核实和答复。` },
      { kind: 'paragraph', level: 0, text: '特此公示。' },
    ],
    attachments: linesOf(data.attachments), note: contactNote(data.contactName, data.contactPhone),
  }),
});
