import { normaliseText } from '#domain/kernel/chinese-text.ts';

/** 比对用名称: without blanks and the differences of a keyboard. */
export const comparableName = (text: string): string => normaliseText(text).replaceAll(/\s/g, '').toLowerCase();
