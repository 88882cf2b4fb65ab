import { z } from 'zod';
import { OrgUnit } from '../administration/org-unit.ts';
import { defineRoute } from '../define-route.ts';
import { ability, count, id, localDate, requiredText } from '../kernel.ts';
import { HistoryEntry, Ref } from './shared.ts';

const one = z.object({ orgUnitId: id('OrgUnit') });

/** 区划沿革:one merger, with what moved by it. */
const lineage = z.object({
  from: Ref('OrgUnit', '原机构'), to: Ref('OrgUnit', '并入'), onDate: localDate.meta({ title: '生效日期' }), basis: z.string().meta({ title: '依据' }),
  estates: count.meta({ title: '小区' }), neighbourhoods: count.meta({ title: '社区（村）' }), posts: count.meta({ title: '岗位' }),
});

/** 机构详情, with what it became and what became of it. */
export const OrgUnitDetail = OrgUnit.extend({
  parent: Ref('OrgUnit', '上级').nullable(), mergedInto: Ref('OrgUnit', '并入').nullable(),
  neighbourhoods: z.array(Ref('OrgUnit', '社区（村）')).meta({ title: '社区（村）' }),
  /** Estates within what the reader may see. */
  estateCount: count.meta({ title: '小区' }),
  lineage: z.array(lineage).meta({ title: '区划沿革' }), history: z.array(HistoryEntry).meta({ title: '操作历史' }),
  can: z.object({ edit: ability, archive: ability, merge: ability }),
}).meta({ id: 'OrgUnitDetail' });

/** Names of bodies are public within their county; what was done to them only as far as the reader's scope goes. */
export const getOrgUnit = defineRoute({ method: 'GET', path: '/org-units/:orgUnitId', summary: '机构详情', permission: 'signed-in', params: one, response: OrgUnitDetail, problems: ['not-found'] });

/** 合并乡镇街道、社区:by a change of the divisions; estates, neighbourhoods and posts move, the codes stay as they are, this one ends. */
export const mergeOrgUnit = defineRoute({
  method: 'POST', path: '/org-units/:orgUnitId/merge', summary: '合并乡镇街道或社区', permission: 'administration.org.edit', params: one, needsVersion: true,
  body: z.object({
    intoId: id('OrgUnit').meta({ title: '并入' }), onDate: localDate.meta({ title: '生效日期' }),
    basis: requiredText(200, '请写明依据').min(4, '请写明依据，如批文名称和文号（不少于4个字）').meta({ title: '依据' }),
  }),
  response: OrgUnitDetail, problems: ['not-found', 'rule.violated', 'state.conflict', 'state.stale'],
});
