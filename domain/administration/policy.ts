import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, someOf, wholeNumber, type Parameter, type Sureness } from '#domain/kernel/parameter.ts';
import { cybersecurityLaw, houseConvention, personalInformationLaw, protectionBaseline, type Source } from '#domain/kernel/rule.ts';
import { secondFactorRoleLabels } from './second-factor.ts';

const start = localDate('2022-01-01');
const accounts = protectionBaseline('8.1.4.1');
const own = houseConvention('账号与会话');

/** 密码最短长度, in characters. */
export const passwordMinLength = limit('password-min-length', '密码最短长度', '个字符', 10, [8, 64], accounts);
/** 密码最长长度, in characters: longer input is refused before it is hashed. */
export const passwordMaxLength = limit('password-max-length', '密码最长长度', '个字符', 128, [64, 256], own);
/** 一次性密码有效期, in days from when it was made: told on paper or by telephone, it should not lie about. */
export const oneTimePasswordDays = limit('one-time-password-days', '一次性密码有效期', '天', 7, [1, 90], accounts);
/** 账号连续登录失败次数: reaching it locks the account. */
export const accountLockFailures = limit('account-lock-failures', '同一账号连续登录失败锁定次数', '次', 5, [3, 20], accounts);
/** 同一地址登录失败次数: reaching it locks the address. */
export const addressLockFailures = limit('address-lock-failures', '同一网络地址登录失败锁定次数', '次', 20, [5, 200], accounts);
/** 锁定时长, in minutes; also the window in which failures are counted. */
export const lockMinutes = limit('lock-minutes', '登录失败锁定时长', '分钟', 15, [1, 1_440], accounts);
/** 会话闲置时限, in minutes. */
export const sessionIdleMinutes = limit('session-idle-minutes', '会话闲置自动退出时限', '分钟', 30, [5, 480], accounts);
/** 会话最长时限, in hours from sign-in. */
export const sessionMaxHours = limit('session-max-hours', '会话最长时限', '小时', 12, [1, 24], accounts);
/** 接口密钥最长有效期, in days from the day it is made: at most a year, after which somebody looks at it again. */
export const apiKeyMostDays = limit('api-key-most-days', '接口密钥最长有效期', '天', 365, [1, 366], accounts);
/** 邀请链接有效期, in days from when it was made. */
export const invitationDays = limit('invitation-days', '邀请链接有效期', '天', 7, [1, 30], accounts);
/** 重设密码链接有效期, in hours from when it was made. */
export const resetLinkHours = limit('reset-link-hours', '重设密码链接有效期', '小时', 24, [1, 168], accounts);
/** 须用动态口令的岗位: whoever holds one and has no code sets it up before anything else. Demo accounts are left alone until the county sets it. */
export const secondFactorRoles = defineParameter({
  id: 'administration.second-factor-roles', title: '登录须用动态口令的岗位', unit: '', kind: someOf(secondFactorRoleLabels),
  versions: [{ from: start, value: ['system-administrator', 'security-administrator', 'audit-administrator'], source: accounts, sureness: 'G' }],
});
/** 登录记录保存, in months: at least six. */
export const signInRetentionMonths = limit('sign-in-retention-months', '登录记录保存月数', '个月', 12, [6, 120], cybersecurityLaw('第二十一条'), 'V');
/** 上传文件大小上限, in MB (1,048,576 bytes). */
export const uploadMaxMegabytes = limit('upload-max-megabytes', '上传文件大小上限', 'MB', 50, [1, 200], houseConvention('文件上传'));
/** 查看完整个人信息提示次数: reaching it in one day flags the person's looks for the auditor. */
export const revealFlagPerDay = limit('reveal-flag-per-day', '单人单日查看完整个人信息提示次数', '次', 30, [1, 1_000], personalInformationLaw('第五十四条'));
/** 操作记录在线保存, in months: at least six. */
export const auditRetentionMonths = limit('audit-retention-months', '操作记录在线保存月数', '个月', 12, [6, 120], cybersecurityLaw('第二十一条'), 'V');

/** 用户与运维的全部参数. */
export const administrationParameters: readonly Parameter<unknown>[] = [
  passwordMinLength, passwordMaxLength, oneTimePasswordDays, accountLockFailures, addressLockFailures, lockMinutes,
  sessionIdleMinutes, sessionMaxHours, invitationDays, resetLinkHours, secondFactorRoles, signInRetentionMonths, apiKeyMostDays, uploadMaxMegabytes, revealFlagPerDay, auditRetentionMonths,
];

function limit(name: string, title: string, unit: string, value: number, [min, max]: [number, number], source: Source, sureness: Sureness = 'G'): Parameter<number> {
  return defineParameter({ id: `administration.${name}`, title, unit, kind: wholeNumber(min, max), versions: [{ from: start, value, source, sureness }] });
}
