import { z } from 'zod';
import { ability, asOfQuery, download, id, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';
import { defineRoute } from './define-route.ts';
import { archiveBody, asOfAnswer, HistoryEntry, listQuery, placeQuery, Ref, versionTimes, warnings } from './registry/shared.ts';
import { committeeKind, committeeStatus, memberPost } from './registry/words.ts';

/** 委员. */
export const CommitteeMember = z.object({ id: id('Member'), name: z.string().meta({ title: '姓名' }), post: memberPost, phone: z.string().nullable().meta({ title: '电话' }), isPartyMember: z.boolean().nullable().meta({ title: '中共党员' }), validFrom: localDate.nullable().meta({ title: '自' }), validTo: localDate.nullable().meta({ title: '至（不含当日）' }) }).meta({ id: 'CommitteeMember' });

const term = { name: z.string().meta({ title: '名称' }), kind: committeeKind, status: committeeStatus, sinceOn: localDate.nullable().meta({ title: '成立时间' }), untilOn: localDate.nullable().meta({ title: '届满时间（含当日）' }), filedOn: localDate.nullable().meta({ title: '备案日期' }), endedOn: localDate.nullable().meta({ title: '终止日期' }) };
/** 业委会版本: what was recorded at one time. */
export const CommitteeVersion = z.object({ versionId: id('Committee'), ...term, ...versionTimes }).meta({ id: 'CommitteeVersion' });
/** 业主委员会. */
export const CommitteeRow = z.object({ committeeId: id('Committee'), versionId: id('Committee'), estate: Ref('Estate', '小区'), township: Ref('OrgUnit', '乡镇街道'), ...term, isExpired: z.boolean().meta({ title: '已届满' }), chair: z.string().nullable().meta({ title: '主任' }), memberCount: z.int().meta({ title: '委员数' }), recordedAt: instant.meta({ title: '登记时间' }), archivedAt: instant.nullable().meta({ title: '归档时间' }), version: z.int(), can: z.object({ edit: ability, archive: ability }) }).meta({ id: 'CommitteeRow' });
export const Committee = CommitteeRow.extend({ ...asOfAnswer, members: z.array(CommitteeMember).meta({ title: '委员' }), versions: z.array(CommitteeVersion).meta({ title: '历次登记' }), history: z.array(HistoryEntry).meta({ title: '操作历史' }), warnings }).meta({ id: 'Committee' });
export const CommitteeDraft = z.object({
  name: requiredText(100, '请填写名称').meta({ title: '名称' }), kind: committeeKind, status: committeeStatus,
  sinceOn: localDate.nullable().meta({ title: '成立时间' }), untilOn: localDate.nullable().meta({ title: '届满时间（含当日）' }), filedOn: localDate.nullable().meta({ title: '备案日期' }), endedOn: localDate.nullable().meta({ title: '终止日期' }),
}).meta({ id: 'CommitteeDraft' });
export const MemberDraft = z.object({ id: id('Member').optional(), name: requiredText(50, '请填写姓名').meta({ title: '姓名' }), post: memberPost, phone: text(30).nullable().optional().meta({ title: '电话' }), isPartyMember: z.boolean().nullable().meta({ title: '中共党员' }), validFrom: localDate.nullable().meta({ title: '自' }) }).meta({ id: 'MemberDraft' });

const one = z.object({ committeeId: id('Committee') });
export const committeeQuery = z.object({ ...listQuery.shape, ...placeQuery.shape, after: pageByIdQuery.shape.after, estateId: id('Estate').optional().meta({ title: '小区' }), status: committeeStatus.optional(), expired: z.enum(['true', 'false']).optional().meta({ title: '已届满' }) });
export const listCommittees = defineRoute({ method: 'GET', path: '/committees', summary: '业委会列表', permission: 'registry.read', query: committeeQuery, response: pageOf(CommitteeRow) });
export const exportCommittees = defineRoute({ method: 'GET', path: '/committees/export', summary: '导出业委会', permission: 'registry.export', query: committeeQuery, response: download, kind: 'download', access: 'export' });
export const getCommittee = defineRoute({ method: 'GET', path: '/committees/:committeeId', summary: '业委会详情', permission: 'registry.read', params: one, query: asOfQuery, response: Committee, problems: ['not-found'] });
export const postCommittee = defineRoute({ method: 'POST', path: '/estates/:estateId/committees', summary: '登记业委会', permission: 'registry.edit', params: z.object({ estateId: id('Estate') }), body: CommitteeDraft, response: Committee, problems: ['estate.not-found', 'input.invalid', 'access.denied'] });
export const putCommittee = defineRoute({ method: 'PUT', path: '/committees/:committeeId', summary: '修改业委会（另存一版）', permission: 'registry.edit', params: one, body: CommitteeDraft, response: Committee, problems: ['not-found', 'state.stale', 'input.invalid', 'access.denied'], needsVersion: true });
/** The whole list of members as from now; those left out end today. `phone` left out keeps the stored one. */
export const putMembers = defineRoute({ method: 'PUT', path: '/committees/:committeeId/members', summary: '登记委员', permission: 'registry.edit', params: one, body: z.object({ members: z.array(MemberDraft).max(50) }), response: Committee, problems: ['not-found', 'state.stale', 'input.invalid', 'access.denied'], needsVersion: true });
/** Recorded by mistake: no version stands any more, all stay known as of their time. One that ceased is edited instead (已终止). */
export const archiveCommittee = defineRoute({ method: 'PUT', path: '/committees/:committeeId/archive', summary: '归档业委会', permission: 'registry.merge', params: one, body: archiveBody, response: Committee, problems: ['not-found', 'state.stale', 'access.denied'], needsVersion: true });
