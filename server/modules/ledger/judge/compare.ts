import { z } from 'zod';
import type { LedgerKind } from '#domain/ledger/types.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import { keyTellsMore, phoneIndexes, phonesKey, type PhoneIndexes } from '#platform/personal/seal-phone.ts';
import { titleOf, type Change, type Notes } from './judged.ts';
import { showHidden } from './show.ts';

/** 比对规则:one field of a row against the record. Texts are canonical: equal texts mean nothing changed. */
export interface FieldRule<V, S> {
  readonly field: keyof V & string;
  /** What the books say; null is nothing. */
  readonly ours: (state: S) => string | null;
  /** What the row says. */
  readonly theirs: (value: NonNullable<V[keyof V]>) => string | null;
  readonly show?: (text: string) => string;
  /** Whether the row tells what the books do not hold, where that is more than another text. */
  readonly isNew?: (after: string, before: string) => boolean;
}

const same = (text: string): string => text;

/** Makes a rule, with the value's type following from the field. */
export function rule<V, S, F extends keyof V & string>(field: F, ours: (state: S) => string | number | null, theirs: (value: NonNullable<V[F]>) => string | number | null, show?: (text: string) => string): FieldRule<V, S> {
  const text = (value: string | number | null) => (value === null || value === '' ? null : String(value));
  return {
    field, ours: (state) => text(ours(state)),
    theirs: (value) => text(theirs(value as unknown as NonNullable<V[F]>)),
    ...(show === undefined ? {} : { show }),
  };
}

/** 电话的比对规则: all numbers of the field count; a ledger that tells fewer takes none away. */
export function phoneRule<V, S>(field: keyof V & string, ours: (state: S) => PhoneIndexes, vault: Vault): FieldRule<V, S> {
  const numbers = z.array(z.string());
  return { field, ours: (state) => phonesKey(ours(state)), theirs: (value) => phonesKey(phoneIndexes(vault, numbers.parse(value))), show: showHidden, isNew: keyTellsMore };
}

/** 比对结果:what changes, and the fields that the row sets. */
export interface Comparison { readonly changes: Change[]; readonly set: ReadonlySet<string> }

/**
 * 逐字段比对:a column that is absent (or could not be read) leaves the record alone; a blank cell keeps what we have, with a warning where there is something to keep.
 *
 * `state` is null for a new record.
 */
export function compare<V extends object, S>(kind: LedgerKind, values: V, state: S | null, rules: readonly FieldRule<V, S>[], notes: Notes): Comparison {
  const changes: Change[] = [];
  const set = new Set<string>();
  for (const { field, ours, theirs, show = same, isNew } of rules) {
    const value = values[field];
    if (value === undefined) continue;
    const before = state === null ? null : ours(state);
    const after = value === null ? null : theirs(value);
    if (after === null) {
      if (before !== null) notes.add(field, 'blank-kept', 'warn', `是空白，台账中已有“${show(before)}”，予以保留；确需清空请到详情页修改`);
      continue;
    }
    if (before === after || (before !== null && isNew?.(after, before) === false)) continue;
    set.add(field);
    changes.push({ field, title: titleOf(kind, field), before: before === null ? null : show(before), after: show(after) });
  }
  return { changes, set };
}
