import { useState } from 'react';
import { BindingRow, confirmBinding, endBinding, exportBindings, listBindings, refuseBinding, revealBindingName } from '#contract/owner-binding.ts';
import { DueTag } from '#web/kit/DueTag.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';

type Row = ReturnType<typeof BindingRow.parse>;
const columns = columnsOf(BindingRow, ['estate', 'place', 'unit', 'name', 'phone', 'status', 'how', 'askedOn', 'due', 'decidedBy', 'reason', 'endedOn'], {
  extra: ['how', 'decidedBy', 'endedOn'],
  cells: { unit: (row) => row.unit ?? '登记里没有', due: (row) => (row.due === null ? '—' : <DueTag due={row.due} />) },
});

/** 业主绑定: who says that a home is his; what the register shows at once is there already. */
export function BindingsPage() {
  return (
    <ListPage
      route={listBindings} exportRoute={exportBindings} title="业主绑定" lead="业主在手机上申请绑定自己的房屋。手机号、姓名与登记一致的已自动绑定，其余请核对后确认：点“查看姓名”写明原因，与登记、证件比对，查看会留痕。" columns={columns} rowKey={(row) => row.id}
      empty="没有业主申请绑定房屋" actions={(row) => <Acts row={row} />}
    />
  );
}

function Acts({ row }: { row: Row }) {
  const [seen, see] = useState<string | null>(null);
  const shared = { params: { bindingId: row.id }, version: row.version };
  if (row.status === 'asked') {
    return (
      <>
        {seen === null
          ? <RouteDialog route={revealBindingName} params={shared.params} words="查看姓名" title="查看申请人姓名" submit="查看并记录" done="已记入操作记录" isQuiet ability={row.can.reveal} extras={{ reason: { help: '例如：与不动产权证核对' } }} onDone={({ value }) => see(value ?? '没有登记')} />
          : <span className="sz-nowrap">{`姓名：${seen}`}</span>}
        <RouteDialog route={confirmBinding} {...shared} words="确认" title={`确认${seen ?? row.name}是${row.unit ?? row.place}的业主`} submit="确认" done="已确认" isQuiet ability={row.can.confirm} extras={{ ...(row.unitId === null ? { room: { isNeeded: true } } : { room: { applies: () => false } }), reason: { help: '例如：看过不动产权证原件；业委会认识' } }} />
        <RouteDialog route={refuseBinding} {...shared} words="不予通过" title="不予通过" submit="不予通过" done="已告知业主" isQuiet ability={row.can.refuse} />
      </>
    );
  }
  return row.status === 'bound' ? <RouteDialog route={endBinding} {...shared} words="解除" title="解除绑定" submit="解除" done="已解除" isQuiet isDanger ability={row.can.end} /> : null;
}
