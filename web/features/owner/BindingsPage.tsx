import { BindingRow, confirmBinding, endBinding, exportBindings, listBindings, refuseBinding } from '#contract/owner-binding.ts';
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
      route={listBindings} exportRoute={exportBindings} title="业主绑定" lead="业主在手机上申请绑定自己的房屋。手机号、姓名与登记一致的已自动绑定，其余请核对后确认。" columns={columns} rowKey={(row) => row.id}
      empty="没有业主申请绑定房屋" actions={(row) => <Acts row={row} />}
    />
  );
}

function Acts({ row }: { row: Row }) {
  const shared = { params: { bindingId: row.id }, version: row.version };
  if (row.status === 'asked') {
    return (
      <>
        <RouteDialog route={confirmBinding} {...shared} words="确认" title={`确认${row.name}是${row.unit ?? row.place}的业主`} submit="确认" done="已确认" isQuiet ability={row.can.confirm} extras={{ ...(row.unitId === null ? { room: { isNeeded: true } } : { room: { applies: () => false } }), reason: { help: '例如：看过不动产权证原件；业委会认识' } }} />
        <RouteDialog route={refuseBinding} {...shared} words="不予通过" title="不予通过" submit="不予通过" done="已告知业主" isQuiet ability={row.can.refuse} />
      </>
    );
  }
  return row.status === 'bound' ? <RouteDialog route={endBinding} {...shared} words="解除" title="解除绑定" submit="解除" done="已解除" isQuiet isDanger ability={row.can.end} /> : null;
}
