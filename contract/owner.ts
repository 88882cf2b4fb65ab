import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { count, download, id, instant, pageByIdQuery, pageOf, requiredText } from './kernel.ts';
import { PublicBlock, PublicItemRow } from './publication.ts';

/** 小区(业主端找到的): what stands on its gate. */
export const OpenEstateRow = z.object({
  id: id('Estate'), name: z.string().meta({ title: '小区名称' }), phase: z.string().nullable().meta({ title: '期别' }), county: z.string().meta({ title: '县（市、区）' }), township: z.string().meta({ title: '乡镇街道' }), neighbourhood: z.string().nullable().meta({ title: '社区' }),
}).meta({ id: 'OpenEstateRow' });

/** 单元门. */
export const OpenEntrance = z.object({ buildingId: id('Building'), building: z.string().meta({ title: '楼栋' }), entrance: z.string().meta({ title: '单元' }) }).meta({ id: 'OpenEntrance' });

/** 小区(业主端): its name and place; of company, fee and committee only what was published. `facts` null: nothing was. */
export const OpenEstate = OpenEstateRow.extend({
  entrances: z.array(OpenEntrance).meta({ title: '楼栋和单元' }),
  facts: z.object({ item: PublicItemRow, blocks: z.array(PublicBlock) }).nullable().meta({ title: '已公开的小区信息' }),
  items: z.array(PublicItemRow).meta({ title: '公开信息' }),
}).meta({ id: 'OpenEstate' });

const one = z.object({ estateId: id('Estate') });
/** A copy may be kept, and is asked about each time: what is withdrawn is gone at the next look. */
const anybody = { permission: 'public', isRevalidated: true } as const;
/** Few enough that nobody copies the county's list out of it. */
export const findEstates = defineRoute({ method: 'GET', path: '/owner/estates', summary: '业主找小区', query: z.object({ q: requiredText(40, '请填写小区名称').meta({ title: '小区名称或拼音首字母' }) }), response: z.object({ rows: z.array(OpenEstateRow), hasMore: z.boolean() }), ...anybody });
export const lookAtEstate = defineRoute({ method: 'GET', path: '/owner/estates/:estateId', summary: '业主看小区', params: one, response: OpenEstate, problems: ['estate.not-found'], ...anybody });

/** 单元门海报: one page for each entrance, with the code that leads to the estate's page. */
export const printPosters = defineRoute({
  method: 'GET', path: '/estates/:estateId/posters', summary: '打印单元门海报', permission: 'registry.read', params: one, query: z.object({ buildingId: id('Building').optional().meta({ title: '楼栋' }) }),
  response: download, kind: 'download', problems: ['estate.not-found', 'not-found', 'rule.violated'],
});

/** 手机号码: of a mobile, as it is typed. */
export const mobile = z.string().trim().transform((typed) => typed.replaceAll(/[\s-]/g, '').replace(/^\+?86(?=1)/, '')).pipe(z.string().regex(/^1[3-9]\d{9}$/, '手机号应为11位数字，以1开头')).meta({ title: '手机号' });
/** 要验证码: a short message with six digits, good for some minutes. Neither number nor code is kept but as a keyed digest. */
export const askCode = defineRoute({
  method: 'POST', path: '/owner/phone-codes', summary: '业主要手机验证码', permission: 'public', body: z.object({ estateId: id('Estate'), phone: mobile }),
  response: z.object({ sentTo: z.string().meta({ title: '已发往' }), minutes: count.meta({ title: '有效分钟数' }), isDemo: z.boolean() }), problems: ['estate.not-found', 'rate.limited', 'state.conflict', 'server.busy'],
});

/** 演示短信: in the demonstration no telephone rings, the operator reads it here. */
export const DemoText = z.object({
  id: id('PhoneCode'), createdAt: instant.meta({ title: '时间' }), to: z.string().meta({ title: '发往' }), text: z.string().meta({ title: '内容' }),
  state: z.enum(['valid', 'used', 'over']).meta({ title: '状态', 'x-labels': { valid: '有效', used: '已使用', over: '已失效' } }),
}).meta({ id: 'DemoText' });
export const listDemoTexts = defineRoute({ method: 'GET', path: '/demo-texts', summary: '短信发件箱（演示）', permission: 'notice.channel.read', query: pageByIdQuery, response: pageOf(DemoText) });
