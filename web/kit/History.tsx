import type { Answer } from '#contract/define-route.ts';
import type { getEstate } from '#contract/registry/estate.ts';
import { DateText } from './DateText.tsx';
import { Nothing } from './states.tsx';

/** 操作历史: what was changed, by whom, when and why, newest first. */
export function History({ entries }: { entries: Answer<typeof getEstate>['history'] }) {
  if (entries.length === 0) return <Nothing words="还没有操作记录" />;
  return (
    <ol className="sz-history">
      {entries.map((entry) => (
        <li key={`${entry.at}${entry.action}`}>
          <p><strong>{entry.actionText}</strong>　{entry.actorName}　<DateText value={entry.at} /></p>
          {entry.reason !== null && <p className="sz-muted">原因：{entry.reason}</p>}
          {entry.changes.length > 0 && <ul>{entry.changes.map((change) => <li key={change.field}>{change.title}：{change.before || '空'} → {change.after || '空'}</li>)}</ul>}
        </li>
      ))}
    </ol>
  );
}
