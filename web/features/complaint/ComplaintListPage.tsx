import { Link } from '@tanstack/react-router';
import { ComplaintRow, exportComplaints, listComplaints } from '#contract/complaint.ts';
import { isOutside, originLabels } from '#domain/complaint/origin.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { ComplaintTabs } from './ComplaintTabs.tsx';
import { ComplaintStatusTag, NextDue } from './status.tsx';

const columns = columnsOf(ComplaintRow, ['no', 'brief', 'category', 'estate', 'status', 'nextDueOn', 'handler', 'holder', 'receivedOn', 'ageDays', 'place', 'origin', 'originNo', 'ownerCount', 'relapseNo'], {
  extra: ['place', 'origin', 'originNo', 'ownerCount', 'relapseNo', 'ageDays', 'holder'],
  cells: {
    no: (row) => <Link to={paths.complaint(row.id)} className="sz-nowrap">{row.no}</Link>, status: (row) => <ComplaintStatusTag status={row.status} />, nextDueOn: (row) => <NextDue row={row} />,
    brief: (row) => <>{row.isEmergency && <StatusTag tone="bad">紧急</StatusTag>}{row.relapseNo > 0 && <StatusTag tone="warn">反弹</StatusTag>}{isOutside(row.origin) && <StatusTag>{originLabels[row.origin]}</StatusTag>}{row.brief}</>,
  },
});

/** 投诉件列表: by area, category, age, holder and lamp. */
export function ComplaintListPage() {
  const may = useMay();
  return (
    <ListPage
      route={listComplaints} exportRoute={exportComplaints} title="投诉" lead="每件显示下一个期限；点开看是谁、什么时候、为什么办到这一步。" columns={columns} rowKey={(row) => row.id}
      whyNone={(answer) => answer.whyNone} empty="还没有投诉件。群众来窗口反映的，请点“登记投诉”" create={{ to: paths.complaintNew, words: '登记投诉', permission: 'complaint.receive' }}
      buttons={<>{may('complaint.handle') && <LinkButton to={paths.hotline}>12345工单</LinkButton>}{may('complaint.hotline') && <LinkButton to={paths.hotlineImports}>导入12345工单</LinkButton>}<LinkButton to={paths.complaintOverdue}>逾期件数</LinkButton></>}
      actions={(row) => <ActionLink to={paths.complaint(row.id)}>{['refused', 'withdrawn', 'merged', 'returned'].includes(row.status) ? '查看' : '办理'}</ActionLink>}
    ><ComplaintTabs /></ListPage>
  );
}
