import { useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { archiveEstate, mergeEstate, renameEstate, type getEstate } from '#contract/registry/estate.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { EstatePicker } from '#web/kit/fields/EstatePicker.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { SplitDialog } from './SplitDialog.tsx';
import { paths } from '#web/paths.ts';

/** 小区操作: edit, rename, split, merge, archive; each with its reason when it may not be done. */
export function EstateActions({ estate }: { estate: Answer<typeof getEstate> }) {
  const navigate = useNavigate();
  const shared = { params: { estateId: estate.id }, version: estate.version };
  return (
    <>
      <ActionLink to={paths.estateEdit(estate.id)} ability={estate.can.edit} isButton>修改</ActionLink>
      <RouteDialog {...shared} route={renameEstate} words="更名" title="小区更名" submit="更名" done="已更名，原名记为曾用名" ability={estate.can.rename} />
      <SplitDialog estate={estate} />
      <RouteDialog
        {...shared} route={mergeEstate} words="合并" title={`把“${estate.name}”并入另一个小区`} submit="合并" done="已合并" ability={estate.can.merge} isDanger
        extras={{ intoId: { help: '合并后，房屋、合同、业委会都归到这个小区；本小区归档，名称记为曾用名', control: ({ text, onType, ...rest }) => <EstatePicker {...rest} value={text} onChange={onType} /> } }}
        onDone={(into) => void navigate({ to: paths.estate(into.id) })}
      />
      <RouteDialog {...shared} route={archiveEstate} words="归档" title={`归档“${estate.name}”`} submit="归档" done="已归档，列表中默认不再显示" ability={estate.can.archive} isDanger />
    </>
  );
}
