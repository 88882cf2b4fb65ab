/** 热线口径的栏目: what a wording may name in braces. */
export const wordingFields = ['工单编号', '诉求标题', '小区', '承办单位', '办理结果', '答复内容', '办结时间', '联系时间'] as const;
export type WordingField = (typeof wordingFields)[number];
export type WordingFacts = Readonly<Record<WordingField, string>>;

/** 默认口径, until the county writes down its hotline's own. */
export const DEFAULT_WORDING = '工单{工单编号}：经{承办单位}核实办理，{联系时间}已与诉求人联系。{答复内容}办理结果：{办理结果}。办结时间：{办结时间}。';
/** 口径最长字数. */
export const WORDING_MOST = 1_000;

/** 不认得的栏目 in a wording: whatever stands in braces and is no field. */
export const unknownFields = (wording: string): string[] => [...wording.matchAll(/\{([^{}]*)\}/g)].flatMap(([, name = '']) => ((wordingFields as readonly string[]).includes(name) ? [] : [name]));

/** 套用口径. Each field is filled once; a text that itself holds braces is left as it is. A full stop is not doubled, and a clause without a value says 未登记. */
export function fillWording(wording: string, facts: WordingFacts): string {
  const filled = wording.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => { const field = wordingFields.find((each) => each === name); return field === undefined ? whole : facts[field] === '' ? '（未登记）' : facts[field]; });
  return filled.replaceAll(/。。+/g, '。');
}
