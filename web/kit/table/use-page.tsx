import { useState, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { useRoute } from '../hooks/use-route.ts';
import { useUrlState } from '../hooks/use-url-state.ts';
import { fieldsOf } from '../schema/field-facts.ts';
import { Filters } from './Filters.tsx';
import { Pager } from './Pager.tsx';

interface PageAnswer<Row> { readonly rows: readonly Row[]; readonly next: string | null; readonly total: number; readonly totalIsExact: boolean }

/** 列表页: its rows, its filters and pager drawn from the route, and the query as it stands for the export. */
export interface PageState<Answer, Row> {
  readonly rows: readonly Row[] | undefined;
  readonly query: UseQueryResult<Answer>;
  readonly filters: ReactNode;
  readonly pager: ReactNode;
  /** What is filtered just now, without the paging. */
  readonly filtered: Readonly<Record<string, string>>;
  readonly total: number | undefined;
}

interface Options {
  /** Filters not drawn, because the page draws them itself or has no use for them. */
  readonly without?: readonly string[];
  /** Asked always, whatever the address says. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** The version of what the rows belong to, where it changes while the list is looked at. */
  readonly version?: number;
}

/** 列表: reads one page of a list; its filters come from the route's query schema and live in the address. */
export function usePage<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType<PageAnswer<Row>>, Row>(
  route: Route<P, Q, B, R>, params: z.input<P> | undefined, { without = [], fixed = {}, version }: Options = {},
): PageState<z.output<R>, z.output<R>['rows'][number]> {
  const [url, change] = useUrlState();
  const [trail, setTrail] = useState<readonly string[]>([]);
  const facts = fieldsOf(route.query).filter(({ name }) => name !== 'after' && name !== 'limit');
  const filtered = { ...Object.fromEntries(facts.flatMap(({ name }) => (url[name] === undefined ? [] : [[name, url[name]]]))), ...fixed };
  const asked = { ...filtered, ...(url['after'] === undefined ? {} : { after: url['after'] }) };
  const parsed = route.query.safeParse(asked);
  const query = useRoute(route, { ...(params === undefined ? {} : { params }), query: parsed.success ? wireOf(asked) : wireOf(fixed) }, { keeps: true, version });
  const page = query.data;
  const next = page?.next ?? undefined;
  const turn = (after: string | undefined, left: readonly string[]) => {
    setTrail(left);
    change({ after });
    window.scrollTo({ top: 0 });
  };
  return {
    rows: page?.rows, query, filtered, total: page?.total,
    filters: <Filters facts={facts.filter(({ name }) => !without.includes(name) && fixed[name] === undefined)} values={url} onChange={(patch) => change({ ...patch, after: undefined })} />,
    pager: page !== undefined && page.rows.length > 0 && (
      <Pager
        total={page.total} isExact={page.totalIsExact} shown={page.rows.length}
        onPrevious={url['after'] === undefined ? undefined : () => turn(trail.at(-1) === '' ? undefined : trail.at(-1), trail.slice(0, -1))}
        onNext={next === undefined ? undefined : () => turn(next, [...trail, url['after'] ?? ''])}
      />
    ),
  };

  /** The address holds texts; the route's own parser reads them, so they are passed on as they stand. */
  function wireOf(texts: Readonly<Record<string, string>>): z.input<Q> {
    return texts as z.input<Q>;
  }
}
