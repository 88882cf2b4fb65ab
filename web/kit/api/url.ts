import type { Route } from '#contract/define-route.ts';

type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null;

/** 接口地址: the address of a route below `/api`, its parameters filled and its query written; blanks are left out. */
export function apiUrl(route: Pick<Route, 'path'>, input: { params?: unknown; query?: unknown } = {}): string {
  const params = isPlain(input.params) ? input.params : {};
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(textOf(params[name])));
  const query = queryText(isPlain(input.query) ? input.query : {});
  return `/api${path}${query === '' ? '' : `?${query}`}`;
}

/** 查询串: `a=1&b=2`, blanks left out, lists repeated. */
export function queryText(query: Plain): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (textOf(one) !== '') search.append(name, textOf(one));
    }
  }
  return search.toString();
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
