import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { maskPhone, parsePhone } from '#domain/kernel/phone.ts';
import { amountText } from './amount.ts';
import type { CompanyFact, EstateFact, TownshipFact } from './facts.ts';
import { committeeStateLabels, stageLabels, stateOf } from './filter.ts';

/** 栏目值: a number by its text, a text (`masked` where it holds a person's number), or nothing known. */
export type FieldValue = { readonly number: string } | { readonly text: string; readonly masked?: string; readonly day?: LocalDate } | null;

/** 栏目: what a column of a list may take. */
export interface Field<Row> { readonly id: string; readonly title: string; readonly words: readonly string[]; readonly value: (row: Row, serial: number) => FieldValue }

const text = (value: string | null): FieldValue => (value === null || value === '' ? null : { text: value });
const number = (value: number | null): FieldValue => (value === null ? null : { number: String(value) });
const day = (value: LocalDate | null): FieldValue => (value === null ? null : { text: dateText(value), day: value });
const masked = (value: string): string => value.split('、').map((piece) => { const phone = parsePhone(piece); return phone === null || phone === undefined ? '***' : maskPhone(phone); }).join('、');
const serial = { id: 'serial', title: '序号', words: ['序号', '编号'], value: (_: unknown, at: number): FieldValue => number(at) } as const;

/** 小区名单的栏目. */
export const estateFields: readonly Field<EstateFact>[] = [
  serial,
  { id: 'township', title: '乡镇街道', words: ['所属镇街', '镇街', '乡镇街道', '所属乡镇', '乡镇', '街道', '所在乡镇', '镇办'], value: ({ township }) => text(township) },
  { id: 'neighbourhood', title: '社区', words: ['社区', '所属社区', '社区村', '居委会'], value: ({ neighbourhood }) => text(neighbourhood) },
  { id: 'name', title: '小区名称', words: ['小区名称', '院落名称', '项目名称', '物业项目名称', '小区名', '住宅小区名称', '小区'], value: ({ name }) => text(name) },
  { id: 'address', title: '地址', words: ['地址', '坐落', '详细地址', '位置'], value: ({ address }) => text(address) },
  { id: 'deliveredYear', title: '建成年份', words: ['建成年份', '建成年代', '交付年份', '竣工年份', '建设年代', '建成时间'], value: ({ deliveredOn }) => number(deliveredOn === null ? null : Number(deliveredOn.slice(0, 4))) },
  { id: 'units', title: '总户数', words: ['居民户数', '总户数', '户数', '住户数', '住宅户数'], value: ({ units }) => number(units) },
  { id: 'occupiedUnits', title: '入住户数', words: ['入住户数', '实际入住'], value: ({ occupiedUnits }) => number(occupiedUnits) },
  { id: 'areaM2', title: '建筑面积（平方米）', words: ['建筑面积', '总建筑面积', '面积'], value: ({ areaCm2 }) => (areaCm2 === null ? null : { number: amountText({ part: areaCm2, whole: 1 }, '平方米', 2) }) },
  { id: 'areaWanM2', title: '建筑面积（万平方米）', words: [], value: ({ areaCm2 }) => (areaCm2 === null ? null : { number: amountText({ part: areaCm2, whole: 1 }, '万平方米', 2) }) },
  { id: 'buildings', title: '楼栋数', words: ['楼栋数', '栋数', '楼栋', '幢数'], value: ({ buildings }) => number(buildings) },
  { id: 'lifts', title: '电梯数', words: ['电梯数', '电梯台数', '电梯'], value: ({ lifts }) => number(lifts) },
  { id: 'parking', title: '车位数', words: ['车位数', '停车位', '车位'], value: ({ parking }) => number(parking) },
  { id: 'charging', title: '充电设施数', words: ['充电设施', '充电桩'], value: ({ charging }) => number(charging) },
  { id: 'stage', title: '阶段', words: ['项目阶段', '入住情况'], value: ({ stage }) => text(stageLabels[stage]) },
  { id: 'keeper', title: '管理单位（企业或管理方式）', words: ['管理单位', '管理主体', '物业管理单位', '管理方式', '服务单位'], value: ({ company, management }) => text(company?.name ?? management) },
  { id: 'company', title: '物业服务企业', words: ['物业服务企业', '物业公司', '物业企业', '企业名称', '物业服务企业名称'], value: ({ company }) => text(company?.name ?? null) },
  { id: 'manager', title: '项目经理', words: ['项目经理', '项目负责人', '小区经理', '物业经理'], value: ({ manager }) => text(manager) },
  { id: 'managerPhone', title: '项目经理电话', words: ['联系电话', '项目经理电话', '电话', '联系方式', '负责人电话'], value: ({ managerPhone }) => (managerPhone === null ? null : { text: managerPhone, masked: masked(managerPhone) }) },
  { id: 'managerAndPhone', title: '项目经理及电话', words: ['项目负责人及电话', '项目经理及电话', '负责人及电话', '联系人及电话', '负责人电话'], value: ({ manager, managerPhone }) => together(manager, managerPhone) },
  { id: 'chair', title: '业委会主任', words: ['业委会主任', '业主委员会主任', '主任'], value: ({ chair }) => text(chair) },
  { id: 'committee', title: '业委会情况', words: ['业委会情况', '业委会成立情况', '业委会', '是否成立业委会', '业主委员会'], value: (estate) => text(committeeStateLabels[stateOf(estate)]) },
  { id: 'termEndsOn', title: '业委会届满日期', words: ['届满日期', '届满时间', '任期届满', '到期时间'], value: ({ termEndsOn }) => day(termEndsOn) },
  { id: 'contractEndsOn', title: '合同到期日', words: ['合同到期日', '合同到期', '合同期限'], value: ({ contractEndsOn }) => day(contractEndsOn) },
];

function together(name: string | null, phone: string | null): FieldValue {
  if (phone === null) return text(name);
  return { text: [name, phone].filter((piece) => piece !== null).join(' '), masked: [name, masked(phone)].filter((piece) => piece !== null).join(' ') };
}

/** 企业名单的栏目. */
export const companyFields: readonly Field<CompanyFact>[] = [
  serial,
  { id: 'name', title: '企业名称', words: ['企业名称', '物业服务企业', '物业服务企业名称', '公司名称', '单位名称', '物业公司'], value: ({ name }) => text(name) },
  { id: 'creditCode', title: '统一社会信用代码', words: ['统一社会信用代码', '信用代码', '社会信用代码'], value: ({ creditCode }) => text(creditCode) },
  { id: 'legalPerson', title: '法定代表人', words: ['法定代表人', '法人', '法人代表'], value: ({ legalPerson }) => text(legalPerson) },
  { id: 'address', title: '地址', words: ['地址', '注册地址', '办公地址'], value: ({ address }) => text(address) },
  { id: 'registeredOn', title: '注册日期', words: ['注册日期', '成立日期', '注册时间'], value: ({ registeredOn }) => day(registeredOn) },
  { id: 'estates', title: '在管小区数', words: ['在管小区数', '在管项目数', '管理项目数', '服务小区数', '项目数'], value: ({ estateIds }) => number(estateIds.length) },
];

/** 乡镇名单的栏目. */
export const townshipFields: readonly Field<TownshipFact>[] = [
  serial,
  { id: 'name', title: '乡镇街道', words: ['乡镇', '乡镇街道', '镇街', '街道', '所属镇街', '单位'], value: ({ name }) => text(name) },
];

/** 栏目表 by kind of list. */
export const listFields = { estate: estateFields, company: companyFields, township: townshipFields } as const;
