import { addDays } from '#domain/kernel/local-date.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Amount, ReportUnit } from './amount.ts';
import type { CompanyFact, EstateFact, PractitionerFact } from './facts.ts';

/** 指标: a number of ours that a cell may ask for, with its 口径. */
export interface Figure {
  readonly id: FigureId;
  readonly title: string;
  /** What a clerk may call it, in headers and row labels. */
  readonly words: readonly string[];
  /** The units that it may be written in; the first is the usual one. */
  readonly units: readonly [ReportUnit, ...ReportUnit[]];
  readonly decimals: number;
  /** 口径, one sentence without the day. */
  readonly definition: string;
  readonly source: string;
  readonly reads: Reading;
}

/** How a figure is read from the facts of a day. */
export type Reading =
  | { readonly over: 'estate'; readonly counts: (estate: EstateFact, on: LocalDate) => boolean; readonly of?: (estate: EstateFact) => boolean }
  | { readonly over: 'estate'; readonly sums: (estate: EstateFact) => number | null; readonly missing: string }
  | { readonly over: 'company'; readonly counts: (company: CompanyFact) => boolean }
  | { readonly over: 'practitioner'; readonly counts: (person: PractitionerFact) => boolean };

export type FigureId =
  | 'estates.total' | 'estates.with-company' | 'estates.without-company' | 'estates.self-managed' | 'estates.unmanaged' | 'estates.coverage' | 'estates.occupied'
  | 'units.total' | 'units.occupied' | 'area.total' | 'buildings.total' | 'lifts.total' | 'parking.total' | 'charging.total'
  | 'committees.formed' | 'committees.expired' | 'committees.preparing' | 'committees.none' | 'committees.rate' | 'committees.share'
  | 'contracts.overdue' | 'contracts.expiring' | 'companies.total' | 'practitioners.total' | 'practitioners.managers' | 'practitioners.heads';

/** 合同临期天数: how many days ahead a contract counts as soon to end. */
export const EXPIRING_DAYS = 90;
const SELF: readonly string[] = ['self', 'work-unit', 'neighbourhood', 'quasi'];
const LEDGER = '住宅小区台账';
const always = (): boolean => true;
const formed = ({ formation }: EstateFact): boolean => formation.inNumerator;

/** 指标目录. */
export const figures: readonly Figure[] = [
  { id: 'estates.total', title: '住宅小区总数', words: ['住宅小区总数', '小区总数', '小区数', '小区个数', '住宅小区数', '物业项目数', '住宅小区'], units: ['个'], decimals: 0, source: LEDGER, definition: '在册的住宅小区（含无物业服务企业的；截至日尚未交付且当时未登记的不计）', reads: { over: 'estate', counts: always } },
  { id: 'estates.with-company', title: '有物业服务企业的小区', words: ['有物业服务企业的', '有物业的', '有物业小区', '有物业服务的小区', '物业管理小区', '专业物业', '实施物业管理的小区', '有物业企业'], units: ['个'], decimals: 0, source: `${LEDGER}、物业服务合同`, definition: '当日有物业服务合同在履行（含到期后未解除、继续服务的）的小区', reads: { over: 'estate', counts: ({ company }) => company !== null } },
  { id: 'estates.without-company', title: '无物业服务企业的小区', words: ['无物业小区数', '无物业小区', '无物业的', '无物业服务企业', '无物业'], units: ['个'], decimals: 0, source: `${LEDGER}、物业服务合同`, definition: '当日没有物业服务合同在履行的小区，含自管、社区托管和失管小区', reads: { over: 'estate', counts: ({ company }) => company === null } },
  { id: 'estates.self-managed', title: '自管或社区托管的小区', words: ['自管或社区托管的', '自管小区', '自管托管', '社区托管', '自管', '准物业'], units: ['个'], decimals: 0, source: LEDGER, definition: '当日无物业服务企业，由业主自管、单位自管、社区托管或准物业管理的小区', reads: { over: 'estate', counts: ({ company, managementKind }) => company === null && SELF.includes(managementKind) } },
  { id: 'estates.unmanaged', title: '失管小区', words: ['失管小区', '三无小区', '无人管理', '弃管', '失管', '三无'], units: ['个'], decimals: 0, source: LEDGER, definition: '当日无物业服务企业、登记为无人管理的小区', reads: { over: 'estate', counts: ({ company, managementKind }) => company === null && managementKind === 'unmanaged' } },
  { id: 'estates.coverage', title: '物业服务覆盖率', words: ['物业服务覆盖率', '物业覆盖率', '覆盖率', '物业管理覆盖率'], units: ['%'], decimals: 2, source: `${LEDGER}、物业服务合同`, definition: '有物业服务企业的小区数÷住宅小区总数', reads: { over: 'estate', counts: ({ company }) => company !== null, of: always } },
  { id: 'estates.occupied', title: '已入住小区数', words: ['已入住小区', '入住小区', '建成入住小区'], units: ['个'], decimals: 0, source: LEDGER, definition: '已有业主入住的小区（入住户数和交付日期均未登记的视为已入住）', reads: { over: 'estate', counts: ({ stage }) => stage === 'occupied' } },
  { id: 'units.total', title: '总户数', words: ['总户数', '户数', '居民户数', '住宅户数', '住户数'], units: ['户', '万户'], decimals: 0, source: LEDGER, definition: '小区登记的总户数之和', reads: { over: 'estate', sums: ({ units }) => units, missing: '总户数' } },
  { id: 'units.occupied', title: '入住户数', words: ['入住户数', '已入住户数', '实际入住'], units: ['户', '万户'], decimals: 0, source: LEDGER, definition: '小区登记的入住户数之和', reads: { over: 'estate', sums: ({ occupiedUnits }) => occupiedUnits, missing: '入住户数' } },
  { id: 'area.total', title: '总建筑面积', words: ['总建筑面积', '建筑面积', '总面积', '物业管理面积', '面积'], units: ['平方米', '万平方米'], decimals: 2, source: LEDGER, definition: '小区登记的总建筑面积之和', reads: { over: 'estate', sums: ({ areaCm2 }) => areaCm2, missing: '建筑面积' } },
  { id: 'buildings.total', title: '楼栋数', words: ['楼栋数', '楼栋', '栋数', '幢数', '楼幢数'], units: ['栋'], decimals: 0, source: LEDGER, definition: '小区登记的楼栋数之和', reads: { over: 'estate', sums: ({ buildings }) => buildings, missing: '楼栋数' } },
  { id: 'lifts.total', title: '电梯数', words: ['电梯数', '电梯台数', '电梯', '电梯数量'], units: ['台'], decimals: 0, source: LEDGER, definition: '小区登记的电梯台数之和', reads: { over: 'estate', sums: ({ lifts }) => lifts, missing: '电梯数' } },
  { id: 'parking.total', title: '车位数', words: ['车位数', '停车位', '车位', '停车泊位'], units: ['个'], decimals: 0, source: LEDGER, definition: '小区登记的车位数之和', reads: { over: 'estate', sums: ({ parking }) => parking, missing: '车位数' } },
  { id: 'charging.total', title: '充电设施数', words: ['充电设施', '充电桩', '充电端口', '充电桩数'], units: ['个'], decimals: 0, source: LEDGER, definition: '小区登记的充电设施数之和', reads: { over: 'estate', sums: ({ charging }) => charging, missing: '充电设施数' } },
  { id: 'committees.formed', title: '已成立业主委员会的小区', words: ['已成立业主委员会的小区', '业委会数', '已成立业委会', '业主委员会数', '成立业委会', '已组建业委会', '业委会个数'], units: ['个'], decimals: 0, source: '业委会登记', definition: '组建率口径下计入的已入住小区数', reads: { over: 'estate', counts: formed } },
  { id: 'committees.expired', title: '业委会届满未换届的小区', words: ['任期届满未换届的', '届满未换届', '到期未换届', '届满'], units: ['个'], decimals: 0, source: '业委会登记', definition: '已入住小区中，业委会任期在截至日之前届满、尚未换届的', reads: { over: 'estate', counts: ({ formation }) => formation.inDenominator && formation.isExpired } },
  { id: 'committees.preparing', title: '业委会筹备中的小区', words: ['筹备中', '正在筹备', '业委会筹备'], units: ['个'], decimals: 0, source: '业委会登记', definition: '已入住、尚未成立但正在筹备业委会的小区', reads: { over: 'estate', counts: ({ formation }) => formation.standing === 'preparing' } },
  { id: 'committees.none', title: '未成立业委会的小区', words: ['未成立业委会', '未成立业主委员会', '无业委会', '未组建业委会'], units: ['个'], decimals: 0, source: '业委会登记', definition: '已入住、组建率口径下未计入的小区', reads: { over: 'estate', counts: ({ formation }) => formation.inDenominator && !formation.inNumerator } },
  { id: 'committees.rate', title: '业委会组建率（÷已入住小区）', words: ['业主委员会组建率', '业委会组建率', '业委会成立率', '组建率'], units: ['%'], decimals: 2, source: '业委会登记', definition: '组建率口径下计入的小区数÷已入住小区数', reads: { over: 'estate', counts: formed, of: ({ formation }) => formation.inDenominator } },
  { id: 'committees.share', title: '业委会组建率（÷小区总数）', words: ['业委会占小区总数'], units: ['%'], decimals: 2, source: '业委会登记', definition: '组建率口径下计入的小区数÷住宅小区总数；分母与本县组建率不同', reads: { over: 'estate', counts: formed, of: always } },
  { id: 'contracts.overdue', title: '合同已到期仍在服务的小区', words: ['合同到期', '合同已到期', '合同过期'], units: ['个'], decimals: 0, source: '物业服务合同', definition: '在履行的物业服务合同已过到期日的小区（民法典第九百四十八条）', reads: { over: 'estate', counts: ({ contractEndsOn }, on) => contractEndsOn !== null && contractEndsOn < on } },
  { id: 'contracts.expiring', title: `${EXPIRING_DAYS}天内合同到期的小区`, words: ['即将到期', '合同临期', '合同即将到期'], units: ['个'], decimals: 0, source: '物业服务合同', definition: `在履行的物业服务合同将在截至日起${EXPIRING_DAYS}天内（含当日）到期的小区`, reads: { over: 'estate', counts: ({ contractEndsOn }, on) => contractEndsOn !== null && contractEndsOn >= on && contractEndsOn <= addDays(on, EXPIRING_DAYS) } },
  { id: 'companies.total', title: '物业服务企业数', words: ['物业服务企业数', '物业企业数', '物业公司数', '企业数', '物业服务企业'], units: ['家', '个'], decimals: 0, source: '物业服务企业台账', definition: '在县经营的物业服务企业；按地方筛选时，只计当日在该处小区服务的', reads: { over: 'company', counts: always } },
  { id: 'practitioners.total', title: '从业人员数', words: ['从业人员数', '从业人员', '从业人数', '物业从业人员'], units: ['人'], decimals: 0, source: '从业人员名册', definition: '当日在职的物业从业人员', reads: { over: 'practitioner', counts: always } },
  { id: 'practitioners.managers', title: '项目经理数', words: ['项目经理', '项目经理数', '项目负责人数'], units: ['人'], decimals: 0, source: '从业人员名册', definition: '当日在职、岗位为项目经理的人员', reads: { over: 'practitioner', counts: ({ post }) => post === 'estate-manager' } },
  { id: 'practitioners.heads', title: '企业负责人数', words: ['企业负责人', '企业负责人数'], units: ['人'], decimals: 0, source: '从业人员名册', definition: '当日在职、岗位为企业负责人的人员', reads: { over: 'practitioner', counts: ({ post }) => post === 'head' } },
];

const byId = new Map<string, Figure>(figures.map((figure) => [figure.id, figure]));
/** 查指标; undefined when there is none of this name. */
export const figureOf = (id: string): Figure | undefined => byId.get(id);

/** The amount of a rate or of a count; null when there is nothing to divide by. */
export const amountOf = (part: number, whole: number | null): Amount | null => (whole === null ? { part, whole: 1 } : whole === 0 ? null : { part, whole });
