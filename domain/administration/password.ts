import { defineRule, protectionBaseline } from '#domain/kernel/rule.ts';
import { isCommonPassword } from './common-passwords.ts';

/** A password about to be set, whose it is, and the limits in force that day. */
export interface PasswordFacts {
  readonly password: string;
  readonly username: string;
  readonly minLength: number;
  readonly maxLength: number;
}

const MIN_NAME_LENGTH = 3;

/**
 * 密码可用: may this password be set?
 *
 * Lengths in characters, both ends included. It must not be a common one, nor contain the user name (of three characters or more,
 * forwards or backwards, in any case), nor be of a single kind of character when shorter than 16. All faults are told at once.
 */
export const passwordAcceptable = defineRule<PasswordFacts>({
  id: 'administration.password-acceptable',
  source: protectionBaseline('8.1.4.1'),
  broken: ({ password, username, minLength, maxLength }) => [
    lengthOf(password) < minLength && `密码至少${minLength}个字符，请加长`,
    lengthOf(password) > maxLength && `密码最多${maxLength}个字符，请缩短`,
    isCommonPassword(password) && '密码过于常见，容易被猜中，请换一个',
    containsName(password, username) && '密码不能包含用户名，请换一个',
    isOneKind(password) && lengthOf(password) < 16 && '密码只用了一类字符，请同时使用字母、数字或符号，或加长到16个字符以上',
  ],
});

function lengthOf(text: string): number {
  return Array.from(text).length;
}

function containsName(password: string, username: string): boolean {
  const [secret, name] = [password.toLowerCase(), username.toLowerCase()];
  return lengthOf(name) >= MIN_NAME_LENGTH && (secret.includes(name) || secret.includes(Array.from(name).toReversed().join('')));
}

function isOneKind(password: string): boolean {
  return /^(\d*|[a-z]*|[A-Z]*)$/.test(password);
}
