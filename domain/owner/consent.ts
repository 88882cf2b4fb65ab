import { localDate } from '#domain/kernel/brand.ts';

/**
 * 绑定房屋的同意书, by version: what was agreed to stays readable as it stood. Name, telephone and home are no sensitive personal information (PIPL art. 28), so
 * one free consent (arts. 13 and 14) is enough; no identity number, certificate or face is asked for, which would want a separate one (art. 29).
 */
export const bindingConsents = {
  '2026-1': '我同意把手机号、姓名和我填写的房屋登记在一起，用于确认我是这套房屋的业主，以便查看自己反映的事、参加业主表决等业主事务。由小区所在的社区、业主委员会核对。不填不影响反映问题；可以随时解除绑定，解除后按规定期限删除。',
} as const;
export type ConsentVersion = keyof typeof bindingConsents;
/** The one that is asked for now. */
export const CONSENT_NOW: ConsentVersion = '2026-1';
/** 个人信息告知的版本, with the day from which it stands; a change of the page's words is a new one. */
export const NOTICE_VERSION = { no: '2026-2', from: localDate('2026-11-23') } as const;
