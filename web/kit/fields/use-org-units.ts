import { listOrgUnits } from '#contract/administration/org-unit.ts';
import { useRoute } from '../hooks/use-route.ts';

/** 组织机构: every body of the county; few hundred rows, read once and shared by all pickers. */
export function useOrgUnits() {
  return useRoute(listOrgUnits, { query: {} });
}
