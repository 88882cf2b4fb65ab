import { dateWords } from '#web/kit/schema/words.ts';
import type { FilledFace } from './Filled.tsx';

/** 复制文字: the filled numbers, one a line, with their cells; lists of estates are counted, not written out. */
export function filledText(title: string, { cells, previous, differences, on }: FilledFace & { readonly on: string }): string {
  const numbers = cells.filter(({ kind }) => kind === 'figure').slice(0, 100);
  const lines = cells.filter(({ kind }) => kind === 'field').length;
  return [
    `${title}（截至${dateWords(on)}）`, ...numbers.map((cell) => `${cell.address} ${cell.title}：${cell.shown}`), ...(lines === 0 ? [] : [`名单 ${lines} 格`]),
    ...(previous === null ? [] : [`与上次（截至${dateWords(previous.asOfOn)}）有 ${differences.length} 处不同`]),
  ].join('\n');
}
