import { Button, Input } from 'antd';
import { addMonths, monthOf } from '#domain/kernel/local-date.ts';
import { localDate, type LocalDate } from '#domain/kernel/brand.ts';

/** 统计的时间: months from and to, both included, and the usual ones at a click. */
export function PeriodChoice({ today, from, to, onChange }: { today: LocalDate; from: string; to: string; onChange: (patch: { readonly from: string | undefined; readonly to: string | undefined }) => void }) {
  const month = monthOf(today);
  const quarter = `${month.slice(0, 5)}${String(Math.floor((Number(month.slice(5)) - 1) / 3) * 3 + 1).padStart(2, '0')}`;
  const usual = [['本月', month], ['本季度', quarter], ['今年', `${month.slice(0, 5)}01`], ['近12个月', monthOf(addMonths(localDate(`${month}-01`), -11))]] as const;
  return (
    <>
      <label className="sz-filter"><span>自</span><Input type="month" value={from} onChange={(event) => onChange({ from: event.target.value === '' ? undefined : event.target.value, to: to === '' ? undefined : to })} /></label>
      <label className="sz-filter"><span>至</span><Input type="month" value={to} onChange={(event) => onChange({ from: from === '' ? undefined : from, to: event.target.value === '' ? undefined : event.target.value })} /></label>
      {usual.map(([words, first]) => <Button key={words} aria-pressed={from === first && to === month} onClick={() => onChange({ from: first, to: month })}>{words}</Button>)}
    </>
  );
}
