/** 对照线. */
export interface Line { readonly key: string; readonly title: string; readonly valueBp: number; readonly valueText: string }

/** 比率条: a bar of the rate with the lines it is held against; the words beside it say the same. */
export function RateBar({ rateBp, lines }: { rateBp: number | null; lines: readonly Line[] }) {
  return (
    <div className="sz-bar" aria-hidden="true">
      <i style={{ width: `${(rateBp ?? 0) / 100}%` }} />
      {lines.map((line) => <u key={line.key} data-line={line.key} title={`${line.title} ${line.valueText}`} style={{ left: `${line.valueBp / 100}%` }} />)}
    </div>
  );
}
