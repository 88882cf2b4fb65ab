import { Button, Checkbox } from 'antd';
import { useId, useState } from 'react';
import { getCollectionRecipients } from '#contract/collection.ts';
import { managementKindLabels } from '#contract/registry/words.ts';
import type { RecipientKind } from '#domain/collection/column.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useOrgUnits } from '#web/kit/fields/use-org-units.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import type { Drafting } from './collection-draft.ts';

const committees = { yes: '有业委会的小区', no: '没有业委会的小区' } as const;
const keyOf = <K extends string>(labels: Readonly<Record<K, string>>, text: string): K | undefined => { for (const key in labels) if (key === text) return key; return undefined; };

const asksAny = (asked: Condition): boolean => asked.townshipId !== null || asked.managementKind !== null || asked.hasCommittee !== null;

/** 条件 as the task keeps it. */
export type Condition = NonNullable<Drafting['condition']>;
/** 条件 as the server is asked about it. */
export const conditionQuery = (asked: Condition | null) => ({
  ...(asked?.townshipId == null ? {} : { townshipId: asked.townshipId }), ...(asked?.managementKind == null ? {} : { managementKind: asked.managementKind }), ...(asked?.hasCommittee == null ? {} : { committee: asked.hasCommittee ? 'yes' as const : 'no' as const }),
});

/** 按条件选: by township, kind of management and committee of the estates; who answers is added to the list, where each can be taken out again. With rows of estates, the rows are those that answer to it too, unless unticked. */
export function ByCondition({ kind, kept, hasRows, onKeep, onAdd, onOnly }: { kind: RecipientKind; kept: Condition | null; hasRows: boolean; onKeep: (condition: Condition | null) => void; onAdd: (ids: string[]) => void; onOnly: (ids: string[]) => void }) {
  const id = useId();
  const [asked, ask] = useState<Condition>(kept ?? { townshipId: null, managementKind: null, hasCommittee: null });
  const [isNarrow, narrow] = useState(true);
  const townships = (useOrgUnits().data?.rows ?? []).filter((row) => row.kind === 'township');
  const isAsked = asksAny(asked);
  const change = (next: Condition, narrows = isNarrow) => { ask(next); narrow(narrows); onKeep(hasRows && narrows && asksAny(next) ? next : null); };
  const found = useRoute(getCollectionRecipients, { query: { recipientKind: kind, ...conditionQuery(asked) } }, { enabled: isAsked });
  const ids = (found.data?.recipients ?? []).map((one) => one.id);
  return (
    <fieldset className="sz-fieldset">
      <legend>按条件选</legend>
      <div className="sz-fields">
        {kind !== 'township' && townships.length > 1 && <div className="sz-field"><label htmlFor={`${id}t`}>{kind === 'company' ? '在哪个乡镇街道有小区' : '所在乡镇街道'}</label><Choice id={`${id}t`} value={asked.townshipId ?? ''} blank="不限" choices={Object.fromEntries(townships.map((row) => [row.id, row.name]))} onChange={(picked) => change({ ...asked, townshipId: townships.find((row) => row.id === picked)?.id ?? null })} /></div>}
        <div className="sz-field"><label htmlFor={`${id}m`}>小区的管理方式</label><Choice id={`${id}m`} value={asked.managementKind ?? ''} blank="不限" choices={managementKindLabels} onChange={(picked) => change({ ...asked, managementKind: keyOf(managementKindLabels, picked) ?? null })} /></div>
        <div className="sz-field"><label htmlFor={`${id}c`}>小区有没有业委会</label><Choice id={`${id}c`} value={asked.hasCommittee === null ? '' : asked.hasCommittee ? 'yes' : 'no'} blank="不限" choices={committees} onChange={(picked) => change({ ...asked, hasCommittee: picked === '' ? null : picked === 'yes' })} /></div>
      </div>
      {isAsked && (
        <div className="sz-form-foot" role="status">
          <span>{found.data === undefined ? '正在查找…' : ids.length === 0 ? '没有符合条件的对象，请换个条件' : `符合条件的有 ${ids.length} 个`}</span>
          <Button size="small" disabled={ids.length === 0} onClick={() => onAdd(ids)}>加上这些</Button>
          <Button size="small" disabled={ids.length === 0} onClick={() => onOnly(ids)}>只选这些</Button>
        </div>
      )}
      {isAsked && hasRows && <Checkbox checked={isNarrow} onChange={(event) => change(asked, event.target.checked)}>每份只列符合条件的小区（不勾就列出该单位的全部小区）</Checkbox>}
    </fieldset>
  );
}
