import { Problem } from '../problem.ts';

/** 能否存下: PostgreSQL holds no NUL, and half a surrogate pair would come back as another character. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/**
 * 拒收存不下的文字, wherever it stands in what was sent, names of fields included. Without recursion: what was sent may be nested as
 * deep as it likes. @throws Problem input.invalid naming the first place
 */
export function refuseUnstorable(sent: unknown, prefix: '/' | '?' = '/'): void {
  const waiting: [pointer: string, value: unknown][] = [['', sent]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [pointer, value] = next;
    if (typeof value === 'string' && !isStorable(value)) refuse(`${prefix}${pointer}`);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!isStorable(key)) refuse(`${prefix}${pointer}`);
      waiting.push([pointer === '' ? key : `${pointer}/${key}`, inner]);
    }
  }
}

function refuse(pointer: string): never {
  const message = '含有无法保存的特殊字符，请删去后重新填写';
  throw new Problem('input.invalid', message, { errors: [{ pointer, message }] });
}
