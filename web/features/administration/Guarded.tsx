import type { ReactNode } from 'react';
import type { Route } from '#contract/define-route.ts';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { Page } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { Failed } from '#web/kit/states.tsx';

/** 须有权限的页面: someone who came by an address that his post does not open reads why, instead of a page of refusals. */
export function Guarded({ title, route, children }: { title: string; route: Pick<Route, 'permission' | 'summary'>; children: ReactNode }) {
  const may = useMay();
  if (may(route.permission)) return children;
  return <Page title={title}><Failed error={new ProblemError(403, { title: '没有权限', detail: `当前岗位不能查看「${route.summary}」` })} /></Page>;
}
