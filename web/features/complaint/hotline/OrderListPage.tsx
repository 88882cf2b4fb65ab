import { Link } from '@tanstack/react-router';
import { exportHotlineOrders, HotlineOrderRow, listHotlineOrders } from '#contract/hotline.ts';
import { lampLabels } from '#contract/complaint.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { ComplaintStatusTag } from '../status.tsx';

const columns = columnsOf(HotlineOrderRow, ['orderNo', 'title', 'estate', 'status', 'dueOn', 'handler', 'returnWords', 'resolved', 'satisfied', 'dispatchedOn', 'category', 'place', 'company', 'isContacted', 'redoCount', 'no'], {
  extra: ['category', 'place', 'company', 'isContacted', 'redoCount', 'no', 'dispatchedOn'],
  cells: {
    orderNo: (row) => <Link to={paths.complaint(row.id)} className="sz-nowrap">{row.orderNo}</Link>, status: (row) => <ComplaintStatusTag status={row.status} />, estate: (row) => row.estate ?? <StatusTag tone="warn">待认定</StatusTag>,
    dueOn: (row) => (row.dueOn === null ? '—' : <span className="sz-nowrap"><DateText value={row.dueOn} />{row.lamp === 'red' || row.lamp === 'yellow' ? <>　<StatusTag tone={row.lamp === 'red' ? 'bad' : 'warn'}>{lampLabels[row.lamp]}</StatusTag></> : null}</span>),
    title: (row) => <>{row.redoCount > 0 && <StatusTag tone="bad">重办</StatusTag>}{row.title}</>,
  },
});

/** 12345工单列表. */
export function OrderListPage() {
  const may = useMay();
  return (
    <ListPage
      route={listHotlineOrders} exportRoute={exportHotlineOrders} title="12345工单" lead="期限以工单写的为准；回访由热线办理，结果随热线文件回来。" columns={columns} rowKey={(row) => row.id} empty="没有这样的12345工单"
      buttons={<>{may('complaint.hotline') && <LinkButton to={paths.hotlineImports} isPrimary>导入12345工单</LinkButton>}{may('complaint.hotline') && <LinkButton to={paths.hotlineReturns}>回传答复</LinkButton>}<LinkButton to={paths.hotlineRates}>响应率、解决率、满意率</LinkButton>{may('complaint.hotline') && <LinkButton to={paths.hotlineSettings}>归类和口径</LinkButton>}</>}
      actions={(row) => <ActionLink to={paths.complaint(row.id)}>打开</ActionLink>}
    />
  );
}
