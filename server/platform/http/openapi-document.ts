import { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { isForMachines } from '#contract/machine.ts';
import { problems } from '#contract/problems.ts';

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const nodeAt = (node: unknown, ...path: readonly string[]): Node => {
  const found = path.reduce<unknown>((at, key) => (isNode(at) ? at[key] : undefined), node);
  return isNode(found) ? found : {};
};
const ref = (name: string): Node => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };

/** 错误的形状 (RFC 9457), as `Problem.toBody` writes it. */
const problemSchema: Node = {
  type: 'object', required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'violations', 'errors'],
  properties: {
    type: { type: 'string', format: 'uri' }, title: text, status: { type: 'integer' }, detail: text, instance: text, code: { type: 'string', enum: Object.keys(problems) },
    violations: { type: 'array', items: { type: 'object', required: ['rule', 'message', 'source'], properties: { rule: text, message: text, source: { type: 'array', items: { type: 'object', properties: { id: text, clause: text } } } } } },
    errors: { type: 'array', items: { type: 'object', required: ['pointer', 'message'], properties: { pointer: text, message: text } } },
  },
};

/**
 * 补全接口说明: what the schema compiler does not know of a route — its name, who may call it, the headers it needs, its
 * problems, forms and files — is written in from the contract; components nothing refers to are left out, the others stand in order of their names.
 */
export function completed(document: unknown, routes: readonly Route[]): Node {
  const whole: Node = isNode(document) ? structuredClone(document) : {};
  for (const route of routes) describe(nodeAt(whole, 'paths', pathOf(route), route.method.toLowerCase()), route);
  const components = nodeAt(whole, 'components');
  components['schemas'] = { ...nodeAt(components, 'schemas'), Problem: problemSchema };
  components['securitySchemes'] = {
    session: { type: 'apiKey', in: 'cookie', name: 'shanzhi_session', description: '登录后的会话' },
    key: { type: 'http', scheme: 'bearer', bearerFormat: 'sz_…', description: '接口密钥，由安全管理员发给别的系统；不带 Cookie，也不需要防跨站标记' },
  };
  whole['security'] = [{ session: [] }];
  prune(whole, nodeAt(components, 'schemas'));
  components['schemas'] = byName(nodeAt(components, 'schemas'));
  return whole;
}

/** In order of their names: the compiler's own order is that in which files happen to be loaded, so that one import more would move the whole document. */
const byName = (node: Node): Node => Object.fromEntries(Object.entries(node).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const pathOf = ({ path }: Route): string => `/api${path.replace(/:(\w+)/g, '{$1}')}`;

/** `GET /estates/:estateId/heads` → `getEstatesByEstateIdHeads`. */
const operationId = ({ method, path }: Route): string =>
  method.toLowerCase() + path.split(/[/.-]/).filter(Boolean).map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part))).join('');
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function describe(operation: Node, route: Route): void {
  operation['operationId'] = operationId(route);
  operation['x-permission'] = route.permission;
  if (route.permission === 'public') operation['security'] = [];
  else if (isForMachines(route)) operation['security'] = [{ session: [] }, { key: [] }];
  const given: unknown = operation['parameters'];
  const parameters = [...(Array.isArray(given) ? given : []), ...headersOf(route)];
  if (parameters.length > 0) operation['parameters'] = parameters;
  if (route.kind === 'upload') operation['requestBody'] = { required: true, content: { 'multipart/form-data': { schema: formOf(route) } } };
  const success = nodeAt(operation, 'responses', '200');
  success['description'] = '成功';
  if (route.kind === 'download') success['content'] = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  if (route.kind === 'stream') success['content'] = { 'text/event-stream': { schema: text } };
  Object.assign(nodeAt(operation, 'responses'), problemsOf(route));
}

const header = (name: string, description: string, required = true): Node => ({ in: 'header', name, required, description, schema: text });

function headersOf(route: Route): Node[] {
  const { method, permission, needsVersion } = route;
  const changes = method !== 'GET' && permission !== 'public';
  return [
    ...(changes ? [isForMachines(route) ? header('x-shanzhi-csrf', '当前会话的防跨站标记；凭接口密钥时不需要', false) : header('x-shanzhi-csrf', '当前会话的防跨站标记')] : []),
    ...(changes && method === 'POST' ? [header('idempotency-key', '防重复提交标记，8 至 100 个字符')] : []),
    ...(needsVersion ? [header('if-match', '读取时的版本号')] : []),
  ];
}

/** The fields of an upload and its files; named parts of the body stand among the components already. */
function formOf({ body }: Route): Node {
  const { $defs: _defs, $schema: _schema, ...schema } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' });
  const own: unknown = JSON.parse(JSON.stringify(schema).replaceAll(/"#\/\$defs\/(\w+)"/g, '"#/components/schemas/$1Input"'));
  return { type: 'object', ...(isNode(own) ? own : {}), properties: { ...nodeAt(own, 'properties'), files: { type: 'array', items: { type: 'string', format: 'binary' } } } };
}

function problemsOf(route: Route): Node {
  const { problems: named, permission, method, needsVersion } = route;
  const codes = new Set([...named, 'input.invalid' as const,
    ...(permission === 'public' ? [] : ['session.required' as const]), ...(isForMachines(route) ? ['key.refused' as const, 'access.denied' as const] : []), ...(permission === 'public' || permission === 'signed-in' ? [] : ['access.denied' as const]),
    ...(method === 'POST' && permission !== 'public' ? ['idempotency.required' as const, 'idempotency.mismatch' as const] : []),
    ...(needsVersion ? ['state.version-required' as const, 'state.stale' as const] : [])]);
  const byStatus = Map.groupBy(codes, (code) => problems[code].status);
  return Object.fromEntries([...byStatus].sort(([a], [b]) => a - b).map(([status, of]) => [String(status), {
    description: of.map((code) => `${code} ${problems[code].title}`).join('；'), content: { 'application/problem+json': { schema: ref('Problem') } },
  }]));
}

/** Leaves out components that nothing refers to, until all that remain are referred to. */
function prune(whole: Node, schemas: Node): void {
  for (;;) {
    const used = new Set([...JSON.stringify(whole).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name));
    const idle = Object.keys(schemas).filter((name) => !used.has(name));
    if (idle.length === 0) return;
    for (const name of idle) delete schemas[name];
  }
}
