import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, wholeNumber, type Parameter } from '#domain/kernel/parameter.ts';
import { houseConvention, personalInformationLaw } from '#domain/kernel/rule.ts';

const start = localDate('2022-01-01');

/** 一小时内查看完整号码提示次数: reaching it raises a flag. The day's own is `administration.reveal-flag-per-day`. */
export const revealFlagPerHour = defineParameter({
  id: 'privacy.reveal-flag-per-hour', title: '单人一小时内查看完整个人信息提示次数', unit: '次', kind: wholeNumber(1, 1_000),
  versions: [{ from: start, value: 15, source: houseConvention('个人信息保护'), sureness: 'I' }],
});

/** 一天导出含个人信息的行数提示值: reaching it raises a flag, so that a limit on looks is not evaded by an export. */
export const exportFlagRows = defineParameter({
  id: 'privacy.export-flag-rows', title: '单人单日导出业主、从业人员、房屋的提示行数', unit: '行', kind: wholeNumber(1, 1_000_000),
  versions: [{ from: start, value: 5_000, source: houseConvention('个人信息保护'), sureness: 'I' }],
});

/** 原业主信息保存年数: whole years from the day the last home was given up. */
export const formerOwnerYears = defineParameter({
  id: 'privacy.former-owner-years', title: '原业主信息保存年数', unit: '年', kind: wholeNumber(1, 30),
  versions: [{ from: start, value: 3, source: personalInformationLaw('第十九条'), sureness: 'G' }],
});

/** 台账中被拒行的号码保存天数, from the day the import was confirmed or given up. */
export const refusedCellDays = defineParameter({
  id: 'privacy.refused-cell-days', title: '台账中没有导入的行保存天数', unit: '天', kind: wholeNumber(1, 365),
  versions: [{ from: start, value: 30, source: personalInformationLaw('第十九条'), sureness: 'G' }],
});

/** 离职从业人员信息保存年数: whole years from the day of leaving. */
export const formerPractitionerYears = defineParameter({
  id: 'privacy.former-practitioner-years', title: '离职从业人员信息保存年数', unit: '年', kind: wholeNumber(1, 30),
  versions: [{ from: start, value: 3, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 委员信息保存年数: whole years from the end of a member's term. */
export const formerMemberYears = defineParameter({
  id: 'privacy.former-member-years', title: '届满委员信息保存年数', unit: '年', kind: wholeNumber(1, 30),
  versions: [{ from: start, value: 3, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 采集内容保存年数: whole years from the end of the collection. */
export const collectedYears = defineParameter({
  id: 'privacy.collected-years', title: '采集任务结束后填报内容保存年数', unit: '年', kind: wholeNumber(1, 30),
  versions: [{ from: start, value: 3, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 台账原件保存天数, from the day the import was confirmed or given up: after that the whole file goes, what was imported stands in the registry. */
export const ledgerFileDays = defineParameter({
  id: 'privacy.ledger-file-days', title: '台账原件保存天数', unit: '天', kind: wholeNumber(30, 3_650),
  versions: [{ from: start, value: 365, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 没有确认的导入的放弃天数, from the day of upload: nobody will confirm it any more, and its rows hold people. */
export const unconfirmedImportDays = defineParameter({
  id: 'privacy.unconfirmed-import-days', title: '没有确认的导入自动放弃的天数', unit: '天', kind: wholeNumber(7, 365),
  versions: [{ from: start, value: 90, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 采集交回文件保存天数, from the end of the collection: what was in them stands in the answers by then, and whole files hold others too. */
export const returnedFileDays = defineParameter({
  id: 'privacy.returned-file-days', title: '采集任务结束后交回的表格文件保存天数', unit: '天', kind: wholeNumber(30, 3_650),
  versions: [{ from: start, value: 365, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 没有公开的附件保存天数, from the day an attachment was taken out of a draft or the draft was given up: nothing of it was ever published, so there is nothing to archive. */
export const unusedFileDays = defineParameter({
  id: 'privacy.unused-file-days', title: '没有公开的附件保存天数', unit: '天', kind: wholeNumber(1, 3_650),
  versions: [{ from: start, value: 90, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 重复提交的答复保存天数: what was answered once is kept so that the same request sent again is not done twice. */
export const answerDays = defineParameter({
  id: 'privacy.answer-days', title: '防重复提交的答复保存天数', unit: '天', kind: wholeNumber(1, 90),
  versions: [{ from: start, value: 7, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 失效会话保存天数. */
export const sessionDays = defineParameter({
  id: 'privacy.session-days', title: '登录会话失效后保存天数', unit: '天', kind: wholeNumber(1, 365),
  versions: [{ from: start, value: 30, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 个人信息请求的办理天数: the law says 及时 and no number; calendar days from the day it was received. */
export const requestDays = defineParameter({
  id: 'privacy.request-days', title: '个人信息请求的办理期限', unit: '天', kind: wholeNumber(1, 60),
  versions: [{ from: start, value: 15, source: personalInformationLaw('第五十条'), sureness: 'I' }],
});

/** 办结请求的姓名和号码保存天数: until then who asked can be called back; afterwards only what was done stands. */
export const requestNumberDays = defineParameter({
  id: 'privacy.request-number-days', title: '请求办结后姓名、号码保存天数', unit: '天', kind: wholeNumber(0, 1_100),
  versions: [{ from: start, value: 90, source: personalInformationLaw('第十九条'), sureness: 'I' }],
});

/** 个人信息保护的全部参数. */
export const privacyParameters: readonly Parameter<unknown>[] = [revealFlagPerHour, exportFlagRows, formerOwnerYears, refusedCellDays, formerPractitionerYears, formerMemberYears, collectedYears, ledgerFileDays, unconfirmedImportDays, returnedFileDays, unusedFileDays, answerDays, sessionDays, requestDays, requestNumberDays];
