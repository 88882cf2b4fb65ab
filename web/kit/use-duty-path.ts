import { getCollectionPart } from '#contract/collection.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

/** 事项的页面: where what is due is done; to whoever only watches a body fill in its form, the page of the time limit. */
export function useDutyPath(): (duty: { readonly id: string; readonly path: string }) => string {
  const may = useMay();
  return ({ id, path }) => (path.startsWith('/collection-parts/') && !may(getCollectionPart.permission) ? paths.obligation(id) : path);
}
