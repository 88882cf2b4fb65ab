import { demoPassword } from '#contract/administration/session.ts';
import type { Role } from '#contract/permissions.ts';

/** 演示账号: who may sign in to the demo county and how. They exist in demo mode only. */
export interface DemoAccount {
  readonly login: string;
  readonly password: string;
  /** What the operator reads beside it. */
  readonly title: string;
  /** The role of the first post. */
  readonly role: Role;
}

const account = <const Login extends string>(login: Login, role: Role, title: string): DemoAccount & { readonly login: Login } => ({ login, role, title, password: demoPassword });

/** 全部演示账号: at least one for every role, and one person who holds two posts. */
export const demoAccounts = [
  account('clerk', 'bureau-clerk', '县住建局物业科经办人'),
  account('kezhang', 'bureau-clerk', '县住建局物业科科长（审核）'),
  account('leader', 'bureau-leader', '县住建局分管领导'),
  account('chengguan', 'department-officer', '县综合行政执法局经办人'),
  account('lianxi', 'conference-office', '县联席会议办公室经办人'),
  account('wenlan', 'township-officer', '文澜街道经办人'),
  account('qingtang', 'township-officer', '清棠镇经办人'),
  account('shequ', 'neighbourhood-officer', '社区经办人'),
  account('company1', 'company-head', '物业企业负责人（甲）'),
  account('company2', 'company-head', '物业企业负责人（乙）'),
  account('staff', 'company-clerk', '物业企业经办人'),
  account('manager', 'estate-manager', '小区项目经理'),
  account('weiyuan', 'committee-member', '业委会委员'),
  account('yezhu', 'owner', '业主'),
  account('sysadmin', 'system-administrator', '系统管理员'),
  account('secadmin', 'security-administrator', '安全管理员'),
  account('auditadmin', 'audit-administrator', '审计管理员'),
  account('jianzhi', 'township-officer', '宁川街道经办人，兼社区经办人（两个岗位）'),
] as const;

/** The login of one demo account. */
export type DemoLogin = (typeof demoAccounts)[number]['login'];
