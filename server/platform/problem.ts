import { problems, type ProblemCode } from '#contract/problems.ts';
import type { Decision, Violation } from '#domain/kernel/rule.ts';

/** One field that could not be accepted. `pointer` is a JSON pointer into the body, or `?name` for a query field. */
export interface FieldError { readonly pointer: string; readonly message: string }

/**
 * 问题:the only error a request may throw on purpose. Throwing it rolls the transaction back and
 * answers `application/problem+json` (RFC 9457). Anything else thrown is a bug and answers 500.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly violations: readonly Violation[];
  readonly errors: readonly FieldError[];
  constructor(code: ProblemCode, detail: string, more: { violations?: readonly Violation[]; errors?: readonly FieldError[] } = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.violations = more.violations ?? [];
    this.errors = more.errors ?? [];
  }
  get status(): number { return problems[this.code].status; }
  toBody(origin: string, requestId: string) {
    const { status, title } = problems[this.code];
    return {
      type: `${origin}/problems/${this.code}`, title, status, detail: this.message,
      instance: `urn:request:${requestId}`, code: this.code, violations: this.violations, errors: this.errors,
    };
  }
}

/** Crosses from the pure core to the shell: the value when accepted, one Problem naming every broken rule when not. */
export function orRefuse<T>(decision: Decision<T>): T {
  if (decision.ok) return decision.value;
  throw new Problem('rule.violated', decision.violations.map((v) => v.message).join('；'), { violations: decision.violations });
}
