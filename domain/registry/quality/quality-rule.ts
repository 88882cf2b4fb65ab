import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import type { Source } from '#domain/kernel/rule.ts';

/** 严重程度: `error` contradicts itself, `warn` is missing or about to go wrong. Never a ranking of people. */
export type QualitySeverity = 'error' | 'warn';

/** 数据问题: one thing to mend in one record: which field, what is wrong, what to do. */
export interface QualityFinding {
  readonly rule: string;
  readonly severity: QualitySeverity;
  readonly title: string;
  readonly message: string;
  readonly field: string;
}

/** What a quality rule needs besides the record: the day, and the county's limits. */
export interface QualityContext<Facts> {
  readonly facts: Facts;
  readonly asOf: LocalDate;
  readonly limits: QualityLimits;
}

/** 数据质量的参数: contracts ending within `contractEndingDays` and areas apart by more than `areaToleranceBp` are shown. */
export interface QualityLimits {
  readonly contractEndingDays: number;
  readonly areaToleranceBp: number;
}

/** 数据质量规则: a named look at one record. `field` is the one to mend. */
export interface QualityRule<Facts> {
  readonly id: string;
  readonly severity: QualitySeverity;
  readonly title: string;
  readonly why: string;
  readonly repair: string;
  readonly field: string;
  readonly source: readonly Source[];
  /** The parameters whose values come in as limits. */
  readonly uses?: readonly Parameter<unknown>[];
  /** The particulars in Chinese when the record has the problem, otherwise nothing. */
  found(context: QualityContext<Facts>): string | undefined;
}

/** 检查数据: every finding of the rules in one record, in the rules' order. */
export function inspect<Facts>(rules: readonly QualityRule<Facts>[], context: QualityContext<Facts>): QualityFinding[] {
  return rules.flatMap((rule) => {
    const particulars = rule.found(context);
    if (particulars === undefined) return [];
    const { id, severity, title, field, repair } = rule;
    return [{ rule: id, severity, title, field, message: `${particulars}。${repair}` }];
  });
}
