import './administration.css';
import { Checkbox } from 'antd';
import { orgTree, type Branch } from '#domain/administration/org-tree.ts';
import { exportOrgUnits, listOrgUnits, postOrgUnit } from '#contract/administration/org-unit.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Nothing } from '#web/kit/states.tsx';
import { TextFilter } from './TextFilter.tsx';
import { kindWords, UnitActions, UnitTable, type OrgUnit } from './org-unit/UnitTable.tsx';

/** 组织机构: the county's bodies, and its townships with their neighbourhoods. */
export function OrgUnitsPage() {
  const mayEdit = useMay()(postOrgUnit.permission);
  const [{ q = '', archived }, change] = useUrlState();
  const units = useRoute(listOrgUnits, { query: archived === 'true' ? { includeArchived: 'true' } : {} }, { keeps: true });
  const rows = units.data?.rows ?? [];
  const { top, branches } = orgTree(rows, q.trim());
  const lines = linesOf(top, branches);
  return (
    <Page
      title="组织机构" lead={mayEdit ? '县、乡镇街道、社区（村），以及住建局和其他部门。' : '当前岗位只能查看，需要调整请联系系统管理员。'} needs={[units]}
      actions={<><ExportButton route={exportOrgUnits} filtered={{ ...(q.trim() === '' ? {} : { q: q.trim() }), ...(archived === 'true' ? { includeArchived: 'true' } : {}) }} />{mayEdit && <NewUnit />}</>}
    >
      <div className="sz-filters no-print" role="search" aria-label="筛选">
        <TextFilter title="名称或代码" value={q} onChange={(next) => change({ q: next })} />
        <Checkbox checked={archived === 'true'} onChange={(event) => change({ archived: event.target.checked ? 'true' : undefined })}>显示已撤销的</Checkbox>
      </div>
      <ShareBar name="组织机构" of="org-units" text={() => lines.map((line) => line.join('\t')).join('\n')} />
      <div id="org-units">
        {top.length === 0 && branches.length === 0 && <Nothing words="没有符合条件的机构" />}
        {top.length > 0 && <Section title="县级机构"><UnitTable name="县级机构" rows={top} mayEdit={mayEdit} empty="没有" /></Section>}
        {branches.length > 0 && <Section title="乡镇街道" note={`${branches.length} 个，点开看社区（村）`}>{branches.map((one) => <Township key={`${one.township.id}${q}`} branch={one} isOpen={q !== ''} mayEdit={mayEdit} />)}</Section>}
      </div>
    </Page>
  );
}

function Township({ branch: { township, below }, isOpen, mayEdit }: { branch: Branch<OrgUnit>; isOpen: boolean; mayEdit: boolean }) {
  return (
    <details className="sz-township" open={isOpen}>
      <summary>{township.name}{township.archivedAt !== null && '（已撤销）'}　<span className="sz-muted">{below.length} 个社区（村）{township.code !== null && `　代码 ${township.code}`}</span></summary>
      {mayEdit && (
        <div className="sz-actions sz-township-actions no-print">
          {township.archivedAt === null && <RouteDialog route={postOrgUnit} params={{}} fixed={{ kind: 'neighbourhood', parentId: township.id }} words="在此新增社区（村）" title={`新增：${township.name}的社区（村）`} submit="新增" done="已新增" extras={{ subkind: { help: '如：社区、村委会' } }} />}
          <UnitActions unit={township} />
        </div>
      )}
      <UnitTable name={`${township.name}的社区（村）`} rows={below} mayEdit={mayEdit} empty="还没有社区（村）" />
    </details>
  );
}

function NewUnit() {
  return <RouteDialog route={postOrgUnit} params={{}} words="新增机构" title="新增机构" submit="新增" done="已新增" extras={{ kind: { help: '村委会选“社区（村）”；开发区管委会选“乡镇街道”' }, parentId: { help: '社区（村）的上级是所在乡镇街道，其余的上级是县' } }} />;
}

function linesOf(top: readonly OrgUnit[], branches: readonly Branch<OrgUnit>[]): string[][] {
  const line = (unit: OrgUnit, above: string) => [unit.name, kindWords(unit), above, unit.code ?? '', unit.address ?? '', unit.archivedAt === null ? '' : '已撤销'];
  return [
    ['名称', '类别', '上级', '代码', '地址', '状态'],
    ...top.map((unit) => line(unit, top.find(({ id }) => id === unit.parentId)?.name ?? '')),
    ...branches.flatMap(({ township, below }) => [line(township, top.find(({ id }) => id === township.parentId)?.name ?? ''), ...below.map((unit) => line(unit, township.name))]),
  ];
}
