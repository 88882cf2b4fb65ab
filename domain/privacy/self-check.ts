import { complianceAudits, personalInformationLaw, type Source } from '#domain/kernel/rule.ts';

/** 自查用的系统数据: each number opens the page it stands on. */
export type EvidenceKey = 'columns' | 'purposes' | 'due' | 'deleted' | 'reveals' | 'flags' | 'open-flags' | 'administrators' | 'chain' | 'requests' | 'persons';

/** 自查问题: what the law asks, and which numbers of the system speak to it. */
export interface SelfCheckQuestion { readonly key: string; readonly text: string; readonly source: Source; readonly evidence: readonly EvidenceKey[] }

/** 合规自查问题, in the order of the law. */
export const selfCheckQuestions: readonly SelfCheckQuestion[] = [
  { key: 'minimal', text: '每一项个人信息是否都有明确目的，不多收、不全县预先装载？', source: personalInformationLaw('第六条'), evidence: ['columns', 'purposes'] },
  { key: 'told', text: '是否向业主和从业人员告知了处理者、目的、种类、保存期限和查询更正的办法？', source: personalInformationLaw('第十七条'), evidence: [] },
  { key: 'retention', text: '个人信息是否都有保存期限，到期的是否都已删除？', source: personalInformationLaw('第十九条'), evidence: ['due', 'deleted'] },
  { key: 'sensitive', text: '证件号等敏感信息是否确有必要，是否加密保存、看一次记一次？', source: personalInformationLaw('第二十八条'), evidence: ['columns', 'reveals'] },
  { key: 'published', text: '公示、公开和对外提供的材料中是否都去掉了个人信息？', source: personalInformationLaw('第二十五条'), evidence: [] },
  { key: 'duty', text: '处理是否都在法定职责必需的范围和限度之内？', source: personalInformationLaw('第三十四条'), evidence: ['purposes'] },
  { key: 'rights', text: '个人提出查阅、复制、更正、删除的，是否都及时办理？', source: personalInformationLaw('第五十条'), evidence: ['requests'] },
  { key: 'access', text: '是否按岗位授权，系统、安全、审计三类管理员是否分开，离岗账号是否停用？', source: personalInformationLaw('第五十一条'), evidence: ['administrators'] },
  { key: 'lookups', text: '批量查看、导出的提示是否都核实并有处理结果？', source: personalInformationLaw('第五十一条'), evidence: ['flags', 'open-flags'] },
  { key: 'assessment', text: '处理敏感个人信息前是否做过影响评估，评估报告和处理记录是否至少保存三年？', source: personalInformationLaw('第五十五条'), evidence: [] },
  { key: 'incident', text: '是否有泄露事件的应急预案，今年发生的事件是否都已补救、报告和通知？', source: personalInformationLaw('第五十七条'), evidence: ['chain'] },
  { key: 'audits', text: '是否按处理的人数确定了合规审计的频次（超过1000万人的每两年至少一次，不超过的自行合理确定），今年该做的是否做了？由内部机构自行审计的，本自查可以作为底稿。', source: complianceAudits('第四条'), evidence: ['persons', 'columns'] },
  { key: 'ordered-audit', text: '主管部门要求委托专业机构审计的（较大风险、侵害众多个人权益、发生安全事件），是否按要求完成并整改？没有要求的选“不适用”。', source: complianceAudits('第五条'), evidence: ['flags'] },
];
