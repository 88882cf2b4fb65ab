import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { listMissing } from '#contract/ledger.ts';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { usePage } from '#web/kit/table/use-page.tsx';
import { paths } from '#web/paths.ts';
import type { Batch } from './ImportPage.tsx';

type Row = Answer<typeof listMissing>['rows'][number];
const places = { company: paths.company, estate: paths.estate, practitioner: paths.practitioner, unit: paths.unit } as const;
const columns: readonly Column<Row>[] = [
  { key: 'name', title: '名称', cell: (row) => <Link to={places[row.kind](row.id)}>{row.name}</Link> },
  { key: 'detail', title: '说明', cell: (row) => row.detail },
];

/** 文件里没有的: records of ours that the file lacks; for review, nothing is deleted. */
export function Missing({ batch }: { batch: Batch }) {
  const list = usePage(listMissing, { batchId: batch.id });
  return (
    <>
      <p>这些记录台账里有、这次的文件里没有。导入不会删除它们，只供核对。</p>
      <Table name="文件里没有的记录" columns={columns} rows={list.rows} rowKey={(row) => row.id} empty="文件里都有" error={list.query.error} />
      {list.pager}
    </>
  );
}
