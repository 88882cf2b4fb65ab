import { Link } from '@tanstack/react-router';
import { AgendaRow, exportAgenda, listAgenda } from '#contract/complaint.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { ComplaintTabs } from './ComplaintTabs.tsx';
import { ComplaintStatusTag, NextDue } from './status.tsx';

const columns = columnsOf(AgendaRow, ['no', 'grounds', 'agendaOn', 'bodies', 'estate', 'category', 'brief', 'status', 'nextDueOn', 'place', 'ageDays', 'relapseNo'], {
  extra: ['place', 'ageDays', 'relapseNo'],
  cells: { no: (row) => <Link to={paths.complaint(row.id)} className="sz-nowrap">{row.no}</Link>, status: (row) => <ComplaintStatusTag status={row.status} />, nextDueOn: (row) => <NextDue row={row} /> },
});

/** 拟提请联席会议事项: what was overdue twice or came back too often; the conference's office decides what it takes up. */
export function ComplaintAgendaPage() {
  return (
    <ListPage
      route={listAgenda} exportRoute={exportAgenda} title="拟提请联席会议事项" lead="答复第二次逾期、办结后多次反弹的，自动列在这里，每个原因只列一次；县联席会议办公室和涉及的单位都能看到。" columns={columns} rowKey={(row) => row.id} empty="没有拟提请的事项"
    ><ComplaintTabs /></ListPage>
  );
}
