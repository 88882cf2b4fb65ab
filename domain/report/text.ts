import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';

/** 填报说明: what texts of the form are filled from. An empty one leaves its place blank. */
export interface FillNote { readonly unit: string; readonly on: LocalDate; readonly signer: string; readonly filler: string; readonly phone: string; readonly date: LocalDate }

/** 文字占位: what may stand in braces. */
export const textSlots = {
  填报单位: (note: FillNote) => note.unit, 截至日期: (note: FillNote) => dateText(note.on), 截至年: (note: FillNote) => note.on.slice(0, 4), 截至月: (note: FillNote) => String(Number(note.on.slice(5, 7))),
  单位负责人: (note: FillNote) => note.signer, 填表人: (note: FillNote) => note.filler, 联系电话: (note: FillNote) => note.phone, 填报日期: (note: FillNote) => dateText(note.date),
} as const;

/** The place of what is typed at each filling. */
export const ASK_SLOT = '{填写}';

const isSlot = (name: string): name is keyof typeof textSlots => Object.hasOwn(textSlots, name);

/** 填文字. */
export const fillText = (template: string, note: FillNote): string => template.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => (isSlot(name) ? textSlots[name](note) : whole));

/** 只是一个日期的模板: the day it then says; undefined for every other text. */
export const dayOfText = (template: string, note: FillNote): LocalDate | undefined => ({ '{截至日期}': note.on, '{填报日期}': note.date })[template.trim()];

/** 不认识的占位, for a sentence before saving. */
export const strangeSlots = (template: string): string[] => [...template.matchAll(/\{([^{}]*)\}/g)].flatMap(([, name = '']) => (isSlot(name) ? [] : [name]));

const LABELS: readonly (readonly [RegExp, keyof typeof textSlots])[] = [
  [/填报单位|报送单位|上报单位/, '填报单位'], [/截至日期|截止日期|截止时间|数据截至|统计截止/, '截至日期'], [/单位负责人|负责人|审核人|签发人/, '单位负责人'],
  [/填表人|填报人|制表人|经办人/, '填表人'], [/联系电话|电话/, '联系电话'], [/填报日期|填报时间|填表日期|上报日期|报出日期/, '填报日期'],
];

/** 猜文字: the template of a printed line whose labels wait for an answer; null when nothing in it waits. */
export function guessTemplate(text: string): string | null {
  let isFound = false;
  const pieces = text.split(/(?<=[：:])/).map((piece, at, all) => ({ label: piece, next: all[at + 1] }));
  const out = pieces.map(({ label, next }) => {
    const slot = /[：:]$/.test(label) ? LABELS.find(([pattern]) => pattern.test(label.replaceAll(/（[^）]*）|\([^)]*\)/g, '').replace(/^.*[\s\u3000]{2,}/, '')))?.[1] : undefined;
    // What stands behind the colon must be blank (or 年 月 日), up to the next label.
    const waits = next === undefined || /^[\s\u3000_]*(?:年[\s\u3000_]*月[\s\u3000_]*日)?(?:[\s\u3000]*$|[\s\u3000]{2,}|$)/.test(next);
    if (slot === undefined || !waits) return label;
    isFound = true;
    return `${label}{${slot}}`;
  }).join('').replaceAll(/\}[\s\u3000_]*年[\s\u3000_]*月[\s\u3000_]*日/g, '}').replaceAll(/\}[\s\u3000_]+(?=\S)/g, '}        ');
  return isFound ? out.trimEnd() : null;
}

/** 猜标签: the template of the blank cell beside a label that stands alone in its own (填表日期 without a colon); null when it is none. */
export function guessBeside(label: string): string | null {
  const plain = label.replaceAll(/[\s\u3000]/g, '');
  const slot = plain.length > 8 ? undefined : LABELS.find(([pattern]) => new RegExp(`^(?:${pattern.source})$`).test(plain))?.[1];
  return slot === undefined ? null : `{${slot}}`;
}
