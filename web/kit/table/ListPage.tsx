import { PlusOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { ProblemError } from '../api/problem-error.ts';
import { useAsOfWords } from '../AsOf.tsx';
import { LinkButton } from '../LinkButton.tsx';
import { Page } from '../Page.tsx';
import { numberWords } from '../schema/words.ts';
import { useMay } from '../session/use-me.ts';
import { ShareBar } from '../share/ShareBar.tsx';
import type { Column } from './columns.tsx';
import { ExportButton } from './ExportButton.tsx';
import { Table, tableText } from './Table.tsx';
import { usePage } from './use-page.tsx';

interface ListPageProps<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, Row> {
  readonly route: Route<P, Q, B, R>;
  readonly params?: z.input<P>;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly empty: string;
  /** Where the answer itself says why it holds no rows. */
  readonly whyNone?: (answer: z.output<R>) => string | null;
  readonly actions?: (row: Row) => ReactNode;
  readonly exportRoute?: Pick<Route, 'path' | 'permission'>;
  readonly create?: { readonly to: string; readonly words: string; readonly permission: Route['permission'] };
  readonly without?: readonly string[];
  readonly fixed?: Readonly<Record<string, string>>;
  /** More buttons in the head. */
  readonly buttons?: ReactNode;
  readonly children?: ReactNode;
}

/** 列表页: filters, export of exactly what is filtered, sharing, table, pager — the same on every list. */
export function ListPage<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Row, R extends z.ZodType<{ readonly rows: readonly Row[]; readonly next: string | null; readonly total: number; readonly totalIsExact: boolean }>>(
  props: ListPageProps<P, Q, B, R, Row>,
) {
  const { route, title, columns, create } = props;
  const may = useMay();
  const list = usePage<P, Q, B, R, Row>(route, props.params, { without: props.without ?? [], fixed: props.fixed ?? {} });
  const rows = list.rows;
  const why = list.query.data === undefined ? null : props.whyNone?.(list.query.data) ?? null;
  const isFiltered = Object.keys(list.filtered).length > Object.keys(props.fixed ?? {}).length;
  const asOf = useAsOfWords();
  const shown = list.total === undefined ? '' : `，共 ${numberWords(list.total)} 条${list.query.data?.totalIsExact === false ? '以上' : ''}，本页 ${numberWords(rows?.length ?? 0)} 条`;
  // Whoever may not see the list at all is told so, without filters and buttons around it.
  if (rows === undefined && list.query.error instanceof ProblemError && list.query.error.status === 403) return <Page title={title} needs={[list.query]} />;
  // Where nothing was ever entered there is nothing to share, arrange or count: only what to do.
  const isBare = rows?.length === 0 && !isFiltered;
  const listId = `list-${route.path.replaceAll(/\W+/g, '-')}`;
  return (
    <Page
      title={title} lead={props.lead}
      actions={<>
        {props.buttons}
        {props.exportRoute !== undefined && <ExportButton route={props.exportRoute} params={props.params} filtered={list.filtered} />}
        {create !== undefined && may(create.permission) && <LinkButton to={create.to} isPrimary icon={<PlusOutlined />}>{create.words}</LinkButton>}
      </>}
    >
      {props.children}
      {list.filters}
      {!isBare && <ShareBar name={title} of={listId} text={() => `${title}（${asOf}${shown}）\n${tableText(columns, rows ?? [])}`} />}
      <div id={listId}>
        {!isBare && <p className="sz-as-of-words">{title}，{asOf}{shown}</p>}
        <Table
          name={title} {...(isBare ? {} : { keep: route.path })} columns={columns} rows={rows} rowKey={props.rowKey} error={list.query.error} onRetry={() => void list.query.refetch()}
          empty={why ?? (isFiltered ? '没有符合条件的记录，请放宽或清除筛选条件' : props.empty)} {...(props.actions === undefined ? {} : { actions: props.actions })}
        />
      </div>
      {list.pager}
    </Page>
  );
}
