import { getCollectionPart } from '#contract/collection.ts';
import { getComplaint } from '#contract/complaint.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

/** Pages that not everybody may open who sees a time limit about them. */
const doors = [['/collection-parts/', getCollectionPart.permission], ['/complaints/', getComplaint.permission]] as const;

/** 事项的页面: where what is due is done; to whoever only watches a body fill in its form or deal with a complaint, the page of the time limit. */
export function useDutyPath(): (duty: { readonly id: string; readonly path: string }) => string {
  const may = useMay();
  return ({ id, path }) => (doors.some(([begins, permission]) => path.startsWith(begins) && !may(permission)) ? paths.obligation(id) : path);
}
