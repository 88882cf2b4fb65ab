import { exportLookupFlags, listLookupFlags, LookupFlag, putLookupOutcome } from '#contract/privacy.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(LookupFlag, ['lookedOn', 'userName', 'span', 'most', 'limitValue', 'outcome', 'decidedByName', 'decidedAt'], { extra: ['decidedByName', 'decidedAt'] });

/** 批量查询提示: whoever looked up much is asked what for; nothing is blocked. */
export function LookupFlagPage() {
  return (
    <ListPage
      route={listLookupFlags} exportRoute={exportLookupFlags} title="批量查询提示" columns={columns} rowKey={(row) => row.id} empty="没有达到提示值的查询"
      lead="查看完整号码或导出达到提示值的，请向本人核实用途并写明结果。只提示，不阻断，不排名。" buttons={<LinkButton to={paths.personalData}>个人信息清单</LinkButton>}
      actions={(row) => (row.can.decide === true
        ? <RouteDialog route={putLookupOutcome} params={{ flagId: row.id }} version={row.version} words="核实" title={`核实${row.userName}的查询`} submit="保存" done="已保存" isQuiet extras={{ outcome: { help: '如：配合换届核对业主名册，经分管领导同意' } }} />
        : <ActionButton isQuiet ability={row.can.decide} onClick={() => undefined}>核实</ActionButton>)}
    />
  );
}
