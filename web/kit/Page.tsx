import { useEffect, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { Failed, Loading } from './states.tsx';

interface PageProps {
  readonly title: string;
  /** One line under the title: what this page is for. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** The page waits for these and says so when one fails. */
  readonly needs?: readonly Pick<UseQueryResult, 'isPending' | 'error' | 'refetch' | 'data'>[];
  readonly children?: ReactNode;
}

/** 页面: a title, its actions, and its content, or one of the designed states. */
export function Page({ title, lead, actions, needs = [], children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · 善治`;
  }, [title]);
  const failed = needs.find((one) => one.error !== null && one.data === undefined);
  const isPending = needs.some((one) => one.isPending);
  return (
    <article className="sz-page">
      <header className="sz-page-head">
        <div><h1>{title}</h1>{lead !== undefined && <p className="sz-lead">{lead}</p>}</div>
        {actions !== undefined && <div className="sz-actions no-print">{actions}</div>}
      </header>
      {failed !== undefined ? <Failed error={failed.error} onRetry={() => void failed.refetch()} /> : isPending ? <Loading /> : children}
    </article>
  );
}

/** 栏目: one block of a page under its own heading. */
export function Section({ id, title, note, actions, children }: { id?: string; title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section id={id} className="sz-section" aria-label={title}>
      <div className="sz-section-head"><h2>{title}</h2>{note !== undefined && <span className="sz-muted">{note}</span>}{actions !== undefined && <div className="sz-actions no-print">{actions}</div>}</div>
      {children}
    </section>
  );
}
