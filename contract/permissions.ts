/** 权限:what a post may do. The permission's prefix is the capability's name. */
export const permissions = {
  'registry.read': '查看基础台账',
  'registry.edit': '登记、修改基础台账',
  'registry.merge': '合并、归档台账记录',
  'registry.export': '导出台账',
  'registry.owner.read': '查看业主与房屋（脱敏）',
  'registry.owner.reveal': '查看完整证件号、手机号（留痕）',
  'registry.directory.read': '查看通讯录',
  'ledger.import': '导入台账',
  'ledger.undo': '撤销导入',
  'quality.read': '查看数据质量',
  'paper.read': '查看文书',
  'paper.draft': '拟稿',
  'paper.issue': '签发、作废文书',
  'paper.code': '登记机关代字',
  'publication.read': '查看公开事项',
  'publication.draft': '拟公开稿件',
  'publication.review': '审核公开稿件（含保密审查）',
  'publication.issue': '签发公开稿件',
  'publication.withdraw': '撤回已发布的公开事项',
  'obligation.read': '查看待办与时限',
  'obligation.extend': '批准延期',
  'obligation.waive': '免除时限义务',
  'target.read': '查看驾驶舱',
  'target.report': '上报并固定数字',
  'collection.read': '查看采集任务',
  'collection.issue': '下发采集任务',
  'collection.answer': '填报采集任务',
  'complaint.read': '查看投诉件',
  'complaint.receive': '登记投诉（窗口代为登记）',
  'complaint.handle': '签收、受理、交办、转办、答复、办结投诉',
  'complaint.reveal': '查看投诉人（留痕）',
  'complaint.feedback': '反馈投诉处理情况（企业）',
  'complaint.designate': '指定投诉承办单位（联席会议办公室）',
  'complaint.statistics': '查看投诉统计',
  'complaint.configure': '登记投诉责任清单',
  'complaint.hotline': '导入12345工单、回传答复',
  'binding.confirm': '核对业主绑定的房屋',
  'report.read': '查看上报表格',
  'report.fill': '上传空表、标记、填报',
  'report.send': '上报并固定表格',
  'handover.read': '查看工作交接',
  'handover.manage': '发起、取消工作交接',
  'handover.represent': '代已离开的移交人签字',
  'privacy.read': '查看个人信息清单、到期删除和合规自查',
  'privacy.manage': '核实批量查询、签署合规自查',
  'privacy.request': '登记、办理个人信息请求',
  'privacy.approve': '批准删除一人的个人信息',
  'administration.parameter.read': '查看参数与规则',
  'administration.parameter.edit': '设置参数',
  'administration.calendar.edit': '登记节假日通知',
  'administration.org.edit': '维护组织机构',
  'administration.user.read': '查看用户与岗位',
  'administration.user.manage': '管理用户与岗位',
  'administration.sign-in.read': '查看登录记录',
  'administration.audit.read': '查看操作记录',
  'administration.audit.verify': '核验操作记录',
  'administration.job.read': '查看后台作业',
  'administration.job.replay': '重新执行后台作业',
  'operations.backup.read': '查看备份',
  'operations.backup.run': '立即备份',
  'operations.inspect': '查看慢查询、下载诊断包',
  'notice.channel.read': '查看通知渠道与发送记录',
  'notice.channel.edit': '设置通知渠道、重发',
} as const;

export type Permission = keyof typeof permissions;

const reading = ['obligation.read', 'registry.read', 'registry.directory.read', 'quality.read', 'target.read', 'administration.parameter.read'] as const;
const officer = ['binding.confirm', ...reading, 'registry.edit', 'registry.export', 'registry.owner.read', 'registry.owner.reveal', 'ledger.import'] as const;

/** Who publishes for a body with few people: whoever wrote nothing of an item may review it, and issue it. */
const publishing = ['publication.read', 'publication.review', 'publication.issue', 'publication.withdraw'] as const;

/** Whoever deals with complaints for a public body. */
const complaining = ['complaint.read', 'complaint.handle', 'complaint.reveal'] as const;

type RoleFact = { readonly title: string; readonly level: 'county' | 'township' | 'neighbourhood' | 'estate' | 'company'; readonly permissions: readonly Permission[] };

/** 岗位:role → the level it works at and what it may do. A role not listed, or a permission not listed, is no. */
export const roles = {
  'bureau-leader': { title: '住建局领导', level: 'county', permissions: ['complaint.statistics', 'complaint.read', 'obligation.extend', 'obligation.waive', 'privacy.read', 'privacy.request', 'privacy.approve', 'handover.read', 'handover.represent', 'paper.read', 'paper.issue', ...publishing, ...reading, 'registry.export', 'registry.owner.read', 'target.report', 'report.read', 'report.send', 'collection.read'] },
  'bureau-clerk': {
    title: '住建局经办人', level: 'county',
    permissions: ['complaint.statistics', ...complaining, 'complaint.receive', 'complaint.configure', 'complaint.hotline', 'obligation.extend', 'obligation.waive', 'privacy.request', 'paper.read', 'paper.draft', 'paper.code', 'publication.read', 'publication.draft', 'publication.review', ...officer, 'registry.merge', 'ledger.undo', 'target.report', 'report.read', 'report.fill', 'report.send', 'collection.read', 'collection.issue', 'administration.parameter.edit', 'administration.calendar.edit', 'administration.user.read'],
  },
  'department-officer': { title: '部门经办人', level: 'county', permissions: ['complaint.statistics', ...complaining, 'obligation.read', 'registry.read', 'registry.directory.read', 'target.read'] },
  'conference-office': { title: '联席会议办公室经办人', level: 'county', permissions: ['complaint.statistics', 'complaint.read', 'complaint.designate', ...reading] },
  'township-officer': { title: '乡镇街道经办人', level: 'township', permissions: ['complaint.statistics', ...complaining, 'complaint.receive', 'obligation.extend', 'handover.represent', 'paper.read', 'paper.draft', 'paper.issue', 'paper.code', 'publication.draft', ...publishing, ...officer, 'ledger.undo', 'report.read', 'report.fill', 'report.send', 'collection.read', 'collection.issue', 'collection.answer'] },
  'neighbourhood-officer': { title: '社区经办人', level: 'neighbourhood', permissions: ['binding.confirm', 'complaint.statistics', ...complaining, 'complaint.receive', 'paper.read', 'paper.draft', 'paper.issue', 'publication.draft', ...publishing, ...reading, 'registry.edit', 'registry.export', 'registry.owner.read', 'collection.answer'] },
  'company-head': { title: '企业负责人', level: 'company', permissions: ['complaint.statistics', 'complaint.read', 'complaint.feedback', 'obligation.read', 'handover.represent', 'paper.read', 'paper.draft', 'paper.issue', 'publication.draft', ...publishing, 'registry.read', 'registry.edit', 'registry.export', 'registry.directory.read', 'quality.read', 'collection.answer'] },
  'estate-manager': { title: '项目经理', level: 'estate', permissions: ['obligation.read', 'registry.read', 'registry.directory.read', 'quality.read'] },
  'company-clerk': { title: '企业经办人', level: 'company', permissions: ['complaint.statistics', 'complaint.read', 'complaint.feedback', 'obligation.read', 'paper.read', 'paper.draft', 'publication.read', 'publication.draft', 'publication.review', 'registry.read', 'registry.edit', 'registry.directory.read', 'quality.read', 'collection.answer'] },
  'committee-member': { title: '业委会委员', level: 'estate', permissions: ['binding.confirm', 'obligation.read', 'paper.read', 'paper.draft', 'paper.issue', 'publication.draft', ...publishing, 'registry.read', 'registry.directory.read'] },
  'owner': { title: '业主', level: 'estate', permissions: [] },
  'system-administrator': {
    title: '系统管理员', level: 'county',
    permissions: ['notice.channel.read', 'notice.channel.edit', 'administration.job.read', 'administration.job.replay', 'operations.backup.read', 'operations.backup.run', 'operations.inspect', 'administration.org.edit', 'administration.parameter.read', 'administration.parameter.edit', 'administration.calendar.edit'],
  },
  'security-administrator': { title: '安全管理员', level: 'county', permissions: ['privacy.read', 'privacy.manage', 'handover.read', 'handover.manage', 'administration.user.read', 'administration.user.manage', 'administration.sign-in.read', 'administration.parameter.read'] },
  'audit-administrator': { title: '审计管理员', level: 'county', permissions: ['administration.audit.read', 'administration.audit.verify', 'administration.sign-in.read', 'administration.parameter.read'] },
} as const satisfies Record<string, RoleFact>;

export type Role = keyof typeof roles;

/** 接口的角色: nobody's post. What a key may do at most; what a certain key may do is chosen from these. */
export const machineRole = { name: 'machine', title: '接口密钥', permissions: ['registry.read', 'quality.read', 'target.read', 'registry.export', 'registry.edit', 'complaint.receive'] } as const;
export type MachinePermission = (typeof machineRole.permissions)[number];

/** 是否具备权限:deny unless the role lists it. */
export function roleMay(role: Role | typeof machineRole.name, permission: Permission): boolean {
  const held: readonly Permission[] = (role === machineRole.name ? machineRole : roles[role]).permissions;
  return held.includes(permission);
}
