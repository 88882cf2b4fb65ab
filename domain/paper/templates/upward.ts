import { linesOf, paragraphsOf } from '../body-text.ts';
import { contactNote, defineTemplate, frameOf, orNull, paperKindLabels, type Template } from '../template.ts';
import { signersText } from '../typeset/signers.ts';
import { oneSuperior, reportAsksNothing, signersPerBody, signersTold } from '../upward.ts';

/** 上行文的内容. `coIssuers`: other bodies that issue it too, one a line; `signers`: names in the order of the bodies. */
export interface Upward {
  readonly subject: string; readonly addressee: string; readonly coIssuers: string; readonly signers: string; readonly body: string;
  readonly contactName: string; readonly contactPhone: string; readonly attachments: string; readonly copies: string;
}

/** 签发人, in order: names are written with the marks that stand between names, or a line each. */
export const signersOf = ({ signers }: Pick<Upward, 'signers'>): string[] => signers.split(/[、，,；;\s]+/u).filter((name) => name !== '');

/** 结束语 that the kind closes with, where the writer left it out. */
const CLOSING = { request: { words: '妥否，请批示。', known: /(妥否|当否|请予?(批示|批复|审批|批准))[^\n]*$/ }, report: { words: '特此报告。', known: /(特此报告|专此报告|请审阅|请审示)[^\n]*$/ } } as const;

/** 请示、报告: to one superior body, with the names of who signs; only in the red-headed format of a document. */
const upwardV1 = (kind: keyof typeof CLOSING): Template<Upward> => defineTemplate<Upward>({
  kind, version: 1, layouts: ['document'],
  check: (data) => [
    ...oneSuperior.check({ title: paperKindLabels[kind], addressee: data.addressee }), ...signersTold.check({ title: paperKindLabels[kind], signers: signersOf(data) }), ...signersPerBody.check({ bodies: 1 + linesOf(data.coIssuers).length, signers: signersOf(data).length }),
    ...(kind === 'report' ? reportAsksNothing.check({ body: data.body }) : []),
  ],
  bind: (data, head) => ({
    ...frameOf(head, orNull(data.copies)), signer: signersText(signersOf(data)), signature: [head.issuer, ...linesOf(data.coIssuers)].join('\n'),
    title: `${[head.issuer, ...linesOf(data.coIssuers)].join('　')}关于${data.subject}的${paperKindLabels[kind]}`, kept: [head.issuer, ...linesOf(data.coIssuers)],
    addressee: data.addressee.trim(),
    blocks: [...paragraphsOf(data.body), ...(CLOSING[kind].known.test(data.body.trim()) ? [] : [{ kind: 'paragraph' as const, level: 0 as const, text: CLOSING[kind].words }])],
    attachments: linesOf(data.attachments), note: contactNote(data.contactName, data.contactPhone),
  }),
});

/** 请示. */
export const requestV1 = upwardV1('request');
/** 报告. */
export const reportV1 = upwardV1('report');
