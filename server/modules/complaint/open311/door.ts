import { categories, categoryGroups, groupOf, type CategoryCode } from '#domain/complaint/category.ts';
import { startOfDay } from '#domain/kernel/local-date.ts';
import { submitterOf, type Ctx } from '#platform/context.ts';
import { AlreadyDone, fingerprintOf, keepAnswer, keptAnswer } from '#platform/http/idempotency.ts';
import type { Kit } from '#platform/kit.ts';
import { makeContext } from '#platform/make-context.ts';
import type { DoorRequest, StandardDoor } from '#platform/module.ts';
import { Problem } from '#platform/problem.ts';
import { countiesOf, jurisdictionOf, keyOf, offeredOf, refuseUnoffered } from './asking.ts';
import { createRequest } from './create.ts';
import { byToken, oneRequest, someRequests } from './requests.ts';
import { written, type Shape, type Value } from './write.ts';

const shapes = {
  discovery: { root: 'discovery', items: { endpoints: 'endpoint', formats: 'format' } }, services: { root: 'services', items: { services: 'service' } }, definition: { root: 'service_definition', items: { attributes: 'attribute' } },
  requests: { root: 'service_requests', items: { service_requests: 'request' } }, errors: { root: 'errors', items: { errors: 'error' } },
} as const satisfies Record<string, Shape>;
interface Found { readonly value: Value; readonly shape: Shape; readonly status?: number }

/** Open311 GeoReport v2: services from the category tree, requests without personal data; not part of the clerks' menu. */
export const open311: StandardDoor = {
  prefix: '/open311/v2/',
  answer: async (kit, method, asked) => {
    const { format, parts } = addressOf(asked.path);
    if (format === null) throw new Problem('not-found', '没有这个地址；请以 .json 或 .xml 结尾');
    const { value, shape, status } = await found(kit, method, asked, parts);
    return written(format, value, shape, status);
  },
  // The standard: 403 where the key is missing or not valid, 404 for what is not there, 400 for everything else that was asked wrongly.
  refuse: async (problem, { path }) => {
    const status = problem.code === 'key.refused' || problem.code === 'access.denied' ? 403 : problem.code === 'not-found' || problem.code === 'estate.not-found' ? 404 : problem.status === 429 || problem.status >= 500 ? problem.status : 400;
    return written(addressOf(path).format ?? 'json', [{ code: String(status), description: problem.message }], shapes.errors, status);
  },
};

function addressOf(path: string): { readonly format: 'json' | 'xml' | null; readonly parts: readonly string[] } {
  const [, name = '', format] = /^(.*)\.(json|xml)$/.exec(path) ?? [];
  return { format: format === 'json' || format === 'xml' ? format : null, parts: name.split('/') };
}

async function found(kit: Kit, method: 'GET' | 'POST', asked: DoorRequest, [what = '', id, ...rest]: readonly string[]): Promise<Found> {
  if (rest.length > 0) throw new Problem('not-found', '没有这个地址');
  if (method === 'GET' && what === 'discovery' && id === undefined) return { value: await discovery(kit), shape: shapes.discovery };
  if (method === 'GET' && what === 'services') {
    const { offered } = await offeredOf(kit, await jurisdictionOf(kit, asked, null));
    return id === undefined ? { value: offered.map(service), shape: shapes.services } : { value: definition(id, offered), shape: shapes.definition };
  }
  if (what !== 'requests' && what !== 'tokens') throw new Problem('not-found', '没有这个地址');
  const key = await keyOf(kit, asked);
  const { offered } = await offeredOf(kit, await jurisdictionOf(kit, asked, key));
  const ctx = makeContext(kit, { actor: key.actor, scope: key.scope, requestId: asked.requestId, ip: asked.ip, idempotency: method === 'POST' ? intentOf(asked) : null });
  if (method === 'POST' && what === 'requests' && id === undefined) return { value: await once(ctx, () => createRequest(ctx, asked.form, offered)), shape: shapes.requests, status: 201 };
  if (method === 'GET' && what === 'requests') return { value: id === undefined ? await someRequests(ctx, asked.query, offered) : await oneRequest(ctx, id, offered), shape: shapes.requests };
  if (method === 'GET' && id !== undefined) return { value: await byToken(ctx, id, offered), shape: shapes.requests };
  throw new Problem('not-found', '没有这个地址');
}

/** `changeset`: the day on which what is offered last changed. */
async function discovery(kit: Kit): Promise<Value> {
  const changes = await Promise.all((await countiesOf(kit)).map(async (countyId) => (await offeredOf(kit, countyId)).from));
  const last = changes.toSorted().at(-1);
  const changeset = last === undefined ? null : startOfDay(last);
  return {
    changeset, contact: '接口密钥请向县里的安全管理员申请', key_service: `${kit.origin}/api-keys`,
    endpoints: [{ specification: 'http://wiki.open311.org/GeoReport_v2', url: `${kit.origin}/open311/v2`, changeset, type: 'production', formats: ['application/json', 'text/xml'] }],
  };
}
const service = (code: CategoryCode): Value => ({ service_code: code, service_name: categories[code].title, description: categories[code].title, metadata: false, type: 'realtime', keywords: null, group: categoryGroups[groupOf(code)] });
function definition(code: string, offered: readonly CategoryCode[]): Value {
  refuseUnoffered(code, offered);
  return { service_code: code, attributes: [] };
}

/** 防重复提交: the standard has no mark of its own; who sends ours is answered the same again. */
function intentOf({ intent, form }: DoorRequest): Ctx['idempotency'] {
  if (intent === undefined) return null;
  if (intent.length < 8 || intent.length > 100) throw new Problem('input.invalid', 'Idempotency-Key 应是8至100个字符');
  const { api_key: _key, ...said } = form;
  return { key: intent, fingerprint: fingerprintOf(['POST', 'open311/requests', said]) };
}

async function once(ctx: Ctx, work: () => Promise<Value>): Promise<Value> {
  const [intent, submitter] = [ctx.idempotency, submitterOf(ctx.actor)];
  try {
    const value = await work();
    if (intent !== null && submitter !== null) await ctx.kit.database.write(ctx.scope, (db) => keepAnswer(db, submitter, intent.key, 201, value));
    return value;
  } catch (error) {
    if (!(error instanceof AlreadyDone) || intent === null || submitter === null) throw error;
    const kept = await ctx.read((db) => keptAnswer(db, submitter, intent.key));
    if (kept?.fingerprint !== intent.fingerprint) throw new Problem('idempotency.mismatch', '同一个 Idempotency-Key 下的内容不一致');
    if (kept.response === null) throw new Problem('state.conflict', '这次提交已经处理过');
    return kept.response as Value;
  }
}
