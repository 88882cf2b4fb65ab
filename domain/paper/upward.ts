import { defineRule, documentFormat, documentRegulation } from '#domain/kernel/rule.ts';
import { issuerKindLabels, mayIssueRed, type IssuerKind } from './issuer.ts';

/** 上行文的主送: one superior body; others get copies, and no lower body does. */
export const oneSuperior = defineRule<{ readonly title: string; readonly addressee: string }>({
  id: 'paper.one-superior',
  source: documentRegulation('第十五条'),
  broken: ({ title, addressee }) => [/[、，,；;]/.test(addressee) && `${title}原则上主送一个上级机关，其他机关请写在“抄送”里`],
});

/** 上行文标注签发人: at least one; names, not posts. */
export const signersTold = defineRule<{ readonly title: string; readonly signers: readonly string[] }>({
  id: 'paper.signers-told',
  source: [documentRegulation('第九条'), documentFormat('7.2.6')],
  broken: ({ title, signers }) => [
    signers.length === 0 && `${title}是上行文，请填写签发人姓名`, signers.length > 6 && '签发人不超过6人', new Set(signers).size < signers.length && '签发人写重复了',
    signers.some((name) => [...name].length > 10) && '签发人的姓名不超过10个字，多人用顿号隔开',
  ],
});

/** 联合行文: each body that issues the paper has its signer. */
export const signersPerBody = defineRule<{ readonly bodies: number; readonly signers: number }>({
  id: 'paper.signers-per-body',
  source: documentFormat('7.2.6'),
  broken: ({ bodies, signers }) => [bodies > 6 && '联合行文的机关不超过6个', bodies > 1 && signers !== bodies && `联合行文的每个机关写一名签发人：现有${bodies}个机关、${signers}名签发人`],
});

/** 报告不夹带请示事项: looked for by the words such a request closes with. */
export const reportAsksNothing = defineRule<{ readonly body: string }>({
  id: 'paper.report-asks-nothing',
  source: documentRegulation('第十五条'),
  broken: ({ body }) => [/请(予)?(批示|批复|审批|批准|核准)/.test(body) && '报告不得夹带请示事项，需要上级批准的请另拟请示'],
});

/** 签发人与办理签发的人一致: who signs the issue in the system is one of those the paper names. */
export const signedAsTold = defineRule<{ readonly signers: readonly string[]; readonly signer: string }>({
  id: 'paper.signed-as-told',
  source: documentRegulation('第二十二条'),
  broken: ({ signers, signer }) => [signers.length > 0 && !signers.includes(signer.replaceAll(/\s/gu, '')) && `文上标注的签发人是${signers.join('、')}，请由其中一人签发，或者先修改拟稿`],
});

/** 谁可以向上行文: 请示、报告 are kinds of official documents, which party and government organs issue. */
export const upwardByOrgan = defineRule<{ readonly issuer: IssuerKind; readonly title: string }>({
  id: 'paper.upward-by-organ',
  source: [documentRegulation('第二条'), documentRegulation('第八条')],
  broken: ({ issuer, title }) => [!mayIssueRed(issuer) && `${issuerKindLabels[issuer]}不是党政机关，不能用公文格式制发${title}`],
});
