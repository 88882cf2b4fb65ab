import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { exportLedgerBatches, ledgerKindLabels, listLedgerBatches } from '#contract/ledger.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import type { Column } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { BatchTag } from './BatchTag.tsx';

type Batch = Answer<typeof listLedgerBatches>['rows'][number];

const columns: readonly Column<Batch>[] = [
  { key: 'kind', title: '台账', cell: (row) => <Link to={paths.import(row.id)}>{ledgerKindLabels[row.kind]}</Link>, text: (row) => ledgerKindLabels[row.kind] },
  { key: 'files', title: '文件', cell: (row) => row.files.map((file) => file.name).join('、'), text: (row) => row.files.map((file) => file.name).join('、') },
  { key: 'status', title: '状态', cell: (row) => <BatchTag status={row.status} /> },
  { key: 'rows', title: '行数', isNumber: true, cell: (row) => <Link to={paths.import(row.id)}>{numberWords(row.counts.rows)}</Link>, text: (row) => String(row.counts.rows) },
  { key: 'new', title: '新增', isNumber: true, cell: (row) => <Link to={paths.import(row.id)}>{numberWords(row.counts.new)}</Link>, text: (row) => String(row.counts.new) },
  { key: 'changed', title: '变更', isNumber: true, cell: (row) => <Link to={paths.import(row.id)}>{numberWords(row.counts.changed)}</Link>, text: (row) => String(row.counts.changed) },
  { key: 'refused', title: '退回', isNumber: true, cell: (row) => <Link to={paths.import(row.id)}>{numberWords(row.counts.refused)}</Link>, text: (row) => String(row.counts.refused) },
  { key: 'by', title: '上传', cell: (row) => <>{row.createdBy}　<DateText value={row.createdAt} /></>, text: (row) => row.createdBy },
  { key: 'holder', title: '经办人', cell: (row) => row.holder ?? '—', text: (row) => row.holder ?? '' },
];

/** 导入记录. */
export function ImportListPage() {
  return (
    <ListPage
      route={listLedgerBatches} exportRoute={exportLedgerBatches} title="导入台账" lead="每次导入的文件、结果和经办人都留着；导错了可以整批撤销。" columns={columns} rowKey={(row) => row.id} empty="还没有导入过台账"
      buttons={<LinkButton to={paths.importNew} isPrimary>导入新的台账</LinkButton>}
    />
  );
}
