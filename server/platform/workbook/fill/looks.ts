import type { BlankLook, BlankSheet, LookSpan } from './types.ts';

/** Which look a cell has, by its number in the file. */
export interface StyledCell { readonly row: number; readonly column: number; readonly style: number }
const MOST_SPANS = 20_000;

/** 带上样子: each sheet with the looks of its cells within what is drawn, cells alike side by side as one span. */
export function withLooks(sheets: readonly BlankSheet[], styles: readonly BlankLook[], cellsOf: (sheet: number) => Iterable<StyledCell>): BlankSheet[] {
  return sheets.map((sheet, index) => {
    const kept = new Map<string, number>();
    const looks: BlankLook[] = [];
    const spans: { row: number; from: number; to: number; look: number }[] = [];
    for (const { row, column, style } of [...cellsOf(index)].toSorted((a, b) => a.row - b.row || a.column - b.column)) {
      const found = styles[style];
      if (found === undefined || Object.keys(found).length === 0 || row > sheet.rows || column >= sheet.columns || spans.length >= MOST_SPANS) continue;
      const key = JSON.stringify(found);
      const look = kept.get(key) ?? looks.push(found) - 1;
      kept.set(key, look);
      const last = spans.at(-1);
      if (last?.row === row && last.look === look && last.to === column - 1) last.to = column;
      else spans.push({ row, from: column, to: column, look });
    }
    return { ...sheet, looks, spans: spans satisfies LookSpan[] };
  });
}

/** The palette that both formats share: the first eight are repeated, and 64 and 65 are the window's own colours. */
export const PALETTE: readonly string[] = [
  '000000', 'ffffff', 'ff0000', '00ff00', '0000ff', 'ffff00', 'ff00ff', '00ffff', '000000', 'ffffff', 'ff0000', '00ff00', '0000ff', 'ffff00', 'ff00ff', '00ffff', '800000', '008000', '000080', '808000', '800080', '008080', 'c0c0c0', '808080',
  '9999ff', '993366', 'ffffcc', 'ccffff', '660066', 'ff8080', '0066cc', 'ccccff', '000080', 'ff00ff', 'ffff00', '00ffff', '800080', '800000', '008080', '0000ff', '00ccff', 'ccffff', 'ccffcc', 'ffff99', '99ccff', 'ff99cc', 'cc99ff', 'ffcc99',
  '3366ff', '33cccc', '99cc00', 'ffcc00', 'ff9900', 'ff6600', '666699', '969696', '003366', '339966', '003300', '333300', '993300', '993366', '333399', '333333',
];

/** What an ordinary black text on white does not need to say. */
export function lookOf(draft: { [K in keyof BlankLook]?: BlankLook[K] | undefined | false }): BlankLook {
  const isPlain = (name: string, value: unknown) => value === undefined || value === false || value === '' || (name === 'color' && value === '#000000') || (name === 'fill' && value === '#ffffff');
  return Object.fromEntries(Object.entries(draft).filter(([name, value]) => !isPlain(name, value)));
}
