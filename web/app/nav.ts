import type { Route } from '#contract/define-route.ts';
import { paths } from '#web/paths.ts';

/** 导航项: drawn only for a post that holds the permission of what stands behind it. */
export interface NavItem { readonly title: string; readonly to: string; readonly permission: Route['permission']; /** Paths of other pages that stand behind it. */ readonly also?: readonly string[] }

/** 导航: groups in the order of an office's day. */
export const nav: readonly { readonly title: string; readonly items: readonly NavItem[] }[] = [
  { title: '日常', items: [
    { title: '待办与时限', to: paths.home, permission: 'signed-in' },
    { title: '投诉', to: paths.complaints, permission: 'complaint.read', also: [paths.incomingLetters, paths.complaintStatistics, paths.complaintResponsibilities, paths.complaintOverdue, paths.hotline] },
    { title: '全部时限', to: paths.obligations, permission: 'obligation.read' },
    { title: '通讯录', to: paths.directory, permission: 'registry.directory.read' },
    { title: '文书', to: paths.papers, permission: 'paper.read' },
    { title: '公开发布', to: paths.publications, permission: 'publication.read' },
    { title: '业委会组建率', to: paths.formation, permission: 'target.read' },
    { title: '数据质量', to: paths.quality, permission: 'quality.read' },
    { title: '上报表格', to: paths.reports, permission: 'report.read' },
    { title: '待填任务', to: paths.collectionParts, permission: 'collection.answer' },
    { title: '采集任务', to: paths.collections, permission: 'collection.read' },
    { title: '导入台账', to: paths.imports, permission: 'ledger.import' },
  ] },
  { title: '基础台账', items: [
    { title: '小区', to: paths.estates, permission: 'registry.read' },
    { title: '物业服务企业', to: paths.companies, permission: 'registry.read' },
    { title: '从业人员', to: paths.practitioners, permission: 'registry.read' },
    { title: '服务合同', to: paths.contracts, permission: 'registry.read' },
    { title: '业委会', to: paths.committees, permission: 'registry.read' },
    { title: '房屋', to: paths.units, permission: 'registry.owner.read' },
    { title: '业主', to: paths.owners, permission: 'registry.owner.read' },
    { title: '业主绑定', to: paths.ownerBindings, permission: 'binding.confirm' },
    { title: '一镇一表', to: paths.townships, permission: 'registry.read' },
  ] },
  { title: '管理', items: [
    { title: '用户与岗位', to: paths.users, permission: 'administration.user.read' },
    { title: '个人信息请求', to: paths.personRequests, permission: 'privacy.request' },
    { title: '个人信息保护', to: paths.personalData, permission: 'privacy.read' },
    { title: '工作交接', to: paths.handOvers, permission: 'handover.read' },
    { title: '接口密钥', to: paths.apiKeys, permission: 'administration.user.manage' },
    { title: '组织机构', to: paths.orgUnits, permission: 'administration.org.edit' },
    { title: '参数', to: paths.parameters, permission: 'administration.parameter.read' },
    { title: '规则与依据', to: paths.rules, permission: 'administration.parameter.read' },
    { title: '工作日历', to: paths.calendar, permission: 'signed-in' },
    { title: '登录记录', to: paths.signIns, permission: 'administration.sign-in.read' },
    { title: '操作记录', to: paths.audit, permission: 'administration.audit.read' },
    { title: '运维', to: paths.jobs, permission: 'administration.job.read' },
    { title: '通知渠道', to: paths.noticeChannels, permission: 'notice.channel.read' },
    { title: '备份', to: paths.backups, permission: 'operations.backup.read' },
    { title: '慢查询', to: paths.slowStatements, permission: 'operations.inspect' },
  ] },
];
