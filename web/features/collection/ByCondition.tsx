import { Button } from 'antd';
import { useId, useState } from 'react';
import { getCollectionRecipients } from '#contract/collection.ts';
import { managementKindLabels } from '#contract/registry/words.ts';
import type { RecipientKind } from '#domain/collection/column.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useOrgUnits } from '#web/kit/fields/use-org-units.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';

const committees = { yes: '有业委会的小区', no: '没有业委会的小区' } as const;
const keyOf = <K extends string>(labels: Readonly<Record<K, string>>, text: string): K | undefined => { for (const key in labels) if (key === text) return key; return undefined; };

/** 按条件选: by township, kind of management and committee of the estates; who answers is added to the list, where each can be taken out again. */
export function ByCondition({ kind, onAdd, onOnly }: { kind: RecipientKind; onAdd: (ids: string[]) => void; onOnly: (ids: string[]) => void }) {
  const id = useId();
  const [townshipId, pickTownship] = useState('');
  const [management, pickManagement] = useState('');
  const [committee, pickCommittee] = useState('');
  const townships = (useOrgUnits().data?.rows ?? []).filter((row) => row.kind === 'township');
  const township = townships.find((row) => row.id === townshipId)?.id;
  const [managementKind, hasCommittee] = [keyOf(managementKindLabels, management), keyOf(committees, committee)];
  const isAsked = township !== undefined || managementKind !== undefined || hasCommittee !== undefined;
  const found = useRoute(getCollectionRecipients, { query: { recipientKind: kind, ...(township === undefined ? {} : { townshipId: township }), ...(managementKind === undefined ? {} : { managementKind }), ...(hasCommittee === undefined ? {} : { committee: hasCommittee }) } }, { enabled: isAsked });
  const ids = (found.data?.recipients ?? []).map((one) => one.id);
  return (
    <fieldset className="sz-fieldset">
      <legend>按条件选</legend>
      <div className="sz-fields">
        {kind !== 'township' && townships.length > 1 && <div className="sz-field"><label htmlFor={`${id}t`}>{kind === 'company' ? '在哪个乡镇街道有小区' : '所在乡镇街道'}</label><Choice id={`${id}t`} value={townshipId} blank="不限" choices={Object.fromEntries(townships.map((row) => [row.id, row.name]))} onChange={pickTownship} /></div>}
        <div className="sz-field"><label htmlFor={`${id}m`}>小区的管理方式</label><Choice id={`${id}m`} value={management} blank="不限" choices={managementKindLabels} onChange={pickManagement} /></div>
        <div className="sz-field"><label htmlFor={`${id}c`}>小区有没有业委会</label><Choice id={`${id}c`} value={committee} blank="不限" choices={committees} onChange={pickCommittee} /></div>
      </div>
      {isAsked && (
        <div className="sz-form-foot" role="status">
          <span>{found.data === undefined ? '正在查找…' : ids.length === 0 ? '没有符合条件的对象，请换个条件' : `符合条件的有 ${ids.length} 个`}</span>
          <Button size="small" disabled={ids.length === 0} onClick={() => onAdd(ids)}>加上这些</Button>
          <Button size="small" disabled={ids.length === 0} onClick={() => onOnly(ids)}>只选这些</Button>
        </div>
      )}
    </fieldset>
  );
}
