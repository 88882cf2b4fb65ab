import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { exportPractitioners, listPractitioners, PractitionerRow } from '#contract/registry/practitioner.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { RecordTags } from '../EstateTags.tsx';

type Row = Answer<typeof listPractitioners>['rows'][number];
const columns = columnsOf(PractitionerRow, ['name', 'company', 'post', 'phone', 'idNumber', 'hiredOn', 'leftOn', 'certificate'], {
  extra: ['idNumber', 'leftOn'],
  cells: {
    name: (row) => <><Link to={paths.practitioner(row.id)}>{row.name}</Link> <RecordTags archivedAt={row.archivedAt} /></>,
    company: (row) => (row.company === null ? <span className="sz-muted">—</span> : <Link to={paths.company(row.company.id)}>{row.company.name}</Link>),
  },
});

/** 从业人员列表. */
export function PractitionerListPage() {
  // Whoever may never edit is spared a refusal in every row.
  const mayEdit = useMay()('registry.edit');
  return (
    <ListPage
      route={listPractitioners} exportRoute={exportPractitioners} title="从业人员" lead="企业负责人、项目经理和其他岗位人员。" columns={columns} rowKey={(row) => row.id} empty="还没有从业人员，可以先导入从业人员名册"
      create={{ to: paths.practitionerNew, words: '登记人员', permission: 'registry.edit' }}
      {...(mayEdit ? { actions: (row: Row) => <ActionLink to={paths.practitionerEdit(row.id)} ability={row.can.edit}>修改</ActionLink> } : {})}
    />
  );
}
