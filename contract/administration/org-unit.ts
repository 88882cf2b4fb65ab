import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { count, download, flag, id, instant, requiredText, text } from '../kernel.ts';
import { keysOf, reason } from './shared.ts';

/** 机构类别 in words. */
export const orgUnitKindLabels = { county: '县', township: '乡镇街道', neighbourhood: '社区（村）', bureau: '县住建局', department: '部门', party: '党组织', other: '其他' } as const;
/** 机构类别. */
export const OrgUnitKind = z.enum(keysOf(orgUnitKindLabels)).meta({ id: 'OrgUnitKind', title: '机构类别', 'x-labels': orgUnitKindLabels });

/** 组织机构; the tree is made of `parentId`. */
export const OrgUnit = z.object({
  id: id('OrgUnit'), parentId: id('OrgUnit').nullable(), kind: OrgUnitKind, subkind: z.string().nullable(), code: z.string().nullable().meta({ title: '代码' }),
  name: z.string(), address: z.string().nullable().meta({ title: '地址' }), sortNo: z.int(), archivedAt: instant.nullable(), version: count,
}).meta({ id: 'OrgUnit', title: '组织机构' });

/** 组织机构, the whole county's in the order of the tree's levels. */
export const listOrgUnits = defineRoute({
  method: 'GET', path: '/org-units', summary: '组织机构', permission: 'signed-in',
  query: z.object({ kind: OrgUnitKind.optional(), parentId: id('OrgUnit').optional(), includeArchived: flag.optional() }),
  response: z.object({ rows: z.array(OrgUnit) }),
});

/** 导出组织机构: in the order of the tree, what `q` fits by name or code and what it hangs on. */
export const exportOrgUnits = defineRoute({
  method: 'GET', path: '/org-units/export', summary: '导出组织机构', permission: 'administration.org.edit', kind: 'download', access: 'export',
  query: z.object({ q: text(50).optional().meta({ title: '名称或代码' }), includeArchived: flag.optional().meta({ title: '含已撤销' }) }), response: download,
});

const orgUnitFields = {
  name: requiredText(100, '请填写名称').meta({ title: '名称' }), subkind: text(20).nullish().meta({ title: '具体类型' }),
  address: text(200).nullish().meta({ title: '地址' }), sortNo: z.int().min(0).max(100_000).optional().meta({ title: '排序' }),
};
const orgCode = z.string().trim().regex(/^\d{6,12}$/, '代码应为 6 至 12 位数字').nullish().meta({ title: '代码' });

/** 新增机构. */
export const postOrgUnit = defineRoute({
  method: 'POST', path: '/org-units', summary: '新增组织机构', permission: 'administration.org.edit',
  body: z.object({ ...orgUnitFields, kind: OrgUnitKind.exclude(['county']), parentId: id('OrgUnit').meta({ title: '上级' }), code: orgCode }),
  response: OrgUnit, problems: ['not-found', 'rule.violated', 'state.duplicate'],
});

/** 修改机构. */
export const putOrgUnit = defineRoute({
  method: 'PUT', path: '/org-units/:orgUnitId', summary: '修改组织机构', permission: 'administration.org.edit', needsVersion: true,
  params: z.object({ orgUnitId: id('OrgUnit') }), body: z.object({ ...orgUnitFields, code: orgCode }),
  response: OrgUnit, problems: ['not-found', 'state.duplicate', 'state.stale'],
});

/** 撤销或恢复机构. */
export const putOrgUnitStatus = defineRoute({
  method: 'PUT', path: '/org-units/:orgUnitId/status', summary: '撤销或恢复组织机构', permission: 'administration.org.edit',
  params: z.object({ orgUnitId: id('OrgUnit') }), body: z.object({ status: z.enum(['active', 'archived']).meta({ title: '状态' }), reason }),
  response: OrgUnit, problems: ['not-found', 'rule.violated', 'state.conflict'],
});
