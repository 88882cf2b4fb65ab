import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays, addMonths, dateText, monthOf } from '#domain/kernel/local-date.ts';
import type { IdentityVerdict } from '#domain/kernel/identifier.ts';
import { guidance2009, houseConvention, identityNumberStandard } from '#domain/kernel/rule.ts';
import type { Post } from '../post.ts';
import type { QualityRule } from './quality-rule.ts';

/** A practitioner as data quality sees it; the number itself stays away, only its verdict comes. */
export interface PractitionerQuality {
  readonly post: Post;
  readonly hasCompany: boolean;
  readonly hasPhone: boolean;
  readonly identity: IdentityVerdict | 'missing';
}

/** A committee as data quality sees it. */
export interface CommitteeQuality {
  readonly isFormed: boolean;
  readonly since: LocalDate | null;
  readonly until: LocalDate | null;
  readonly hasHeadPhone: boolean;
}

const source = [houseConvention('数据质量')];

/** 从业人员的数据质量规则. Identity numbers are optional; a wrong one is not. */
export const practitionerQuality: readonly QualityRule<PractitionerQuality>[] = [
  {
    id: 'registry.practitioner-identity-wrong', severity: 'error', title: '身份证号码有误', field: 'identityNumber', source: [identityNumberStandard('全文')],
    why: '同一个人会被当成两个人。', repair: '请核对更正，没有证件的可以清空',
    found: ({ facts: { identity } }) => (identity === 'malformed' || identity === 'birth-date' || identity === 'check-digit' ? '身份证号码不合编码规则' : undefined),
  },
  {
    id: 'registry.practitioner-phone-missing', severity: 'warn', title: '负责人没有电话', field: 'phone', source,
    why: '企业负责人和项目经理要随时联系得上。', repair: '请补填电话',
    found: ({ facts: { post, hasPhone } }) => (!hasPhone && (post === 'head' || post === 'estate-manager') ? '没有联系电话' : undefined),
  },
  {
    id: 'registry.practitioner-company-missing', severity: 'warn', title: '未填所属企业', field: 'companyId', source,
    why: '培训和持证情况无法归到企业。', repair: '请选择所属企业，已离职的请归档',
    found: ({ facts }) => (facts.hasCompany ? undefined : '没有所属企业'),
  },
];

/** 业委会的数据质量规则. */
export const committeeQuality: readonly QualityRule<CommitteeQuality>[] = [
  {
    id: 'registry.committee-expired', severity: 'warn', title: '业委会届满未换届', field: 'until', source: [guidance2009('第四十七条')],
    why: '届满前三个月应组织换届选举。', repair: '请指导换届，完成后登记新一届',
    found: ({ facts: { isFormed, until }, asOf }) => (isFormed && until !== null && until < asOf ? `任期已于${dateText(until)}届满` : undefined),
  },
  {
    id: 'registry.committee-term-missing', severity: 'warn', title: '业委会没有任期', field: 'until', source: [guidance2009('第三十二条')],
    why: '不知道何时届满，无法提醒换届。', repair: '请补填成立日期和届满日期',
    found: ({ facts: { isFormed, since, until } }) => (isFormed && (since === null || until === null) ? '缺成立日期或届满日期' : undefined),
  },
  {
    id: 'registry.committee-term-too-long', severity: 'warn', title: '业委会任期超过五年', field: 'until', source: [guidance2009('第三十二条')],
    why: '任期不超过五年。', repair: '请核对成立日期和届满日期',
    found: ({ facts: { since, until } }) => (since !== null && until !== null && until > fiveYearsAfter(since) && !isToldByMonth(since, until) ? `任期自${dateText(since)}至${dateText(until)}` : undefined),
  },
  {
    id: 'registry.committee-term-reversed', severity: 'error', title: '业委会起止日期颠倒', field: 'until', source,
    why: '届满日早于成立日，任期无法计算。', repair: '请核对更正',
    found: ({ facts: { since, until } }) => (since !== null && until !== null && until < since ? `成立${dateText(since)}，届满${dateText(until)}` : undefined),
  },
  {
    id: 'registry.committee-head-phone-missing', severity: 'warn', title: '业委会主任没有电话', field: 'headPhone', source,
    why: '街道社区联系不上业委会。', repair: '请补填主任电话',
    found: ({ facts: { isFormed, hasHeadPhone } }) => (isFormed && !hasHeadPhone ? '没有主任电话' : undefined),
  },
];

/** A term of which only the month is known (2021.5—2026.5) ends on that month's last day; that is no day too many. */
function isToldByMonth(since: LocalDate, until: LocalDate): boolean {
  return monthOf(until) === monthOf(fiveYearsAfter(since)) && monthOf(addDays(until, 1)) !== monthOf(until);
}

function fiveYearsAfter(since: LocalDate): LocalDate {
  return addMonths(since, 60);
}
