import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { ManagerBrief, type getEstate } from '#contract/registry/estate.ts';
import { putEstateManager } from '#contract/registry/service.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useFix } from '#web/kit/hooks/use-fix.ts';
import { Section } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(ManagerBrief, ['practitioner', 'phone', 'validFrom', 'validTo'], {
  cells: { practitioner: (row) => <Link to={paths.practitioner(row.practitioner.id)}>{row.practitioner.name}</Link> },
});

/** 小区的项目经理, now and before. */
export function EstateManagers({ estate }: { estate: Answer<typeof getEstate> }) {
  return (
    <Section
      title="项目经理"
      actions={<RouteDialog route={putEstateManager} params={{ estateId: estate.id }} version={estate.version} fix={useFix() === 'manager' ? 'practitionerId' : undefined} words="登记任职" title="登记项目经理任职" submit="登记" done="已登记任职" ability={estate.can.manager} extras={{ practitionerId: { help: '从从业人员中查找；留空表示现任卸任' } }} />}
    >
      <Table name="历任项目经理" columns={columns} rows={estate.managers} rowKey={(row) => row.id} empty={estate.managerName === null ? '没有登记项目经理' : `台账所载项目经理：${estate.managerName}（尚未与从业人员名册对应）`} />
    </Section>
  );
}
