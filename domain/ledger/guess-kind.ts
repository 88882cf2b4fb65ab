import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { findTable, HEAD_ROWS, isSummary, OTHER_KIND_LEAD, fitOf } from './find-table.ts';
import { gridOf } from './grid.ts';
import { ledgerKinds } from './ledger-specs.ts';
import type { KnownNames } from './sheet-says.ts';
import type { LedgerKind, RawRow, SheetFacts } from './types.ts';

/** 按名字猜台账种类: what a file's or a sheet's name says of its kind; null when it does not say. */
export function kindByName(name: string): LedgerKind | null {
  const key = normaliseName(name);
  if (/业主|房屋|住户|户室/.test(key)) return 'units';
  if (/从业|人员|员工|项目(经理|负责人)/.test(key)) return 'practitioners';
  if (/小区|楼盘|项目/.test(key)) return 'estates';
  return /企业|公司/.test(key) ? 'companies' : null;
}

/** 一张表及其种类: `kind` is null when its columns fit no ledger, or two equally well and no name decides. */
export interface SheetKind { readonly sheet: string; readonly kind: LedgerKind | null }

/**
 * 按列的含义猜各表的台账种类.
 *
 * A kind counts when its table is found with all that it requires. Where several fit nearly as well, the sheet's name decides, then the
 * lines above the table, then the file's name. A summary beside tables has no kind.
 */
export function guessKinds(fileName: string, sheets: readonly { readonly facts: SheetFacts; readonly rows: readonly RawRow[] }[], known: KnownNames = {}): SheetKind[] {
  const guessed = sheets.map(({ facts, rows }): SheetKind => ({ sheet: facts.name, kind: kindOf(facts, rows, known, [facts.name, fileName]) }));
  const hasTable = guessed.some(({ sheet, kind }) => kind !== null && !isSummary(sheet));
  return hasTable ? guessed.map((one) => (isSummary(one.sheet) ? { ...one, kind: null } : one)) : guessed;
}

const TITLES = 3;

function kindOf(facts: SheetFacts, rows: readonly RawRow[], known: KnownNames, names: readonly string[]): LedgerKind | null {
  const grid = gridOf(rows.slice(0, HEAD_ROWS), facts.merges);
  const fitting = ledgerKinds.filter((kind) => findTable(kind, facts, rows, known).status === 'table').map((kind) => ({ kind, score: fitOf(kind, grid) })).toSorted((a, b) => b.score - a.score);
  const close = fitting.filter(({ score }) => score > (fitting[0]?.score ?? 0) - OTHER_KIND_LEAD).map(({ kind }) => kind);
  if (close.length < 2) return close[0] ?? null;
  const titles = grid.rows.slice(0, TITLES).flatMap((row) => (grid.own(row, 1) === '' ? [grid.own(row, 0)] : []));
  const named = [...names.slice(0, 1), ...titles, ...names.slice(1)].map(kindByName).find((kind) => kind !== null && close.includes(kind));
  // An estate's line names its manager and his telephone too.
  return named ?? (close.every((kind) => kind === 'estates' || kind === 'practitioners') ? 'estates' : null);
}
