import type { Parameter } from './parameter.ts';

/** 依据编号: the documents of docs/legal/sources.json that rules and parameters may rest on. */
export type SourceId =
  | 'civil-code'
  | 'interpretation-2020'
  | 'regulation-2018'
  | 'guidance-2009-274'
  | 'personal-information-2021'
  | 'compliance-audits-2025'
  | 'archives-2020'
  | 'cybersecurity-2017'
  | 'civil-servants-2018'
  | 'apps-2026-12'
  | 'holidays-2025'
  | 'holidays-2026'
  | 'gb-32100-2015'
  | 'gb-11643-1999'
  | 'gb-22239-2019'
  | 'gbt-9704-2012'
  | 'official-documents-2012'
  | 'open-information-2019'
  | 'petitions-2022'
  | 'deputies-law-2015'
  | 'hotline-2020-53'
  | 'county-speech-2025'
  | 'house';

/** 依据: one clause of one document, as listed in docs/legal/sources.json. */
export interface Source {
  readonly id: SourceId;
  readonly clause: string;
}

/** 违反项: one broken rule, told to the user in Chinese, with what it rests on. */
export interface Violation {
  readonly rule: string;
  readonly message: string;
  readonly source: readonly Source[];
}

/** 规则: a named test of facts that knows its legal source; `check` returns every breach, none when obeyed. */
export interface Rule<Facts> {
  readonly id: string;
  readonly source: readonly Source[];
  /** The parameters whose values come in as facts. */
  readonly uses: readonly Parameter<unknown>[];
  check(facts: Facts): Violation[];
}

/** What a rule's `broken` may yield: a Chinese sentence when broken, anything falsy when obeyed. */
export type Breach = string | false | null | undefined;

/** 决定: the accepted value, or every rule that refuses it. Plain data; the shell turns refusals into problems. */
export type Decision<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly violations: readonly Violation[] };

const ID = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/**
 * 定义规则: makes a rule out of its id, its legal source and the sentences that say how it is broken.
 *
 * `id` is `<capability>.<kebab-case>`. `source` is one citation or several; never none.
 * @throws RangeError when the id is malformed or no source is given
 */
export function defineRule<Facts>({ id, source, uses = [], broken }: {
  id: string;
  source: Source | readonly Source[];
  uses?: readonly Parameter<unknown>[];
  broken: (facts: Facts) => readonly Breach[];
}): Rule<Facts> {
  if (!ID.test(id)) throw new RangeError(`malformed rule id: ${id}`);
  const sources = 'id' in source ? [source] : [...source];
  if (sources.length === 0) throw new RangeError(`rule without a source: ${id}`);
  return {
    id,
    source: sources,
    uses,
    check: (facts) => broken(facts).filter(isSentence).map((message) => ({ rule: id, message, source: sources })),
  };
}

/** 接受: the decision that lets `value` through. */
export function accept<T>(value: T): Decision<T> {
  return { ok: true, value };
}

/** 不予接受: the decision that names every broken rule. @throws RangeError when there is none to name */
export function refuse(violations: readonly Violation[]): Decision<never> {
  if (violations.length === 0) throw new RangeError('a refusal needs a violation');
  return { ok: false, violations };
}

/** 作出决定: accepts `value` when no rule is broken, otherwise refuses with all violations at once. */
export function decide<T>(violations: readonly Violation[], value: T): Decision<T> {
  return violations.length === 0 ? accept(value) : refuse(violations);
}

function isSentence(breach: Breach): breach is string {
  return typeof breach === 'string' && breach !== '';
}

const cite = (id: SourceId) => (clause: string): Source => ({ id, clause });

/** 《中华人民共和国民法典》: cites one clause. */
export const civilCode = cite('civil-code');
/** 建筑物区分所有权司法解释(2020年修正): cites one clause. */
export const interpretation2020 = cite('interpretation-2020');
/** 《物业管理条例》(2018年修订): cites one clause. */
export const regulation2018 = cite('regulation-2018');
/** 《业主大会和业主委员会指导规则》(建房〔2009〕274号): cites one clause. */
export const guidance2009 = cite('guidance-2009-274');
/** 《个人信息保护法》: cites one clause. */
export const personalInformationLaw = cite('personal-information-2021');
/** 《个人信息保护合规审计管理办法》(2025年): cites one clause. */
export const complianceAudits = cite('compliance-audits-2025');
/** 《档案法》(2020年修订): cites one clause. */
export const archivesLaw = cite('archives-2020');
/** 《网络安全法》: cites one clause. */
export const cybersecurityLaw = cite('cybersecurity-2017');
/** 《公务员法》(2018年修订): cites one clause. */
export const civilServantsLaw = cite('civil-servants-2018');
/** 国办函〔2026〕12号: cites one clause. */
export const governmentApps2026 = cite('apps-2026-12');
/** 2025年节假日安排的通知: cites one clause. */
export const holidayNotice2025 = cite('holidays-2025');
/** 2026年节假日安排的通知: cites one clause. */
export const holidayNotice2026 = cite('holidays-2026');
/** GB 32100-2015 统一社会信用代码编码规则: cites one clause. */
export const creditCodeStandard = cite('gb-32100-2015');
/** GB 11643-1999 公民身份号码: cites one clause. */
export const identityNumberStandard = cite('gb-11643-1999');
/** GB/T 22239-2019 网络安全等级保护基本要求: cites one clause. */
export const protectionBaseline = cite('gb-22239-2019');
/** GB/T 9704-2012 党政机关公文格式: cites one clause. */
export const documentFormat = cite('gbt-9704-2012');
/** 《党政机关公文处理工作条例》(中办发〔2012〕14号): cites one clause. */
export const documentRegulation = cite('official-documents-2012');
/** 《政府信息公开条例》(2019年修订): cites one clause. */
export const openInformation = cite('open-information-2019');
/** 《信访工作条例》(2022年): cites one clause. */
export const petitionRegulation = cite('petitions-2022');
/** 《代表法》(2015年修正): cites one clause. */
export const deputiesLaw = cite('deputies-law-2015');
/** 国办发〔2020〕53号 政务服务便民热线: cites one clause. */
export const hotlineGuidance = cite('hotline-2020-53');
/** 县物业管理工作推进会部署: cites one clause of the county's policy of 2025. */
export const countyPolicy = cite('county-speech-2025');
/** 平台自定口径: cites a convention of this product where no law decides; shown as such. */
export const houseConvention = cite('house');
