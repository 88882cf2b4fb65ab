import { batchStatusLabels, ledgerKindLabels, rowOutcomeLabels } from '#contract/ledger.ts';
import { roles } from '#contract/permissions.ts';

const words: Readonly<Record<string, string>> = {
  ...batchStatusLabels, ...ledgerKindLabels, ...rowOutcomeLabels,
  ...Object.fromEntries(Object.entries(roles).map(([role, { title }]) => [role, title])),
  county: '县', township: '乡镇街道', neighbourhood: '社区（村）', estate: '小区', company: '企业', practitioner: '从业人员', unit: '房屋', committee: '业委会', contract: '合同',
  bureau: '县住建局', department: '部门', party: '党组织', other: '其他',
  active: '在用', disabled: '已停用', archived: '已撤销', current: '在任', ended: '已终止',
  waiting: '等待', running: '进行中', done: '已完成', handled: '已处理',
};

/** 通用词语: the Chinese of a closed list's value whose schema carries no labels of its own; the value itself shows a forgotten one. */
export function plainLabel(value: string): string {
  return words[value] ?? value;
}
