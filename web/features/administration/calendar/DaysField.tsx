import { Input } from 'antd';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { spansWords } from './spans.ts';

/** 日子填写框: text as the notice writes it, and beneath it what was understood. */
export function DaysField({ id, title, text, days, unread, onType, mustBeWeekend = false }: {
  id: string; title: string; text: string; days: readonly LocalDate[]; unread: readonly string[]; onType: (text: string) => void; mustBeWeekend?: boolean;
}) {
  const odd = mustBeWeekend ? days.filter((day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) : [];
  const help = days.length === 0 ? '照通知填写，用逗号或换行分开，如：1月1日至3日，4月4日' : `认出 ${days.length} 天：${spansWords(days)}`;
  const error = unread.length > 0 ? `认不出：${unread.join('、')}` : odd.length > 0 ? `${odd.map(dateWords).join('、')}不是周末，请核对` : undefined;
  return (
    <FieldRow id={id} title={title} isRequired={!mustBeWeekend} help={help} error={error}>
      <Input.TextArea id={id} autoSize={{ minRows: 1, maxRows: 5 }} value={text} aria-describedby={`${id}-help`} onChange={(event) => onType(event.target.value)} />
    </FieldRow>
  );
}
