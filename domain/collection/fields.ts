import type { Column, ColumnKind, RecipientKind, RowUnit } from './column.ts';

/**
 * 台账已有的一项: `isPersonal` when it names or reaches a person; `taking` says how an answer gets into the books: as the content of the record, as a
 * new service contract, or not from here (`elsewhere` then says where it is changed).
 */
export interface HeldField { readonly id: string; readonly title: string; readonly kind: ColumnKind; readonly isPersonal: boolean; readonly taking: 'content' | 'contract' | 'elsewhere'; readonly elsewhere: string | null }

const field = (id: string, title: string, kind: ColumnKind, mark?: 'personal'): HeldField => ({ id, title, kind, isPersonal: mark === 'personal', taking: 'content', elsewhere: null });
const contracted = (id: string, title: string): HeldField => ({ id, title, kind: 'text', isPersonal: false, taking: 'contract', elsewhere: null });
const apart = (id: string, title: string, kind: ColumnKind, elsewhere: string): HeldField => ({ id, title, kind, isPersonal: false, taking: 'elsewhere', elsewhere });

/** 小区的各项; who serves it is a contract, a committee is registered apart. */
export const estateFields: readonly HeldField[] = [
  field('address', '地址', 'text'), field('managementKind', '管理方式', 'choice'), contracted('companyName', '物业服务企业'), apart('hasCommittee', '是否成立业委会', 'flag', '业委会要写明成立日期和委员，请打开这个小区，在“业主委员会”一栏登记或更正'),
  field('deliveredOn', '竣工交付时间', 'date'), field('totalUnits', '总户数', 'whole'), field('occupiedUnits', '入住户数', 'whole'), field('totalCm2', '总建筑面积', 'area'), field('deliveredCm2', '已交付面积', 'area'),
  field('buildingCount', '楼栋数', 'whole'), field('liftCount', '电梯数', 'whole'), field('parkingCount', '车位数', 'whole'), field('chargingCount', '充电设施数', 'whole'), field('fireSystem', '消防设施', 'text'),
  field('feeFenPerM2Month', '物业费标准（元/㎡·月）', 'money'), field('developerName', '建设单位', 'text'), field('managerName', '物业负责人', 'text', 'personal'), field('managerPhone', '物业负责人电话', 'text', 'personal'), field('gridMember', '网格员', 'text', 'personal'),
];

/** 企业的各项. */
export const companyFields: readonly HeldField[] = [
  field('creditCode', '统一社会信用代码', 'text'), field('legalPerson', '法定代表人', 'text', 'personal'), field('contactName', '联系人', 'text', 'personal'), field('phone', '联系电话', 'text', 'personal'), field('registeredOn', '注册时间', 'date'),
  field('address', '注册地址', 'text'), field('registeredCapitalFen', '注册资本', 'money'), field('claimedEstates', '在管项目数（自报）', 'whole'), field('claimedStaff', '从业人数（自报）', 'whole'), apart('estateCount', '在管项目数（台账）', 'whole', '这个数由各小区的服务合同汇总，请到对应的小区登记或终止服务合同'),
];

/** 乡镇街道、社区的各项: counted from the books, never taken over. */
export const placeFields: readonly HeldField[] = [
  apart('estateCount', '小区数', 'whole', '这个数由小区台账汇总，请在“小区”里补登、合并或归档'), apart('unitTotal', '总户数合计', 'whole', '这个数由小区台账汇总，请到对应的小区更正总户数'), apart('committeeCount', '有业委会的小区数', 'whole', '这个数由业委会台账汇总，请到对应的小区登记或更正业委会'),
];

/** 一行说的是什么: a company asked for itself is a row about a company. */
export const subjectOf = (recipientKind: RecipientKind, rowUnit: RowUnit): 'estate' | 'company' | 'place' =>
  rowUnit === 'estate' ? 'estate' : rowUnit === 'company' || recipientKind === 'company' ? 'company' : 'place';

const fieldsOf = { estate: estateFields, company: companyFields, place: placeFields } as const;

/** 可以对应的各项, of such rows. */
export const fieldsFor = (recipientKind: RecipientKind, rowUnit: RowUnit): readonly HeldField[] => fieldsOf[subjectOf(recipientKind, rowUnit)];

const SOUNDS_PERSONAL = /电话|手机|联系方式|微信|身份证|证件号|姓名|住址|户主|业主名|生日|银行/;

/** 是否涉及个人: bound to something that names or reaches a person, or its heading asks for such. */
export function isPersonal({ title, field: bound, help }: Pick<Column, 'title' | 'field' | 'help'>, fields: readonly HeldField[]): boolean {
  return fields.some(({ id, isPersonal: is }) => id === bound && is) || SOUNDS_PERSONAL.test(`${title}${help ?? ''}`);
}
