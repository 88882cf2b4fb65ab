import { z } from 'zod';
import { standingLabels, type FormationStanding } from '#domain/committee/formation.ts';
import { ALL_STANDINGS, formationParts, type FormationPart } from '#domain/committee/formation-parts.ts';
import { keysOf } from './administration/shared.ts';
import { basisPoints, count, download, id, instant, localDate, pageOf, pageByIdQuery, requiredText } from './kernel.ts';
import { defineRoute } from './define-route.ts';
import { Ref } from './registry/shared.ts';

const figure = { occupied: count.meta({ title: '已入住小区' }), withCommittee: count.meta({ title: '已成立' }), expired: count.meta({ title: '其中届满未换届' }), preparing: count.meta({ title: '筹备中' }), rateBp: basisPoints.nullable().meta({ title: '组建率（万分之一）' }), rateText: z.string().meta({ title: '组建率' }) };
/** 单个小区是否计入, and why. */
export const FormationEstate = z.object({ estate: Ref('Estate', '小区'), township: Ref('OrgUnit', '乡镇街道'), standing: z.enum(keysOf<FormationStanding>(standingLabels)).meta({ title: '计入情况', 'x-labels': standingLabels }), inDenominator: z.boolean(), inNumerator: z.boolean(), isExpired: z.boolean(), reason: z.string().meta({ title: '说明' }) }).meta({ id: 'FormationEstate' });
/** 业委会组建率, by township, with its definition and the lines it is held against. */
export const Formation = z.object({
  on: localDate.meta({ title: '截至' }), knownOn: localDate.nullable().meta({ title: '当时掌握' }), ...figure,
  definitionText: z.string().meta({ title: '口径' }), sources: z.array(z.string()).meta({ title: '依据' }),
  lines: z.array(z.object({ key: z.enum(['baseline', 'target', 'city']), title: z.string(), valueBp: basisPoints, valueText: z.string(), basis: z.string(), isConfirmed: z.boolean().meta({ title: '已核实' }) })).meta({ title: '对照线' }),
  shortOfTarget: count.meta({ title: '距目标差' }), reachesTarget: z.boolean().meta({ title: '达到目标' }),
  byTownship: z.array(z.object({ township: Ref('OrgUnit', '乡镇街道'), ...figure })).meta({ title: '分乡镇' }), text: z.string().meta({ title: '复制文字' }),
}).meta({ id: 'Formation' });
const formationQuery = z.object({ on: localDate.optional().meta({ title: '截至' }), knownOn: localDate.optional().meta({ title: '当时掌握' }), townshipId: id('OrgUnit').optional().meta({ title: '乡镇街道' }) });
export const getFormation = defineRoute({ method: 'GET', path: '/target/formation', summary: '业委会组建率', permission: 'target.read', query: formationQuery, response: Formation, access: 'count' });
/** 组建率及各小区: figure and evidence in one answer, so that they cannot disagree. */
export const getFormationEstates = defineRoute({ method: 'GET', path: '/target/formation/estates', summary: '业委会组建率（含各小区）', permission: 'target.read', query: formationQuery, response: Formation.extend({ estates: z.array(FormationEstate).meta({ title: '各小区' }) }), access: 'count' });
const exporting = { method: 'GET', permission: 'target.read', response: download, kind: 'download', access: 'export' } as const;
export const exportFormation = defineRoute({ ...exporting, path: '/target/formation/export', summary: '导出分乡镇组建率', query: formationQuery });
export const exportFormationEstates = defineRoute({ ...exporting, path: '/target/formation/estates/export', summary: '导出各小区计入情况', query: formationQuery.extend({ standing: z.enum([ALL_STANDINGS, ...keysOf<FormationPart>(formationParts), ...keysOf<FormationStanding>(standingLabels)]).optional().meta({ title: '计入情况' }) }) });

/** 已上报的数字: frozen with its definition and rows. */
export const Reading = z.object({ id: id('Reading'), metric: z.string(), asOfOn: localDate.meta({ title: '截至' }), part: count.meta({ title: '已成立' }), whole: count.meta({ title: '已入住小区' }), rateText: z.string().meta({ title: '组建率' }), definitionText: z.string().meta({ title: '口径' }), reportedTo: z.string().meta({ title: '报送单位' }), signer: z.string().meta({ title: '签发人' }), reportedAt: instant.meta({ title: '上报时间' }) }).meta({ id: 'Reading' });
export const listFormationReadings = defineRoute({ method: 'GET', path: '/target/formation/readings', summary: '已上报的组建率', permission: 'target.read', query: pageByIdQuery, response: pageOf(Reading) });
export const getFormationReading = defineRoute({ method: 'GET', path: '/target/formation/readings/:readingId', summary: '已上报的组建率（含各小区）', permission: 'target.read', params: z.object({ readingId: id('Reading') }), response: Reading.extend({ estates: z.array(FormationEstate) }), problems: ['not-found'] });
export const postFormationReading = defineRoute({ method: 'POST', path: '/target/formation/readings', summary: '上报并固定组建率', permission: 'target.report', body: z.object({ on: localDate.meta({ title: '截至' }), reportedTo: requiredText(100, '请填写报送单位').meta({ title: '报送单位' }), signer: requiredText(50, '请填写签发人').meta({ title: '签发人' }) }), response: Reading, problems: ['access.denied', 'input.invalid'] });
