import { sql } from 'kysely';
import { piiLabels, type exportPersonalData as exportRoute, type getPersonalData as route } from '#contract/privacy.ts';
import type { Output } from '#contract/define-route.ts';
import { roleMay, roles, type Permission } from '#contract/permissions.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { column, count, exportList, text } from '#platform/workbook/export-list.ts';

type Row = Output<typeof route>['rows'][number];
interface Found { readonly schema: string; readonly table: string; readonly column: string; readonly comment: string; readonly tableComment: string | null; readonly hasCounty: boolean }
type Kind = keyof typeof piiLabels;
const isKind = (text: string): text is Kind => Object.hasOwn(piiLabels, text);

/** 个人信息清单, read from the database's own comments: a column that is marked there is here, without anybody writing it down again. */
async function inventory(db: Db, ctx: Ctx): Promise<Row[]> {
  const { rows: found } = await sql<Found>`
    select n.nspname as schema, c.relname as "table", a.attname as "column", col_description(c.oid, a.attnum) as comment, obj_description(c.oid, 'pg_class') as table_comment,
           exists (select from pg_attribute k where k.attrelid = c.oid and k.attname = 'county_id' and not k.attisdropped) as has_county
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and col_description(c.oid, a.attnum) like '%[pii:%' order by 1, 2, 3`.execute(db);
  const rows: Row[] = [];
  for (const one of found) rows.push(await rowOf(db, ctx, one));
  return rows;
}

async function rowOf(db: Db, ctx: Ctx, { schema, table, column: name, comment, tableComment, hasCounty }: Found): Promise<Row> {
  const inCounty = hasCounty && ctx.scope.countyId !== null ? sql`and county_id = ${ctx.scope.countyId}::uuid` : sql``;
  const { rows: [counted] } = await sql<{ n: number }>`select count(*)::integer as n from ${sql.id(schema, table)} where ${sql.id(name)} is not null ${inCounty}`.execute(db);
  const kind = /\[pii:([a-z-]+)\]/.exec(comment)?.[1] ?? '';
  const facts = factsOf(isKind(kind) ? kind : 'other', `${schema}.${table}`);
  return { table: (tableComment ?? table).split(/[:：;；(（]/)[0] ?? table, column: `${schema}.${table}.${name}`, kind: piiLabels[isKind(kind) ? kind : 'other'], about: comment.replace(/\[pii:[a-z-]+\]/, ''), holders: counted?.n ?? 0, ...facts };
}

const law = (clause: string) => `《个人信息保护法》${clause}`;
const readersWith = (permission: Permission) => Object.entries(roles).filter(([name]) => isRole(name) && roleMay(name, permission)).map(([, { title }]) => title).join('、');
const isRole = (name: string): name is keyof typeof roles => Object.hasOwn(roles, name);

type Facts = Pick<Row, 'purpose' | 'ground' | 'protection' | 'readers' | 'kept'>;
const sealed = '加密保存，另存不可逆的索引供核对；列表和导出只显示遮盖后的号码，查看完整号码要写理由并留痕';
const duty = law('第三十四条');

/** 目的、依据、保护、谁能看、保存到, by where it lies; what is not listed says so, so that nobody takes a guess for a fact. */
const factsByPlace: Readonly<Record<string, () => Facts>> = {
  'ledger.batch_row': () => ({ purpose: '导入台账时核对、修正后再导入', ground: duty, protection: sealed, readers: readersWith('ledger.import'), kept: '导入确认后即删除；没有导入的行按“到期删除”的规定天数' }),
  'complaint.complainant': () => ({ purpose: '答复投诉人；匿名的不登记', ground: `${law('第十三条')}、${duty}`, protection: sealed, readers: readersWith('complaint.reveal'), kept: '投诉件结束起满“投诉办结后投诉人姓名、电话的保存期”自动删除，来件原件同时删除' }),
  'complaint.incoming_letter': () => ({ purpose: '登记来信，与寄信人联系', ground: duty, protection: sealed, readers: readersWith('complaint.receive'), kept: '登记后即从来信里清除，随投诉件保存；不登记的满“不登记的来信的保存期”自动删除' }),
  'complaint.order_row': () => ({ purpose: '导入12345工单时建件', ground: duty, protection: sealed, readers: readersWith('complaint.hotline'), kept: '导入后即清除；没有导入的行按“到期删除”的规定天数' }),
  'complaint.complaint': () => ({ purpose: '核实投诉的地点', ground: duty, protection: '不加密，只有办理单位和被请求处理的企业可以查看', readers: readersWith('complaint.read'), kept: '随投诉件归档' }),
  'registry.owner': () => ({ purpose: '认定同一业主、核对表决人数、联系本人，按小区、按目的装载', ground: `${law('第二十八条')}、${duty}`, protection: sealed, readers: readersWith('registry.owner.reveal'), kept: '装载目的登记的删除日期；原业主满规定年数' }),
  'registry.practitioner': () => ({ purpose: '核实从业人员身份、工作联系', ground: duty, protection: sealed, readers: readersWith('registry.owner.reveal'), kept: '登记离职或者归档后满“离职从业人员信息保存年数”自动删除' }),
  'committee.member': () => ({ purpose: '指导业主组织、联系委员', ground: duty, protection: '加密保存，列表和导出只显示遮盖后的号码', readers: readersWith('registry.read'), kept: '任期结束后满“届满委员信息保存年数”自动删除' }),
  'platform.notice_choice': () => ({ purpose: '按本人选择的方式发送工作通知', ground: `${law('第十三条')}（本人自行填写）`, protection: '加密保存', readers: '本人', kept: '本人随时可以修改、清除' }),
  'collection.part': () => ({ purpose: '采集任务中带出已有内容，免得重复填写', ground: duty, protection: '加密保存', readers: readersWith('collection.read'), kept: '采集任务结束后满规定年数自动删除' }),
  'collection.answer': () => ({ purpose: '采集任务的填报内容', ground: duty, protection: '加密保存', readers: readersWith('collection.read'), kept: '采集任务结束后满规定年数自动删除' }),
  'privacy.person_request': () => ({ purpose: '办理本人查阅、复制、更正、删除的请求', ground: law('第五十条'), protection: '加密保存，列表只显示姓氏', readers: readersWith('privacy.request'), kept: '办结后满规定天数自动清除；批准删除的当时清除' }),
  'privacy.person_finding': () => ({ purpose: '办理本人请求时记下查到的各处，免得重复查找', ground: law('第五十条'), protection: '整条加密保存，查看时号码遮盖', readers: readersWith('privacy.request'), kept: '随请求的姓名和号码一起清除' }),
  'platform.session': () => ({ purpose: '从统一身份认证登录的，退出时向认证平台出示', ground: duty, protection: '加密保存', readers: '没有人看得到原文', kept: '退出或会话结束即清空' }),
  'owner.phone_code': () => ({ purpose: '业主在手机上提交前，核实手机号是本人的、限制次数', ground: `${law('第十三条')}（本人提供）`, protection: '只存带密钥的摘要，读不出号码；演示环境另存密文，正式使用时没有', readers: '没有人看得到原文', kept: '验证码10分钟内有效，次日自动删除' }),
  'owner.filing': () => ({ purpose: '业主在手机上提交的，防止重复提交、限制次数', ground: `${law('第十三条')}（本人提供）`, protection: '只存带密钥的摘要，读不出号码', readers: '没有人看得到原文', kept: '七日后自动删除' }),
  'owner.binding': () => ({ purpose: '业主自愿绑定自己的房屋，核对是不是业主', ground: `${law('第十三条')}（本人同意，可以撤回；不含敏感个人信息）`, protection: sealed, readers: readersWith('binding.confirm'), kept: '解除或者未通过后满“解除或未通过绑定后，姓名和手机号的保存期”自动删除' }),
  'owner.phone_session': () => ({ purpose: '业主用手机验证码登录后，看自己的房屋和投诉', ground: `${law('第十三条')}（本人提供）`, protection: '加密保存', readers: '没有人看得到原文', kept: '退出或者到期后次日删除' }),
  'platform.notice_delivery': () => ({ purpose: '把邀请、重设密码的链接，投诉的回执和答复寄给本人', ground: `${law('第十三条')}（本人提供）`, protection: '加密保存', readers: '没有人看得到原文', kept: '邮件发出或放弃时即清除' }),
};
const work = (): Facts => ({ purpose: '工作联系：企业、项目经理、网格员的工作电话', ground: duty, protection: '加密保存', readers: readersWith('registry.directory.read'), kept: '没有自动删除；更换、归档后不再显示' });
const unstated = (): Facts => ({ purpose: '还没有写明，请补充', ground: '还没有写明', protection: '加密保存', readers: '还没有写明', kept: '还没有写明' });

const factsOf = (kind: Kind, place: string): Facts => (factsByPlace[place] ?? (kind === 'work-phone' ? work : unstated))();

/** 个人信息清单. */
export const getPersonalData = (ctx: Ctx): Promise<Output<typeof route>> => ctx.read(async (db) => ({ rows: await inventory(db, ctx) }));

/** 导出个人信息清单. */
export const exportPersonalData = (ctx: Ctx): Promise<Output<typeof exportRoute>> => exportList<Row>(ctx, {
  title: '个人信息清单', kind: 'personal-data', on: ctx.today, query: {},
  columns: [
    column('存放在', 'text', (row) => text(row.table)), column('字段', 'text', (row) => text(row.column)), column('种类', 'text', (row) => text(row.kind)), column('现有条数', 'count', (row) => count(row.holders)), column('为什么处理', 'text', (row) => text(row.purpose)),
    column('依据', 'text', (row) => text(row.ground)), column('怎样保护', 'text', (row) => text(row.protection)), column('谁能看', 'text', (row) => text(row.readers)), column('保存到', 'text', (row) => text(row.kept)),
  ],
  rows: (db) => inventory(db, ctx),
});

/** 个人信息的列数, for the self-check. */
export const personalColumns = async (db: Db, ctx: Ctx): Promise<number> => (await inventory(db, ctx)).length;
