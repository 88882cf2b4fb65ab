import { daysInMonth } from './brand.ts';
import { normaliseName } from './chinese-text.ts';

/** 统一社会信用代码校验结果. `check-digit` is a warning, never a refusal: a few codes in real use break the standard. */
export type CreditCodeVerdict = 'ok' | 'malformed' | 'check-digit';
/** 公民身份号码校验结果. `old-form` is a well-formed number of 15 digits (issued before 1999), which has no check digit. */
export type IdentityVerdict = 'ok' | 'old-form' | 'malformed' | 'birth-date' | 'check-digit';

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const IDENTITY_CHECK = '10X98765432';
const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** 证件号码规整: half-width, upper case, without blanks and dashes. Idempotent. */
export function normaliseIdentifier(text: string): string {
  return normaliseName(text).replaceAll(/[-·'"`’‘]/g, '');
}

/** 统一社会信用代码: is the normalised code well-formed, and does its check character agree (GB 32100-2015, mod 31)? */
export function checkCreditCode(code: string): CreditCodeVerdict {
  if (!CREDIT_FORM.test(code)) return 'malformed';
  return creditCheckCharacter(code.slice(0, 17)) === code[17] ? 'ok' : 'check-digit';
}

/** 信用代码校验码: the 18th character that belongs to the first 17. @throws RangeError when these are not 17 characters of the code's alphabet */
export function creditCheckCharacter(body: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    const value = CREDIT_ALPHABET.indexOf(character);
    if (value < 0) throw new RangeError(`not a credit code character: ${character}`);
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  if (body.length !== 17) throw new RangeError('a credit code has 17 characters before its check character');
  return CREDIT_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** 公民身份号码: is the normalised number well-formed, born on a real day, and does its check digit agree (GB 11643-1999)? */
export function checkIdentityNumber(number: string): IdentityVerdict {
  if (/^\d{15}$/.test(number)) return isBirthDate(`19${number.slice(6, 12)}`) ? 'old-form' : 'birth-date';
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return 'malformed';
  if (!isBirthDate(number.slice(6, 14))) return 'birth-date';
  return identityCheckDigit(number.slice(0, 17)) === number[17] ? 'ok' : 'check-digit';
}

/** 身份号码校验码: the 18th character that belongs to the first 17 digits. @throws RangeError when these are not 17 digits */
export function identityCheckDigit(body: string): string {
  if (!/^\d{17}$/.test(body)) throw new RangeError('an identity number has 17 digits before its check digit');
  const sum = IDENTITY_WEIGHTS.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return IDENTITY_CHECK.charAt(sum % 11);
}

/** 证件号码遮盖: the first three and the last four characters stay, '330***********1234'; shorter than eight is hidden whole. */
export function maskIdentifier(number: string): string {
  if (number.length < 8) return '*'.repeat(number.length);
  return `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`;
}

function isBirthDate(digits: string): boolean {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8))];
  return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/**
 * 证件号码比对: what two writings of one number have in common. A number of 15 digits, as old registers have it, is the holder's number of today;
 * everything else is itself. Takes a normalised number. Idempotent.
 */
export function comparableIdentifier(number: string): string {
  if (number.length !== 15 || checkIdentityNumber(number) !== 'old-form') return number;
  const body = `${number.slice(0, 6)}19${number.slice(6)}`;
  return body + identityCheckDigit(body);
}
