import { useNavigate } from '@tanstack/react-router';
import type { listOrgUnits } from '#contract/administration/org-unit.ts';
import type { Answer } from '#contract/define-route.ts';
import { mergeOrgUnit } from '#contract/registry/org-unit.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useOrgUnits } from '#web/kit/fields/use-org-units.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

type Unit = Pick<Answer<typeof listOrgUnits>['rows'][number], 'id' | 'kind' | 'parentId' | 'name' | 'version' | 'archivedAt'>;

/** 合并: a township into another, a community into another of its township, by a change of the divisions. */
export function MergeUnit({ unit }: { unit: Unit }) {
  const navigate = useNavigate();
  const units = useOrgUnits();
  const may = useMay();
  if ((unit.kind !== 'township' && unit.kind !== 'neighbourhood') || unit.archivedAt !== null || !may(mergeOrgUnit.permission)) return null;
  const others = (units.data?.rows ?? []).filter((row) => row.kind === unit.kind && row.parentId === unit.parentId && row.id !== unit.id);
  const what = unit.kind === 'township' ? '小区、社区（村）和岗位' : '小区和岗位';
  return (
    <RouteDialog
      route={mergeOrgUnit} params={{ orgUnitId: unit.id }} version={unit.version} words="合并" title={`把“${unit.name}”并入`} submit="合并" done="已合并，原机构已撤销" isDanger
      ability={others.length > 0 ? true : '同一上级下没有别的机构可以并入'}
      extras={{
        intoId: { help: `${what}都归到并入的机构；“${unit.name}”撤销，两边的代码都不变，以后导入的台账写原名也认得`, control: ({ text, onType, ...rest }) => <Choice {...rest} value={text} blank="请选择" choices={Object.fromEntries(others.map((row) => [row.id, row.name]))} onChange={onType} /> },
        onDate: { help: '区划调整的生效日期' }, basis: { help: '如：省政府批复的名称和文号' },
      }}
      onDone={(into) => void navigate({ to: paths.orgUnit(into.id) })}
    />
  );
}
