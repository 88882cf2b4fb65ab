import { z } from 'zod';
import { id, requiredText } from '../kernel.ts';
import { permissions, roles, type Permission, type Role } from '../permissions.ts';

/** 词表的键, as zod wants them. */
export const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): [K, ...K[]] => Object.keys(record) as [K, ...K[]];

/** 岗位角色. */
export const RoleName = z.enum(keysOf<Role>(roles)).meta({ id: 'RoleName', title: '角色' });
/** 权限. */
export const PermissionName = z.enum(keysOf<Permission>(permissions)).meta({ id: 'PermissionName', title: '权限' });
/** 管辖层级. */
export const GrantLevel = z.enum(['county', 'township', 'neighbourhood', 'estate', 'company']).meta({ id: 'GrantLevel', title: '管辖层级' });

/** 业务板块 that have rules or parameters, as the pages name them; a capability's first rule brings its line here. */
export const aboutLabels = { registry: '基础台账', owner: '业主端', obligation: '待办与时限', committee: '业委会', administration: '账号与安全', paper: '文书', publication: '公开发布', collection: '采集任务', report: '上报表格', complaint: '投诉', handover: '工作交接', notice: '通知', privacy: '个人信息保护' } as const;
/** 业务板块. */
export const About = z.enum(keysOf(aboutLabels)).meta({ title: '用于', 'x-labels': aboutLabels });

/** 理由, of what cannot be undone by itself. */
export const reason = requiredText(200, '请填写理由').meta({ title: '理由' });
/** 用户 in the path. */
export const userParams = z.object({ userId: id('AppUser') });
