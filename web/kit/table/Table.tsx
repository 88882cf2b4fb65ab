import type { ReactNode } from 'react';
import { Failed, Loading, Nothing } from '../states.tsx';
import { ColumnChoice, useChosenColumns } from './ColumnChoice.tsx';
import type { Column } from './columns.tsx';

interface TableProps<Row> {
  /** What the table lists, said to readers who cannot see it. */
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  /** One sentence when there is nothing. */
  readonly empty: string;
  readonly emptyAction?: ReactNode;
  readonly actions?: (row: Row) => ReactNode;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  /** Where the choice of columns is kept; without it all columns are shown and none can be chosen. */
  readonly keep?: string;
  /** Buttons beside 列设置. */
  readonly tools?: ReactNode;
}

/** 表格: a list on a wide screen, cards on a phone, a plain table on paper. */
export function Table<Row>({ name, columns, rows, rowKey, empty, emptyAction, actions, error, onRetry, keep, tools }: TableProps<Row>) {
  const [chosen, choose] = useChosenColumns(keep ?? '-', columns);
  const shown = keep === undefined ? columns : chosen;
  return (
    <div className="sz-table-block">
      {(keep !== undefined || tools !== undefined) && (
        <div className="sz-table-tools no-print">{tools}{keep !== undefined && <ColumnChoice all={columns} chosen={shown} onChange={choose} />}</div>
      )}
      {error !== null && error !== undefined && rows === undefined ? <Failed error={error} onRetry={onRetry} />
        : rows === undefined ? <Loading />
        : rows.length === 0 ? <Nothing words={empty} action={emptyAction} />
        : <Rows name={name} columns={shown} rows={rows} rowKey={rowKey} actions={actions} />}
    </div>
  );
}

function Rows<Row>({ name, columns, rows, rowKey, actions }: { name: string; columns: readonly Column<Row>[]; rows: readonly Row[]; rowKey: (row: Row) => string; actions: ((row: Row) => ReactNode) | undefined }) {
  return (
    <div className="sz-table-scroll" tabIndex={0} role="region" aria-label={`${name}列表`}>
      <table className="sz-table">
        <thead>
          <tr>
            {columns.map(({ key, title, isNumber }) => <th key={key} scope="col" className={isNumber === true ? 'sz-number' : undefined}>{title}</th>)}
            {actions !== undefined && <th scope="col" className="no-print">操作</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, title, cell, isNumber, isShort }) => <td key={key} data-title={title} className={isNumber === true ? 'sz-number' : isShort === true ? 'sz-short' : undefined}>{cell(row)}</td>)}
              {actions !== undefined && <td data-title="操作" className="sz-row-actions no-print">{actions(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** 表格文字: title and rows as lines, for 复制文字. */
export function tableText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const written = columns.filter((column) => column.text !== undefined && column.isExtra !== true);
  return [written.map(({ title }) => title).join('\t'), ...rows.map((row) => written.map(({ text }) => text?.(row) ?? '').join('\t'))].join('\n');
}
