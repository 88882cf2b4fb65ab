import { archivesLaw, civilCode, cybersecurityLaw, guidance2009, personalInformationLaw, type Source } from '#domain/kernel/rule.ts';

/** 不能删除的部分: what stays although erasure was asked for, on which clause, and until when. */
export interface Limit { readonly what: string; readonly source: Source; readonly until: string }

/** 删除的限度, every one of them: a module may name no other. */
export const limits = {
  title: { what: '姓名和产权关系：业主共同决定按专有部分面积和业主人数计算，须知道谁是业主', source: civilCode('第二百七十八条'), until: '最后一处房产转出后满“原业主信息保存年数”' },
  employed: { what: '在岗从业人员的姓名、岗位和工作电话：履行物业管理监管职责所必需', source: personalInformationLaw('第三十四条'), until: '登记离职后；满“离职从业人员信息保存年数”自动删除' },
  contact: { what: '在用的通讯录条目：履行职责的工作联系', source: personalInformationLaw('第三十四条'), until: '人员更换、条目归档后' },
  committeeTerm: { what: '任期内委员的姓名和职务：业主委员会备案的内容', source: guidance2009('第三十三条'), until: '任期结束后；满“届满委员信息保存年数”自动删除' },
  legalPerson: { what: '企业登记公开的法定代表人姓名', source: personalInformationLaw('第十三条'), until: '企业变更登记后' },
  account: { what: '在用账号的姓名、登录名和联系方式', source: personalInformationLaw('第三十四条'), until: '账号停用后' },
  actorName: { what: '账号的姓名和登录名：与操作记录对应，说明当时由谁办理', source: cybersecurityLaw('第二十一条'), until: '操作记录保存期满；日志至少保存六个月，本系统没有设自动删除' },
  signIns: { what: '登录记录：时间、地址、结果', source: cybersecurityLaw('第二十一条'), until: '满“登录记录保存月数”自动删除，不少于六个月' },
  audit: { what: '操作记录：只增不改，并逐条封存，删改任何一条都会被核验发现', source: cybersecurityLaw('第二十一条'), until: '日志至少保存六个月，本系统没有设自动删除' },
  record: { what: '已签发的文书、已上报的表、已签字的清单、已发出的通知等应当归档的材料', source: archivesLaw('第十三条'), until: '按本单位档案保管期限' },
  published: { what: '公开事项的稿件和办理过程：应当归档的材料；仍在公开的，请先办理撤回', source: archivesLaw('第十三条'), until: '按本单位档案保管期限' },
  underWay: { what: '正在办理的事项中的文字：由经办人修改或者作废', source: personalInformationLaw('第四十六条'), until: '办结、作废或者修改后' },
  wholeFile: { what: '上传的台账原件等整份文件：含他人信息，不能只删除其中一人，除保存外不再使用', source: personalInformationLaw('第四十七条'), until: '台账原件导入后满“台账原件保存天数”、采集任务交回的表格在任务结束后满“采集任务结束后交回的表格文件保存天数”、没有公开的附件满“没有公开的附件保存天数”自动删除；其他文件随所办的事项归档' },
} as const satisfies Record<string, Limit>;

/** 备份里的: said on every page and certificate, because it is true of all that is erased. */
export const backupNote = '删除以前做的备份里仍有这些内容，到备份按保留规则清除为止；从备份恢复后，系统按删除记录自动重新执行删除。';
