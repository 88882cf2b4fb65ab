import type { AreaCm2, BasisPoints, Fen, LocalDate } from '#domain/kernel/brand.ts';
import { basisPoints } from '#domain/kernel/brand.ts';
import { ledgerSpecs } from './ledger-specs.ts';
import type { AreaSource, CommitteeState, CompanyValues, EstateValues, FeeBasis, LedgerKind, LedgerValues, ManagementKind, Post, PractitionerValues, UnitUse, UnitValues, Values } from './types.ts';

/** 导出值:what stands in an exported cell, with its type. */
export type ColumnCell =
  | { readonly as: 'text'; readonly value: string } | { readonly as: 'count'; readonly value: number } | { readonly as: 'area'; readonly value: AreaCm2 }
  | { readonly as: 'money'; readonly value: Fen } | { readonly as: 'percent'; readonly value: BasisPoints } | { readonly as: 'date'; readonly value: LocalDate } | null;

/** 台账列:how one field is exported; its title is the one that the import knows best. */
export interface LedgerColumn<K extends LedgerKind> {
  readonly key: keyof LedgerValues[K] & string;
  readonly title: string;
  readonly as: NonNullable<ColumnCell>['as'];
  readonly cell: (values: Values<K>) => ColumnCell;
}

/** 业委会状态 → 中文 */
export const committeeLabels: Readonly<Record<CommitteeState, string>> = { established: '是', none: '否', preparing: '筹备中' };
/** 管理方式 → 中文 */
export const managementLabels: Readonly<Record<ManagementKind, string>> = { company: '物业企业', self: '业主自管', neighbourhood: '社区托管', quasi: '准物业', unmanaged: '失管', 'work-unit': '单位自管' };
/** 收费方式 → 中文 */
export const feeBasisLabels: Readonly<Record<FeeBasis, string>> = { 'lump-sum': '包干制', commission: '酬金制' };
/** 岗位 → 中文 */
export const postLabels: Readonly<Record<Post, string>> = { head: '企业负责人', 'estate-manager': '项目经理', order: '秩序维护', cleaning: '保洁', greening: '绿化', repair: '工程维修', service: '客服', 'fire-control': '消防控制', clerk: '内勤', other: '其他' };
/** 面积来源 → 中文 */
export const areaSourceLabels: Readonly<Record<AreaSource, string>> = { register: '不动产登记簿', survey: '测绘成果', contract: '购房合同', other: '其他' };
/** 房屋用途 → 中文 */
export const unitUseLabels: Readonly<Record<UnitUse, string>> = { residence: '住宅', shop: '商铺', office: '办公', parking: '车位', storage: '储藏室', other: '其他' };

type Present<T> = Exclude<T, undefined | null>;

/** One column: the title is the field's own; a value that is absent or blank is an empty cell. */
function column<K extends LedgerKind, F extends keyof LedgerValues[K] & string>(kind: K, key: F, as: NonNullable<ColumnCell>['as'], cellOf: (value: Present<Values<K>[F]>) => ColumnCell): LedgerColumn<K> {
  const title = titleOf(kind, key);
  return {
    key, title, as,
    cell(values) {
      const value: Values<K>[F] = values[key];
      return isPresent(value) ? cellOf(value) : null;
    },
  };
}

function isPresent<T>(value: T): value is Present<T> {
  return value !== undefined && value !== null;
}

function titleOf(kind: LedgerKind, key: string): string {
  return ledgerSpecs[kind].fields.find((field) => field.key === key)?.title ?? key;
}

const words = (value: string): ColumnCell => ({ as: 'text', value });
const list = (values: readonly string[]): ColumnCell => ({ as: 'text', value: values.join('、') });
const number = (value: number): ColumnCell => ({ as: 'count', value });
const day = (value: LocalDate): ColumnCell => ({ as: 'date', value });
const square = (value: AreaCm2): ColumnCell => ({ as: 'area', value });
const amount = (value: Fen): ColumnCell => ({ as: 'money', value });

const company = <F extends keyof CompanyValues>(key: F, as: NonNullable<ColumnCell>['as'], cellOf: (value: Present<Values<'companies'>[F]>) => ColumnCell) => column('companies', key, as, cellOf);
const estate = <F extends keyof EstateValues>(key: F, as: NonNullable<ColumnCell>['as'], cellOf: (value: Present<Values<'estates'>[F]>) => ColumnCell) => column('estates', key, as, cellOf);
const person = <F extends keyof PractitionerValues>(key: F, as: NonNullable<ColumnCell>['as'], cellOf: (value: Present<Values<'practitioners'>[F]>) => ColumnCell) => column('practitioners', key, as, cellOf);
const unit = <F extends keyof UnitValues>(key: F, as: NonNullable<ColumnCell>['as'], cellOf: (value: Present<Values<'units'>[F]>) => ColumnCell) => column('units', key, as, cellOf);

/** 导出列:every field of a ledger in the order in which offices put them; what is exported so is read back as no change. */
export const exportColumns: { readonly [K in LedgerKind]: readonly LedgerColumn<K>[] } = {
  companies: [
    company('name', 'text', words), company('creditCode', 'text', words), company('legalRepresentative', 'text', words), company('phones', 'text', list), company('registeredOn', 'date', day),
    company('address', 'text', words), company('estateCount', 'count', number), company('staffCount', 'count', number), company('registeredCapitalFen', 'money', amount), company('contactName', 'text', words), company('remark', 'text', words),
  ],
  estates: [
    estate('township', 'text', words), estate('neighbourhood', 'text', words), estate('name', 'text', words), estate('alias', 'text', words), estate('address', 'text', words), estate('developer', 'text', words), estate('deliveredOn', 'date', day),
    estate('totalAreaCm2', 'area', square), estate('deliveredAreaCm2', 'area', square), estate('unitCount', 'count', number), estate('occupiedCount', 'count', number), estate('buildingCount', 'count', number),
    estate('liftCount', 'count', number), estate('parkingCount', 'count', number), estate('chargingCount', 'count', number), estate('managementKind', 'text', (kind) => words(managementLabels[kind])), estate('company', 'text', words),
    estate('managerName', 'text', words), estate('managerPhones', 'text', list), estate('feeFen', 'money', amount), estate('feeBasis', 'text', (basis) => words(feeBasisLabels[basis])),
    estate('collectionRateBp', 'percent', (value) => ({ as: 'percent', value: basisPoints(value) })), estate('contractFrom', 'date', day), estate('contractUntil', 'date', day),
    estate('committee', 'text', (state) => words(committeeLabels[state])), estate('committeeSince', 'date', day), estate('committeeUntil', 'date', day), estate('committeeHead', 'text', words), estate('committeePhones', 'text', list), estate('committeeMembers', 'count', number), estate('remark', 'text', words),
  ],
  practitioners: [
    person('name', 'text', words), person('idNumber', 'text', words), person('phones', 'text', list), person('company', 'text', words), postColumn(), person('township', 'text', words), person('estate', 'text', words),
    person('hiredOn', 'date', day), person('certificate', 'text', words), person('remark', 'text', words),
  ],
  units: [
    unit('township', 'text', words), unit('estate', 'text', words), unit('building', 'text', words), unit('entrance', 'text', words), unit('room', 'text', words), unit('use', 'text', (use) => words(unitUseLabels[use])),
    unit('areaCm2', 'area', square), unit('areaSource', 'text', (source) => words(areaSourceLabels[source])), unit('ownerName', 'text', words), unit('ownerIdNumber', 'text', words), unit('ownerPhones', 'text', list),
    unit('coOwners', 'text', list), unit('deliveredOn', 'date', day), unit('remark', 'text', words),
  ],
};

/** A post keeps its own words where it had any. */
function postColumn(): LedgerColumn<'practitioners'> {
  return { ...column('practitioners', 'post', 'text', (post) => words(postLabels[post])), cell: ({ post, postText }) => (postText ? words(postText) : post ? words(postLabels[post]) : null) };
}
