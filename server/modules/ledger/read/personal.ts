import type { JoinedRow, LedgerKind, LedgerRow, RawCell, Values } from '#domain/ledger/types.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Problem } from '../judge/judged.ts';

/** Columns that hold identity numbers or telephone numbers: never kept in plain text while a batch waits. */
const PERSONAL: ReadonlySet<string> = new Set(['idNumber', 'phones', 'morePhones', 'ownerIdNumber', 'ownerPhones', 'managerPhones', 'committeePhones', 'coHolders']);

/** 是否个人信息列 */
export const isPersonal = (field: string): boolean => PERSONAL.has(field);

/** 暂存内容:what is kept of a row: plain, and sealed. */
export interface Stored { readonly raw: Readonly<Record<string, string>>; readonly fields: Readonly<Record<string, unknown>>; readonly sealed: string | null }

/** What lies in the seal: texts and values of personal columns, and a refused row's cells and the rows joined to it as they stood. */
interface Sealed { readonly texts: Record<string, string>; readonly values: Record<string, unknown>; readonly cells?: readonly RawCell[] | undefined; readonly joined?: readonly JoinedRow[] | undefined }

/** 封存一行:personal columns (and `cells` and the rows joined to it, which hold them too) leave as one sealed text. */
export function seal(vault: Vault, row: Pick<LedgerRow, 'texts' | 'values' | 'joined'>, cells: readonly RawCell[] | null): Stored {
  const texts = split(row.texts);
  const values = split(row.values);
  const isNothing = Object.values(texts.personal).every((text) => text === '') && Object.keys(values.personal).every((key) => values.personal[key] === null) && cells === null;
  const inside: Sealed = { texts: texts.personal, values: values.personal, cells: cells ?? undefined, joined: cells === null ? undefined : row.joined };
  return { raw: texts.plain, fields: isNothing ? { ...row.values } : values.plain, sealed: isNothing ? null : vault.seal(JSON.stringify(inside)) };
}

/** 启封一行. */
export function unseal<K extends LedgerKind>(vault: Vault, stored: Stored): { texts: Record<string, string>; values: Values<K>; cells: readonly RawCell[] | null; joined: readonly JoinedRow[] } {
  const inside: Sealed = stored.sealed === null ? { texts: {}, values: {} } : (JSON.parse(vault.open(stored.sealed)) as Sealed);
  return { texts: { ...stored.raw, ...inside.texts }, values: { ...stored.fields, ...inside.values } as Values<K>, cells: inside.cells ?? null, joined: inside.joined ?? [] };
}

function split<T>(from: Readonly<Record<string, T>>): { plain: Record<string, T>; personal: Record<string, T> } {
  const plain: Record<string, T> = {};
  const personal: Record<string, T> = {};
  for (const [field, value] of Object.entries(from)) (PERSONAL.has(field) ? personal : plain)[field] = value;
  return { plain, personal };
}

const SHOWN = 4;

/** 遮盖:all but the last four characters; what is shorter is covered whole. */
export function mask(text: string): string {
  const letters = Array.from(text);
  return letters.length <= SHOWN ? '*'.repeat(letters.length) : '*'.repeat(letters.length - SHOWN) + letters.slice(-SHOWN).join('');
}

/** 遮盖问题说明:a message that quotes a personal cell quotes it covered. */
export function maskProblem(problem: Problem, texts: Readonly<Record<string, string>>): Problem {
  const text = problem.field !== null && problem.code !== 'cell-error' && PERSONAL.has(problem.field) ? texts[problem.field] ?? '' : '';
  return !/\d/.test(text) ? problem : { ...problem, message: problem.message.replaceAll(text, mask(text)) };
}
