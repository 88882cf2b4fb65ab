import { useId } from 'react';
import { SheetColumns } from '#web/kit/columns/SheetColumns.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import type { Batch } from './ImportPage.tsx';
import { pickableOf, type SheetDraft } from './mapping-draft.ts';

/** 一张台账工作表的指认: its columns, and where the township is told. */
export function SheetMapping({ sheet, fields, draft, onChange }: { sheet: Batch['sheets'][number]; fields: Batch['fields']; draft: SheetDraft; onChange: (next: SheetDraft) => void }) {
  const id = useId();
  return (
    <SheetColumns
      sheet={pickableOf(sheet)} fields={fields} draft={draft} onChange={onChange}
      beside={<label htmlFor={id}><span>乡镇街道看哪里</span><Choice id={id} value={draft.townshipFrom} choices={{ column: '表里的一列', sheet: '工作表的名字', title: '标题里写明', none: '没有写' }} onChange={(from) => onChange({ ...draft, townshipFrom: from === 'sheet' || from === 'title' || from === 'column' ? from : 'none' })} /></label>}
    />
  );
}
