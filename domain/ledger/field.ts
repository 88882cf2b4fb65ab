import type { CellFault, CellReader } from './cells/cell.ts';
import { guarded } from './cells/text.ts';
import type { LedgerKind, LedgerRow, LedgerValues, RawCell, RowProblem, Severity, Values } from './types.ts';

/** 行草稿:the values of a row while they are being read. */
export type Draft<V> = { -readonly [F in keyof V]?: V[F] | null };

/** 字段:one column that a ledger may have, how it is recognised, and how its cells are read. */
export interface Field<V> {
  /** Its name in a mapping: a key of the values, or of a column that fills several of them. */
  readonly key: string;
  readonly title: string;
  /** Headers that mean exactly this, in the form of `headerKey`. */
  readonly names: readonly string[];
  /** Headers that probably mean this. */
  readonly like: RegExp | null;
  /** Without this column the sheet is no such ledger. */
  readonly isRequired: boolean;
  /** What an unreadable cell does to its row. */
  readonly onFault: Severity;
  /**
   * `merged`: a vertically merged cell speaks for all its rows; `always`: so does a blank below a filled cell;
   * `group`: so does a blank below a filled cell where the columns that group it are blank too.
   */
  readonly fillDown: 'merged' | 'always' | 'group';
  /** Reads the cell into the draft. @returns a fault or note, null when all is well */
  readonly put: (draft: Draft<V>, cell: RawCell, header: string) => CellFault | null;
}

type Options = Partial<Pick<Field<never>, 'isRequired' | 'onFault' | 'fillDown' | 'like'>> & { readonly names: string };

/** 单值字段:a column that fills the value of the same name. `names` are separated by blanks. */
export function field<V, F extends keyof V & string>(key: F, title: string, read: CellReader<V[F]>, options: Options): Field<V> {
  const reader = guarded(read);
  return spread<V>(key, title, options, (draft, cell, header) => {
    const result = reader(cell, header);
    if (result.is === 'fault') return result.fault;
    draft[key] = result.is === 'blank' ? null : result.value;
    return result.is === 'value' ? result.note ?? null : null;
  });
}

/** 多值字段:a column that fills several values by a writer of its own. */
export function spread<V>(key: string, title: string, { names, ...options }: Options, put: Field<V>['put']): Field<V> {
  return { key, title, names: [title, ...names.split(' ').filter((name) => name !== '')], like: null, isRequired: false, onFault: 'warn', fillDown: 'merged', ...options, put };
}

/** 检查:what a row's own values say against each other; told through `report`. */
export type Report = (field: string, fault: CellFault & { readonly severity: Severity }) => void;

/** 读到的一行 with which of its fields the row itself fills (not a merged cell above it), and how a problem of it is told. */
export interface Told<K extends LedgerKind> {
  readonly row: LedgerRow<K>;
  readonly own: ReadonlySet<string>;
  readonly tell: (field: string, fault: CellFault, otherwise: Severity) => RowProblem;
}

/** 归并:rows of data come in one after another; what belongs together goes out as one row. `finish` gives what still waits. */
export interface Gatherer<K extends LedgerKind> { take(told: Told<K>): Told<K>[]; finish(): Told<K>[] }

/** 台账定义:a ledger's fields, its own checks, and the key under which two rows are the same thing. */
export interface LedgerSpec<K extends LedgerKind> {
  readonly kind: K;
  readonly title: string;
  readonly fields: readonly Field<LedgerValues[K]>[];
  /** Fields that a sheet's name or title may give for all its rows. */
  readonly sheetConstant: string | null;
  /** What a row's own number says when no group above speaks for it: shops and parking spaces stand under no building. */
  readonly standsAlone?: RegExp;
  readonly check: (values: Values<K>, report: Report) => void;
  /** Keys of this row; a later row that shares one is a duplicate. */
  readonly keysOf: (values: Values<K>) => readonly string[];
  /** Where several rows may speak of one thing. */
  readonly gather?: () => Gatherer<K>;
  readonly duplicate: { readonly code: RowProblem['code']; readonly field: string; readonly says: (firstRow: string) => string };
}
