import { Link } from '@tanstack/react-router';
import { exportPersonRequests, listPersonRequests, PersonRequestRow, postPersonRequest } from '#contract/person-request.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { RequestStatusTag } from './request-status.tsx';

const columns = columnsOf(PersonRequestRow, ['receivedOn', 'person', 'kind', 'status', 'dueOn', 'asker', 'registeredByName', 'proposedByName', 'decidedByName', 'decidedAt', 'outcome'], {
  extra: ['registeredByName', 'proposedByName', 'decidedAt', 'outcome'],
  cells: { person: (row) => <Link to={paths.personRequest(row.id)}>{row.person}</Link>, status: (row) => <RequestStatusTag status={row.status} isOverdue={row.isOverdue} /> },
});

/** 个人信息请求: who asked for a copy, a correction or erasure, and how far each is. */
export function PersonRequestListPage() {
  return (
    <ListPage
      route={listPersonRequests} exportRoute={exportPersonRequests} title="个人信息请求" columns={columns} rowKey={(row) => row.id} empty="还没有登记过请求"
      lead="本人要求查阅、复制、更正、删除自己信息的，在这里登记、查找、答复。删除要由另一人批准。" create={{ to: paths.personRequestNew, words: '登记请求', permission: postPersonRequest.permission }}
    />
  );
}
