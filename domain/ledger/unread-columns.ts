import type { ColumnChoice } from './types.ts';

const NUMBERING = /^(序号|编号|行号|项次|序|NO\.?)$/i;

/** 没有读取的列:headers of columns that mean nothing to this ledger, so that nobody believes them taken; a column of numbers is no loss. */
export function unreadColumns(columns: readonly Pick<ColumnChoice, 'letter' | 'header' | 'field'>[]): string[] {
  return columns.flatMap(({ letter, header, field }) => (field !== null || header === '' || NUMBERING.test(header.replaceAll(/\s/g, '')) ? [] : [`${header}（${letter}列）`]));
}
