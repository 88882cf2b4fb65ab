import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { z } from 'zod';
import type { ReportMark, ReportSheet } from '#contract/report.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { AskFields } from './AskFields.tsx';
import { ListFields } from './ListFields.tsx';
import { dropMark, markAt, newMark, putMark, type Catalogue } from './mark-draft.ts';

const KINDS = { figure: '数字（我们的一个数）', text: '文字（单位、日期、姓名）', ask: '每次填写（记住上次填的）', list: '名单（往下填多行）' } as const;
const isKind = (text: string): text is keyof typeof KINDS => Object.hasOwn(KINDS, text);

type Sheet = z.output<typeof ReportSheet>;

interface PanelProps {
  readonly sheet: number;
  /** What that sheet holds. */
  readonly face: Sheet;
  readonly address: string;
  /** What is printed in the cell. */
  readonly printed: string;
  /** Why the cell cannot be marked; null when it can. */
  readonly refusal: string | null;
  readonly marks: readonly ReportMark[];
  readonly catalogue: Catalogue;
  readonly onMarks: (marks: ReportMark[]) => void;
  readonly onAddress: (address: string) => void;
}

/** 标记这一格: what stands at the chosen cell, to be set, changed or taken away. */
export function MarkPanel({ sheet, face, address, printed, refusal, marks, catalogue, onMarks, onAddress }: PanelProps) {
  const id = useId();
  const standing = markAt(marks, sheet, address);
  const mark = standing?.mark;
  const index = standing?.index ?? null;
  const set = (next: ReportMark) => onMarks(putMark(marks, index, next));
  return (
    <aside aria-label="标记这一格">
      <AddressField key={address} address={address} onAddress={onAddress} />
      {refusal !== null ? <p className="sz-notice" role="status">{refusal}</p> : (
        <div className="sz-field"><label htmlFor={`${id}k`}>这一格填</label><Choice id={`${id}k`} value={mark?.kind ?? ''} blank="不填" choices={KINDS} onChange={(kind) => { if (isKind(kind)) set(newMark(kind, sheet, address, catalogue, printed)); else if (index !== null) onMarks(dropMark(marks, index)); }} /></div>
      )}
      {refusal === null && mark?.kind === 'figure' && <AskFields ask={mark} catalogue={catalogue} onChange={(ask) => set({ ...mark, ...ask })} />}
      {mark?.kind === 'text' && (
        <div className="sz-field">
          <label htmlFor={`${id}t`}>文字</label>
          <Input.TextArea id={`${id}t`} rows={3} maxLength={500} value={mark.template} onChange={(event) => set({ ...mark, template: event.target.value })} />
          <div className="sz-actions" role="group" aria-label="可填的内容">{catalogue.slots.map((slot) => <Button key={slot} size="small" onClick={() => set({ ...mark, template: `${mark.template}{${slot}}` })}>{slot}</Button>)}</div>
        </div>
      )}
      {mark?.kind === 'ask' && <>
        <div className="sz-field"><label htmlFor={`${id}l`}>填什么</label><Input id={`${id}l`} maxLength={30} value={mark.label} placeholder="如：填表人、备注" onChange={(event) => set({ ...mark, label: event.target.value })} /></div>
        <div className="sz-field"><label htmlFor={`${id}p`}>填在哪里</label><Input.TextArea id={`${id}p`} rows={2} maxLength={500} value={mark.template} onChange={(event) => set({ ...mark, template: event.target.value })} /><p className="sz-help">“{'{填写}'}”是填的位置，前后的字照印。填报时由经办人填写，下次自动带出上次填的。</p></div>
      </>}
      {mark?.kind === 'list' && <ListFields mark={mark} sheet={face} address={address} catalogue={catalogue} onChange={set} />}
      {index !== null && <Button danger onClick={() => onMarks(dropMark(marks, index))}>{mark?.kind === 'list' ? '取消整个名单' : '取消这个标记'}</Button>}
    </aside>
  );
}

/** 单元格地址, typed: Enter goes there. */
function AddressField({ address, onAddress }: { address: string; onAddress: (address: string) => void }) {
  const id = useId();
  const [typed, type] = useState(address);
  return (
    <form className="sz-field" onSubmit={(event) => { event.preventDefault(); onAddress(typed); }}>
      <label htmlFor={id}>单元格</label>
      <Input id={id} value={typed} maxLength={8} placeholder="如 D6" onChange={(event) => type(event.target.value)} />
      <p className="sz-help">点表上的格，或写地址后回车</p>
    </form>
  );
}
