import { expect, test } from 'vitest';
import type { Route } from '#contract/define-route.ts';
import { modules } from './modules.ts';

const routes = modules.flatMap((module) => module.routes.map((served) => served.route));

/** Lists that have no file of their own, and what stands for it. */
const WITHOUT: Readonly<Record<string, string>> = {
  '/grants': 'posts of a user, in the export of users',
  '/owners': 'names and numbers leave in bulk only as the roster of homes, recorded, by /units/export',
  '/ledger-batches/:batchId/rows': 'the rows to mend leave as refused.xlsx, the rest are the file itself',
  '/ledger-batches/:batchId/missing': 'names of records that stand in the export of their own list',
  '/public-items': 'published for everybody',
  '/demo-texts': 'what a demonstration would have sent to telephones, kept for a day',
  '/target/formation/readings': 'each is a sheet frozen when it was reported',
};

const isPaged = (route: Route): boolean => route.method === 'GET' && route.kind === 'json' && ['rows', 'next', 'total'].every((key) => Object.hasOwn((route.response as { readonly shape?: object }).shape ?? {}, key));
const withoutExport = (all: readonly Route[]): string[] => {
  const paths = new Set(all.filter(({ method }) => method === 'GET').map(({ path }) => path));
  return all.filter((route) => isPaged(route) && !paths.has(`${route.path}/export`)).map(({ path }) => path);
};

test('every list that is turned page by page has an export of the same conditions, or says what stands for it', () => {
  expect(routes.filter(isPaged).length).toBeGreaterThan(25);
  expect(withoutExport(routes).toSorted()).toEqual(Object.keys(WITHOUT).toSorted());
});

test('a list whose export is taken away is found', () => {
  expect(withoutExport(routes.filter(({ path }) => path !== '/estates/export'))).toContain('/estates');
});
