import { defineDuty, eachPeriod, type HolderKind, type Period } from '#domain/kernel/duty.ts';
import { eitherOf } from '#domain/kernel/duty-parameters.ts';
import { houseConvention } from '#domain/kernel/rule.ts';

/** 报送周期 in words. */
export const cadenceLabels: Readonly<Record<Period, string>> = { month: '每月', quarter: '每季度', year: '每年' };

/** 定期报送的事实: whose form it is, how often it is sent, and within how many days after the period's last. */
export interface CadenceFacts { readonly holder: Extract<HolderKind, 'county-bureau' | 'township'>; readonly every: Period; readonly daysAfter: number }
const within = ({ daysAfter }: CadenceFacts): number => daysAfter;

/** 定期报送: in each period the body whose form it is sends it once; a period that was left out stays open until it is sent. */
export const sendPeriodically = defineDuty<CadenceFacts>({
  id: 'report.send', title: '按期报送报表', source: houseConvention('定期报送'), subject: 'Form', holder: ({ holder }) => holder, opensOn: 'report.cadence-set', appliesTo: () => true,
  due: eitherOf({ month: eachPeriod<CadenceFacts>('month', within), quarter: eachPeriod<CadenceFacts>('quarter', within), year: eachPeriod<CadenceFacts>('year', within) }, ({ every }) => every),
  dischargedBy: ['report.form-sent'], voidedBy: ['report.cadence-ended'],
});
