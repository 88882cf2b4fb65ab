import { checkCreditCode } from '#domain/kernel/identifier.ts';
import { creditCodeStandard, houseConvention } from '#domain/kernel/rule.ts';
import type { QualityRule } from './quality-rule.ts';

/** A company as data quality sees it. `creditCode` is normalised. */
export interface CompanyQuality {
  readonly creditCode: string | null;
  readonly headName: string | null;
  readonly headPhone: string | null;
}

const source = [houseConvention('数据质量')];
const standard = [creditCodeStandard('全文')];

/** 企业的数据质量规则. */
export const companyQuality: readonly QualityRule<CompanyQuality>[] = [
  {
    id: 'registry.company-credit-code-missing', severity: 'warn', title: '缺统一社会信用代码', field: 'creditCode', source,
    why: '没有代码，同名企业无法区分，信用信息无法对接。', repair: '请对照营业执照补填',
    found: ({ facts }) => (facts.creditCode === null || facts.creditCode === '' ? '没有统一社会信用代码' : undefined),
  },
  {
    id: 'registry.company-credit-code-malformed', severity: 'error', title: '统一社会信用代码格式不对', field: 'creditCode', source: standard,
    why: '代码应为18位，不含字母I、O、S、V、Z。', repair: '请对照营业执照更正',
    found: ({ facts: { creditCode } }) => (creditCode !== null && creditCode !== '' && checkCreditCode(creditCode) === 'malformed' ? `代码“${creditCode}”格式不对` : undefined),
  },
  {
    id: 'registry.company-credit-code-check-digit', severity: 'warn', title: '统一社会信用代码校验位不符', field: 'creditCode', source: standard,
    why: '多半是抄错一位；也有少数真实代码不合校验规则。', repair: '请对照营业执照核对，无误可保留',
    found: ({ facts: { creditCode } }) => (creditCode !== null && checkCreditCode(creditCode) === 'check-digit' ? `代码“${creditCode}”校验位不符` : undefined),
  },
  {
    id: 'registry.company-head-missing', severity: 'warn', title: '未填企业负责人', field: 'headName', source,
    why: '培训、约谈、通知都要找到负责人。', repair: '请填写企业负责人',
    found: ({ facts }) => (facts.headName === null || facts.headName === '' ? '没有企业负责人' : undefined),
  },
  {
    id: 'registry.company-head-phone-missing', severity: 'warn', title: '企业负责人没有电话', field: 'headPhone', source,
    why: '突发情况时联系不上。', repair: '请补填电话',
    found: ({ facts }) => (facts.headPhone === null || facts.headPhone === '' ? '没有联系电话' : undefined),
  },
];
