import { Link } from '@tanstack/react-router';
import { CommitteeRow, exportCommittees, listCommittees } from '#contract/committee.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(CommitteeRow, ['name', 'estate', 'township', 'kind', 'status', 'sinceOn', 'untilOn', 'chair', 'memberCount', 'filedOn'], {
  extra: ['kind', 'filedOn'],
  cells: {
    name: (row) => <><Link to={paths.committee(row.committeeId)}>{row.name}</Link> {row.archivedAt !== null && <StatusTag tone="warn">已归档</StatusTag>}</>,
    estate: (row) => <Link to={paths.estate(row.estate.id)}>{row.estate.name}</Link>,
    status: (row) => (row.status === 'established' ? row.isExpired ? <StatusTag tone="warn">已成立，届满未换届</StatusTag> : <StatusTag tone="good">已成立</StatusTag> : <StatusTag tone={row.status === 'preparing' ? 'info' : 'plain'}>{row.status === 'preparing' ? '筹备中' : '已终止'}</StatusTag>),
  },
});

/** 业委会列表. */
export function CommitteeListPage() {
  return (
    <ListPage
      route={listCommittees} exportRoute={exportCommittees} title="业主委员会" lead="登记新的业委会请在小区页面上办理。" without={['estateId']} columns={columns} rowKey={(row) => row.versionId} empty="还没有登记业主委员会"
      actions={(row) => <ActionLink to={paths.committee(row.committeeId)}>查看</ActionLink>}
    />
  );
}
