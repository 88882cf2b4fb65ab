import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { getMe } from '#contract/administration/session.ts';
import type { Answer, Route } from '#contract/define-route.ts';
import { call } from '../api/call.ts';
import { rememberCsrf } from '../api/csrf.ts';
import { ProblemError } from '../api/problem-error.ts';
import { ownDrafts } from '../form/drafts.ts';

/** 当前会话. */
export type Me = Answer<typeof getMe>;

/** 本人: who is signed in and what the active post may do; null when nobody is. */
export function useMe(): UseQueryResult<Me | null> {
  return useQuery({ queryKey: ['/me'], queryFn: readMe, staleTime: 60_000 });
}

/** 是否具备权限: may the active post do what a route needs? The server decides again; this only leaves out what would be refused. */
export function useMay(): (permission: Route['permission']) => boolean {
  const { data } = useMe();
  return (permission) => data !== null && data !== undefined && (permission === 'signed-in' || permission === 'public' || data.permissions.includes(permission));
}

async function readMe(): Promise<Me | null> {
  try {
    const me = await call(getMe);
    rememberCsrf(me.csrfToken);
    ownDrafts(me.user.id);
    return me;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return null;
    throw error;
  }
}
