import { Link } from '@tanstack/react-router';
import { Alert, App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { getCollectionDifferences, updateFromCollection } from '#contract/collection.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';

/** 更新到台账: before → after, ticked one by one after a look; the rest stays as it is. */
export function Differences({ collectionId }: { collectionId: Id<'Collection'> }) {
  const { message } = App.useApp();
  const [trail, turn] = useState<readonly string[]>([]);
  const after = trail.at(-1);
  const found = useRoute(getCollectionDifferences, { params: { collectionId }, query: after === undefined ? {} : { after } }, { keeps: true });
  const next = found.data?.next ?? null;
  const [ticked, tick] = useState<ReadonlySet<string>>(new Set());
  const update = useMutationOf(updateFromCollection, ({ records, cells }) => { tick(new Set()); void message.success(`已更新 ${records} 条台账的 ${cells} 处`); });
  const rows = found.data?.differences ?? [];
  const keyOf = (one: (typeof rows)[number]) => `${one.heldId}/${one.column}/${one.version}/${String(one.after)}`;
  const chosen = rows.filter((one) => ticked.has(keyOf(one)));
  const isSome = rows.some(({ can }) => can === true);
  return (
    <Section title="更新到台账" note={rows.length === 0 ? undefined : `${rows.length}${next === null && trail.length === 0 ? '' : '（本页）'} 处与台账不同，看过再更新`}>
      {found.error !== null && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading rows={3} />}
      {found.data !== undefined && rows.length === 0 && <Nothing words={next === null && trail.length === 0 ? '已定的填报与台账没有不同' : '这一页没有与台账不同的'} />}
      {rows.length > 0 && (
        <>
          <div className="sz-table-scroll sz-differences" tabIndex={0} role="region" aria-label="与台账的差别列表">
            <table className="sz-table">
              <thead><tr><th scope="col">更新</th><th scope="col">名称</th><th scope="col">栏目</th><th scope="col">台账现载</th><th scope="col">填报</th><th scope="col">谁填的</th></tr></thead>
              <tbody>
                {rows.map((one) => (
                  <tr key={keyOf(one)}>
                    <td data-title="更新"><Checkbox disabled={one.can !== true} aria-label={`更新${one.title}的${one.columnTitle}`} checked={ticked.has(keyOf(one))} onChange={(event) => tick((before) => { const next = new Set(before); if (event.target.checked) next.add(keyOf(one)); else next.delete(keyOf(one)); return next; })} /></td>
                    <td data-title="名称">{one.title}</td><td data-title="栏目">{one.columnTitle}</td><td data-title="台账现载">{one.shownBefore}</td><td data-title="填报"><strong>{one.shownAfter}</strong>{(one.can !== true || one.note !== null) && <small className="sz-muted">{one.can === true ? one.note : one.can}{one.changeAt !== null && <>　<Link to={one.changeAt}>打开</Link></>}</small>}</td><td data-title="谁填的">{one.recipientName}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {update.error !== null && <Alert type="error" showIcon role="alert" title="没有更新" description={update.error.message} />}
          <div className="sz-form-foot no-print" style={{ marginTop: 12 }}>
            <Button disabled={!isSome} onClick={() => tick(new Set(rows.filter((one) => one.can === true).map(keyOf)))}>全部勾选</Button>
            <Button type="primary" disabled={chosen.length === 0} loading={update.isPending} onClick={() => update.mutate({ params: { collectionId }, body: { changes: chosen.map(({ heldId, version, column, after }) => ({ heldId, version, key: column, after })) } })}>更新勾选的 {chosen.length} 处</Button>
          </div>
        </>
      )}
      {(trail.length > 0 || next !== null) && (
        <div className="sz-form-foot no-print" style={{ marginTop: 8 }}>
          <Button disabled={trail.length === 0} onClick={() => turn(trail.slice(0, -1))}>上一页</Button>
          <Button disabled={next === null} onClick={() => { if (next !== null) turn([...trail, next]); }}>下一页</Button>
        </div>
      )}
    </Section>
  );
}
