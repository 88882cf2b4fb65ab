import { Link } from '@tanstack/react-router';
import { ComplaintRow, exportComplaints, getComplaintBoard, listComplaints } from '#contract/complaint.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { ComplaintTabs } from './ComplaintTabs.tsx';
import { ComplaintStatusTag, NextDue } from './status.tsx';

const columns = columnsOf(ComplaintRow, ['no', 'ageDays', 'brief', 'category', 'estate', 'place', 'handler', 'status', 'nextDueOn', 'receivedOn'], {
  cells: { no: (row) => <Link to={paths.complaint(row.id)} className="sz-nowrap">{row.no}</Link>, status: (row) => <ComplaintStatusTag status={row.status} />, nextDueOn: (row) => <NextDue row={row} /> },
});

/** 久拖未决: what has been open longer than the parameter says, at every level within its own area. */
export function ComplaintLongOpenPage() {
  const days = useRoute(getComplaintBoard, { query: {} }).data?.longOpenDays;
  return (
    <ListPage
      route={listComplaints} exportRoute={exportComplaints} fixed={{ age: 'long' }} without={['state', 'status', 'inHand']} title="久拖未决" lead={`${days === undefined ? '' : `收到超过 ${String(days)} 天`}还没有办结的投诉件；天数在“参数”里调整，逐级都能看到本辖区的。`} columns={columns} rowKey={(row) => row.id} empty="没有久拖未决的投诉件"
    ><ComplaintTabs /></ListPage>
  );
}
