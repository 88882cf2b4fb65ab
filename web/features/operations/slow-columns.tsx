import type { Answer } from '#contract/define-route.ts';
import type { listSlowStatements } from '#contract/operations/watch.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { instantWords, numberWords } from '#web/kit/schema/words.ts';
import type { Column } from '#web/kit/table/columns.tsx';

type Slow = Answer<typeof listSlowStatements>['rows'][number];
const FIRST_WORDS = 160;

/** 慢查询各列. */
export const slowColumns: readonly Column<Slow>[] = [
  { key: 'at', title: '时间', cell: (row) => <DateText value={row.at} />, text: (row) => instantWords(row.at) },
  { key: 'ms', title: '用时（毫秒）', isNumber: true, cell: (row) => numberWords(row.ms) },
  { key: 'rows', title: '行数', isNumber: true, cell: (row) => numberWords(row.rows) },
  { key: 'text', title: '语句', cell: (row) => <code>{row.text.length > FIRST_WORDS ? `${row.text.slice(0, FIRST_WORDS)}……` : row.text}</code>, text: (row) => row.text },
  { key: 'request', title: '请求编号', cell: (row) => row.requestId ?? '—', isExtra: true },
];
