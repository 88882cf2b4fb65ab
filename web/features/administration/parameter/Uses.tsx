import { Link } from '@tanstack/react-router';
import { listDeletionKinds } from '#contract/privacy.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import type { Parameter } from './value.ts';

const kinds = { duty: '时限义务', rule: '规则', retention: '到期删除' } as const;
type Use = Parameter['usedBy'][number];
const clauseOf = ({ basis }: Use): string => basis.map(({ title, clause }) => [title, clause].filter(Boolean).join(' ')).join('；');

/** 用在哪里: the duties, rules and periods of keeping that rest on a parameter, each leading to its line with its clause; to a page that the reader may not open, none. */
export function Uses({ uses }: { uses: readonly Use[] }) {
  const may = useMay();
  if (uses.length === 0) return <p className="sz-muted">没有规则或时限直接用到这个数，它只作默认值或统计口径。</p>;
  return (
    <details>
      <summary>用在哪里（{uses.length}）</summary>
      <ul className="sz-lines">
        {uses.map((use) => (
          <li key={use.id}>
            {kinds[use.kind]}：{use.kind === 'retention' ? may(listDeletionKinds.permission) ? <Link to={paths.deletions}>{use.title}</Link> : use.title : <Link to={paths.rules} search={{ q: use.title }}>{use.title}</Link>}
            {use.basis.length > 0 && <span className="sz-block sz-muted">依据：{clauseOf(use)}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
