import { Link } from '@tanstack/react-router';
import { exportRechecks, listRechecks, RecheckRow } from '#contract/rebound.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { ComplaintTabs } from './ComplaintTabs.tsx';

const columns = columnsOf(RecheckRow, ['no', 'recheckDueOn', 'reportsSince', 'category', 'estate', 'place', 'brief', 'closedOn', 'handler'], { extra: ['handler'], cells: { no: (row) => <Link to={paths.complaint(row.id)} className="sz-nowrap">{row.no}</Link> } });

/** 待复查: closed files of kinds that come back, the soonest due first; where nobody complained again, a word of the 网格员 will do. */
export function RecheckPage() {
  return (
    <ListPage
      route={listRechecks} exportRoute={exportRechecks} title="待复查" lead="易反弹的事项办结后复查一次，期限近的在前。没有新的投诉、网格员确认即可，不必专门上门。" columns={columns} rowKey={(row) => row.id} empty="没有要复查的投诉件"
      actions={(row) => <Link className="sz-action" to={paths.complaint(row.id)}>登记复查</Link>}
    ><ComplaintTabs /></ListPage>
  );
}
