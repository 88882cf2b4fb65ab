import type { Input } from '#contract/define-route.ts';
import type { postPractitioner as route } from '#contract/registry/practitioner.ts';
import { checkIdentityNumber, normaliseIdentifier } from '#domain/kernel/identifier.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { idChange, phoneChange } from './bulk/old.ts';
import { sealId, sealPhone } from './personal.ts';
import type { PractitionerRecord } from './store/records.ts';

/** Said where the name or number is taken already. */
export const TAKEN = '同一人已登记，请打开原有记录修改';

/** What the form sends. */
export type Draft = Input<typeof route>['body'];

/** The columns that a form fills; numbers are sealed. */
export const stored = (ctx: Ctx, { idNumber, phone, ...plain }: Draft, old: PractitionerRecord | null) => ({ ...plain, ...idChange(ctx.kit.vault, idNumber, old, sealId), ...phoneChange(ctx.kit.vault, phone, old, sealPhone) });

/** 身份证号有误. @throws Problem input.invalid */
export function refuseWrongNumber(number: string | null | undefined): void {
  if (!number) return;
  const verdict = checkIdentityNumber(normaliseIdentifier(number));
  if (verdict !== 'ok' && verdict !== 'old-form') throw new Problem('input.invalid', '身份证号有误', { errors: [{ pointer: '/idNumber', message: verdict === 'check-digit' ? '校验位不符，请对照身份证核对' : '不合编码规则，请对照身份证核对' }] });
}
