import type { Fen, LocalDate } from '#domain/kernel/brand.ts';
import { dateText, daysBetween } from '#domain/kernel/local-date.ts';
import { civilCode, houseConvention } from '#domain/kernel/rule.ts';
import { contractEndingDays } from '../policy.ts';
import type { FeeBasis } from '../contract-terms.ts';
import type { QualityRule } from './quality-rule.ts';

/** A service contract as data quality sees it. `until` is its last day; `isCurrent` that it is the latest of its estate and not closed. */
export interface ContractQuality {
  readonly isCurrent: boolean;
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  readonly feeBasis: FeeBasis | null;
  readonly pricePerSquareMetreMonth: Fen | null;
}

const source = [houseConvention('数据质量')];

/** 合同的数据质量规则. */
export const contractQuality: readonly QualityRule<ContractQuality>[] = [
  {
    id: 'registry.contract-expired', severity: 'warn', title: '合同已到期', field: 'contract', source: [civilCode('第九百四十八条'), ...source],
    why: '到期后继续服务的视为不定期合同，任何一方可提前六十日通知解除。', repair: '请补录续签的合同，或登记为继续服务、已退出',
    found: ({ facts: { isCurrent, until }, asOf }) => (isCurrent && until !== null && until < asOf ? `合同已于${dateText(until)}到期` : undefined),
  },
  {
    id: 'registry.contract-ending', severity: 'warn', title: '合同即将到期', field: 'contract', source: [civilCode('第九百四十七条'), ...source], uses: [contractEndingDays],
    why: '续聘或另聘应在到期前决定。', repair: '请提醒业委会和企业，定后补录新合同',
    found: ({ facts: { isCurrent, until }, asOf, limits }) =>
      isCurrent && until !== null && until >= asOf && daysBetween(asOf, until) <= limits.contractEndingDays ? `合同将于${dateText(until)}到期，还有${daysBetween(asOf, until)}天` : undefined,
  },
  {
    id: 'registry.contract-period-reversed', severity: 'error', title: '合同起止日期颠倒', field: 'until', source,
    why: '截止日早于起始日，期限无法计算。', repair: '请对照合同更正',
    found: ({ facts: { from, until } }) => (from !== null && until !== null && until < from ? `起始${dateText(from)}，截止${dateText(until)}` : undefined),
  },
  {
    id: 'registry.contract-fee-basis-missing', severity: 'warn', title: '有收费标准但未填收费方式', field: 'feeBasis', source,
    why: '包干制与酬金制的公示内容不同。', repair: '请选择包干制或酬金制',
    found: ({ facts }) => (facts.pricePerSquareMetreMonth !== null && facts.feeBasis === null ? '没有收费方式' : undefined),
  },
  {
    id: 'registry.contract-price-zero', severity: 'warn', title: '收费标准为零', field: 'pricePerSquareMetreMonth', source,
    why: '多半是漏填；零元会拉低全县均价。', repair: '请对照合同更正，确实不收费的请清空',
    found: ({ facts }) => (facts.pricePerSquareMetreMonth !== null && facts.pricePerSquareMetreMonth <= 0 ? '收费标准为零或负数' : undefined),
  },
];
