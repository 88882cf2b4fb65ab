import { Link } from '@tanstack/react-router';
import { exportPractitioners, listPractitioners, PractitionerRow } from '#contract/registry/practitioner.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { RecordTags } from '../EstateTags.tsx';

const columns = columnsOf(PractitionerRow, ['name', 'company', 'post', 'phone', 'idNumber', 'hiredOn', 'leftOn', 'certificate'], {
  extra: ['idNumber', 'leftOn'],
  cells: {
    name: (row) => <><Link to={paths.practitioner(row.id)}>{row.name}</Link> <RecordTags archivedAt={row.archivedAt} /></>,
    company: (row) => (row.company === null ? <span className="sz-muted">—</span> : <Link to={paths.company(row.company.id)}>{row.company.name}</Link>),
  },
});

/** 从业人员列表. */
export function PractitionerListPage() {
  return (
    <ListPage
      route={listPractitioners} exportRoute={exportPractitioners} title="从业人员" lead="企业负责人、项目经理和其他岗位人员。" columns={columns} rowKey={(row) => row.id} empty="还没有从业人员，可以先导入从业人员名册"
      create={{ to: paths.practitionerNew, words: '登记人员', permission: 'registry.edit' }}
      actions={(row) => <ActionLink to={paths.practitionerEdit(row.id)} ability={row.can.edit}>修改</ActionLink>}
    />
  );
}
