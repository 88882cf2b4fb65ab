import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicCategories } from '#domain/complaint/policy.ts';
import { addDays, startOfDay, todayIn } from '#domain/kernel/local-date.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { signedIn } from './testing/sign-in.ts';
import { makeWorld, type World } from './testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
let world: World;
let key: string;
let idle: string;
let sibling: string;

beforeAll(async () => {
  kit = await testKit(modules, { size: 4 });
  world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  key = await keyWith(world.countyId, ['complaint.receive']);
  idle = await keyWith(world.countyId, ['target.read']);
  sibling = await keyWith(world.right.ids['townshipId'] ?? '', ['complaint.receive']);
});
afterAll(async () => { await app.close(); await kit.stop(); });

async function keyWith(scopeId: string, permissions: readonly string[]): Promise<string> {
  const { headers } = await signedIn(app, 'security');
  const name = `接口${String(Math.random()).slice(2)}`;
  const answer = await app.inject({ method: 'POST', url: '/api/api-keys', headers: { ...headers, 'idempotency-key': name }, payload: { name, scopeId, permissions, endsOn: '2026-12-31' } });
  return answer.json<{ secret: string }>().secret;
}
const get = (path: string) => app.inject({ method: 'GET', url: `/open311/v2/${path}` });
const post = (form: Record<string, string>, headers: Record<string, string> = {}, format = 'json') => app.inject({ method: 'POST', url: `/open311/v2/requests.${format}`, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, payload: new URLSearchParams(form).toString() });
const filed = (more: Record<string, string> = {}) => ({ api_key: key, service_code: 'F05', description: '消防通道被私家车堵住，叫了几次没人挪', address_id: world.left.ids['estateId'] ?? '', first_name: '不显', last_name: '令狐', phone: '13900007777', ...more });
const parser = new XMLParser({ parseTagValue: false, trimValues: false, processEntities: true });
const read = (xml: string): unknown => { expect(XMLValidator.validate(xml)).toBe(true); return parser.parse(xml); };

describe('Open311', () => {
  test('discovery and services are for anybody, in both forms; only public kinds are offered', async () => {
    const services = (await get(`services.json?jurisdiction_id=${world.countyId}`)).json<{ service_code: string }[]>();
    expect(services.map(({ service_code: code }) => code)).toEqual(publicCategories.versions[0]?.value);
    expect(services.some(({ service_code: code }) => /^[CD]/u.test(code))).toBe(false);
    const xml = await get(`services.xml?jurisdiction_id=${world.countyId}`);
    expect(xml.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(read(xml.body)).toMatchObject({ services: { service: expect.arrayContaining([expect.objectContaining({ service_code: 'F05', metadata: 'false' })]) } });
    expect(read((await get('discovery.xml')).body)).toMatchObject({ discovery: { endpoints: { endpoint: { formats: { format: ['application/json', 'text/xml'] } } } } });
    expect((await get(`services/F05.json?jurisdiction_id=${world.countyId}`)).json()).toEqual({ service_code: 'F05', attributes: [] });
  });

  test('what is sent becomes a complaint of its estate’s community, is found again by number, token and time, and shows nobody’s words or name', async () => {
    const answer = await post(filed());
    expect(answer.statusCode).toBe(201);
    const [made] = answer.json<{ service_request_id: string }[]>();
    const id = made?.service_request_id ?? '';
    expect(id).toMatch(/^2026-\d+$/u);
    const [row] = await kit.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').select(['id', 'origin', 'status', 'handlerId', 'neighbourhoodId']).where('numberSerial', '=', Number(id.split('-')[1])).execute());
    expect(row).toMatchObject({ origin: 'interface', status: 'received', handlerId: row?.neighbourhoodId });
    const one = await get(`requests/${id}.json?api_key=${key}`);
    expect(one.json()).toMatchObject([{ service_request_id: id, status: 'open', service_code: 'F05' }]);
    expect((await get(`tokens/${row?.id ?? ''}.json?api_key=${key}`)).json()).toEqual([{ service_request_id: id, token: row?.id }]);
    const xml = await get(`requests.xml?api_key=${key}&status=open&service_code=F05,F06`);
    expect(read(xml.body)).toMatchObject({ service_requests: { request: expect.anything() } });
    for (const { body } of [one, xml]) { expect(body).toContain(id); expect(body).not.toMatch(/令狐|不显|13900007777|没人挪/u); }
    expect((await get(`requests.json?api_key=${key}&status=closed`)).json()).toEqual([]);
    expect((await get(`requests/${id}.json?api_key=${sibling}`)).statusCode).toBe(404);
    expect((await get(`requests.json?api_key=${sibling}`)).json<{ address: string }[]>().filter(({ address }) => !address.includes('右'))).toEqual([]);
  });

  test('which kinds are public is the county’s setting of the day: what it closes is no longer offered, taken or shown, and comes back with it; a day to come changes nothing yet', async () => {
    const [request] = (await post(filed({ service_code: 'F06' }), { 'idempotency-key': 'open311-f06' })).json<{ service_request_id: string }[]>();
    const at = `jurisdiction_id=${world.countyId}`;
    const one = `requests/${request?.service_request_id}.json?api_key=${key}`;
    const { headers } = await signedIn(app, 'clerk');
    const set = (value: readonly string[], effectiveFrom: string) => app.inject({ method: 'POST', url: '/api/parameters/complaint.public-categories/overrides', headers: { ...headers, 'idempotency-key': newId() }, payload: { value, effectiveFrom, basis: '安建发〔2026〕9号' } });
    const without = (publicCategories.versions[0]?.value ?? []).filter((code) => code !== 'F06');
    const offers = async () => (await get(`services.json?${at}`)).json<{ service_code: string }[]>().map(({ service_code: code }) => code);
    const today = todayIn(kit.kit.clock.now());
    const all = publicCategories.versions[0]?.value ?? [];
    expect((await set([], addDays(today, 1))).statusCode).toBe(200);
    expect([await offers(), (await get(one)).statusCode]).toEqual([all, 200]);
    expect((await set([], addDays(today, -1))).statusCode).toBe(200);
    expect([await offers(), (await get(one)).statusCode, (await get(`requests.json?api_key=${key}`)).json()]).toEqual([[], 404, []]);
    expect((await set(without, today)).statusCode).toBe(200);
    expect(await offers()).toEqual(without);
    expect((await get('discovery.json')).json()).toMatchObject({ changeset: startOfDay(today) });
    expect([(await get(`services/F06.json?${at}`)).statusCode, (await get(one)).statusCode, (await post(filed({ service_code: 'F06' }))).statusCode]).toEqual([404, 404, 404]);
    expect((await get(`requests.json?api_key=${key}`)).body).not.toContain('"F06"');
    // What was answered once is answered the same again.
    expect((await post(filed({ service_code: 'F06' }), { 'idempotency-key': 'open311-f06' })).json()).toEqual([request]);
    const refused = await set(['D99'], addDays(today, 2));
    expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining('投诉类别中的若干项')]);
  });

  test('the same mark makes one complaint, with the same answer; another text under it is refused', async () => {
    const headers = { 'idempotency-key': 'open311-mark-1' };
    const [first, again] = [await post(filed(), headers), await post(filed(), headers)];
    expect([again.statusCode, again.json()]).toEqual([201, first.json()]);
    expect((await post(filed({ description: '别的事' }), headers)).statusCode).toBe(400);
  });

  test.each<[string, () => ReturnType<typeof get>, number, string]>([
    ['no key', () => get('requests.json'), 403, 'api_key'], ['a key without the permission', () => get(`requests.json?api_key=${idle}`), 403, '没有登记投诉的权限'], ['a key that is none', () => get('requests.json?api_key=sz_x'), 403, '接口密钥'],
    ['another jurisdiction', () => get(`requests.json?api_key=${key}&jurisdiction_id=x`), 404, 'jurisdiction_id'], ['no such service', () => get(`services/D01.json?jurisdiction_id=${world.countyId}`), 404, 'service_code'], ['no county where there are two', () => get('services.json'), 400, 'jurisdiction_id'], ['no such request', () => get(`requests/2026-99999.json?api_key=${key}`), 404, '没有编号'],
    ['a span too long', () => get(`requests.json?api_key=${key}&start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z`), 400, '最多相隔90天'], ['a date that is none', () => get(`requests.json?api_key=${key}&start_date=yesterday`), 400, 'start_date'],
    ['a status that is none', () => get(`requests.json?api_key=${key}&status=lost`), 400, 'status'], ['a page too large', () => get(`requests.json?api_key=${key}&page_size=1001`), 400, 'page_size'],
    ['no description', () => post(filed({ description: ' ' })), 400, 'description'], ['no place', () => post(filed({ address_id: '' })), 400, 'address_id'], ['a kind that is not public', () => post(filed({ service_code: 'D01' })), 404, 'service_code'],
    ['an estate of elsewhere', () => post({ ...filed(), api_key: sibling }), 400, '范围内没有这个小区'], ['no such address', () => get('nowhere.json'), 404, '没有这个地址'], ['no form of answer', () => get('services'), 404, '.json'],
  ])('%s is told in the form of the standard, in JSON and in XML', async (_name, ask, status, words) => {
    const answer = await ask();
    expect([answer.statusCode, answer.json()]).toEqual([status, [{ code: String(status), description: expect.stringContaining(words) }]]);
  });

  test('an e-mail address is kept sealed with the complainant; what is not used is named in the answer, and nothing is said where all was used', async () => {
    const answer = await post(filed({ email: 'linghu@example.test', media_url: 'http://example.test/a.jpg', lat: '30.1', long: '' }));
    expect(answer.statusCode).toBe(201);
    const [made] = answer.json<{ service_request_id: string; service_notice: string }[]>();
    expect(made?.service_notice).toMatch(/；没有采用media_url、lat：本接口不取外部图片，不按经纬度定位$/u);
    const kept = await kit.kit.database.read(everything, (db) => db.selectFrom('complaint.complainant as p').innerJoin('complaint.complaint as c', 'c.id', 'p.complaintId').select(['p.mailCipher', 'p.isAnonymous']).where('c.numberSerial', '=', Number(made?.service_request_id.split('-')[1])).executeTakeFirstOrThrow());
    expect(kept.isAnonymous).toBe(false);
    expect(kit.kit.vault.open(kept.mailCipher ?? '')).toBe('linghu@example.test');
    expect((await post(filed())).json<{ service_notice: string }[]>()[0]?.service_notice).not.toContain('没有采用');
    expect((await post(filed({ email: '不是邮箱' }))).json()).toMatchObject([{ code: '400', description: 'email 不是完整的邮箱地址' }]);
  });

  test('a body that is no form, or too large, is answered in the form of the standard with what to send instead', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x']) {
      const answer = await app.inject({ method: 'POST', url: '/open311/v2/requests.json', headers: { 'content-type': type }, payload: '{}' });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toEqual([{ code: '400', description: '请以表单（application/x-www-form-urlencoded）提交；本接口不接收 JSON、multipart 和附件' }]);
    }
    const large = await post(filed({ description: '长'.repeat(10_000) }));
    expect(large.statusCode).toBe(400);
    expect(large.json()).toEqual([{ code: '400', description: '提交的内容过大，请拆分后再提交' }]);
  });

  test('an error asked for as XML is XML', async () => {
    const answer = await post(filed({ description: '' }), {}, 'xml');
    expect([answer.statusCode, read(answer.body)]).toEqual([400, expect.objectContaining({ errors: { error: { code: '400', description: expect.stringContaining('description') } } })]);
  });

  test('whatever is sent is answered in the form of the standard, and never with a fault of ours', async () => {
    const name = fc.constantFrom('api_key', 'jurisdiction_id', 'service_code', 'description', 'address_id', 'address_string', 'phone', 'first_name', 'start_date', 'end_date', 'status', 'page', 'page_size', 'service_request_id', 'x');
    const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('', '%', '\u0000', "'; drop table", '<a>&', '2026-12', '99999-9999999', '0000-01-01T00:00:00Z', '9'.repeat(40)));
    const path = fc.oneof(fc.constantFrom('requests', 'services', 'tokens', 'discovery', 'requests/2026-1', 'requests//', 'tokens/'), fc.string({ maxLength: 20 }).map((text) => `requests/${encodeURIComponent(text.toWellFormed())}`));
    await fc.assert(fc.asyncProperty(path, fc.constantFrom('json', 'xml'), fc.boolean(), fc.dictionary(name, words, { maxKeys: 5 }), fc.boolean(), async (where, format, isPost, said, isKnown) => {
      const values = new URLSearchParams(Object.entries({ ...(isKnown ? { api_key: key } : {}), ...said }).map(([key_, value]) => [key_, value.toWellFormed()])).toString();
      const url = `/open311/v2/${where}.${format}`;
      const answer = isPost ? await app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: values }) : await app.inject({ method: 'GET', url: `${url}?${values}` });
      expect([url, values, answer.statusCode < 500]).toEqual([url, values, true]);
      if (String(answer.headers['content-type']).startsWith('text/xml')) read(answer.body); else answer.json();
    }), { numRuns: 150, seed: 20_261_123 });
  });
});

describe('how much one key may ask', () => {
  test('beyond its limit a key is told so in the form of the standard with the seconds to wait, in JSON and in XML; another key is not touched', async () => {
    const narrow = await buildServer(kit.kit, { logLevel: 'silent', limits: { perSession: 3, perAddress: 1_000 } });
    try {
      const ask = (by: string, format = 'json') => narrow.inject({ method: 'GET', url: `/open311/v2/requests.${format}?api_key=${by}` });
      // A key is known, and counted by itself, once it has opened something.
      for (const by of [key, sibling]) expect((await ask(by)).statusCode).toBe(200);
      const answers = [await ask(key), await ask(key), await ask(key), await ask(key)];
      const refused = answers.at(-1);
      expect([answers[0]?.statusCode, refused?.statusCode, refused?.json()]).toEqual([200, 429, [{ code: '429', description: expect.stringMatching(/请 \d+ 秒后再试/u) }]]);
      expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
      expect(read((await ask(key, 'xml')).body)).toMatchObject({ errors: { error: { code: '429' } } });
      expect((await ask(sibling)).statusCode).toBe(200);
    } finally {
      await narrow.close();
    }
  });
});

describe('a key of a machine at the counter', () => {
  test('registers under its own way in, with the mark against repeats; reads nothing that owners wrote', async () => {
    const headers = { authorization: `Bearer ${key}` };
    const payload = { origin: 'counter', receivedOn: '2026-11-20', estateId: world.left.ids['estateId'], category: 'A02', body: '楼道灯坏了半个月' };
    const send = (mark: string) => app.inject({ method: 'POST', url: '/api/complaints', headers: { ...headers, 'idempotency-key': mark }, payload });
    const made = await send('machine-mark-1');
    expect(made.statusCode).toBe(200);
    const row = await kit.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').select(['origin', 'recordedByName']).where('id', '=', made.json<{ id: never }>().id).executeTakeFirst());
    expect(row).toMatchObject({ origin: 'interface', recordedByName: expect.stringContaining('接口密钥') });
    expect((await send('machine-mark-1')).statusCode).toBe(409);
    for (const path of ['/complaints', `/complaints/${made.json<{ id: string }>().id}`, `/complaint-likenesses?estateId=${payload.estateId ?? ''}&words=楼道灯坏了`]) expect((await app.inject({ method: 'GET', url: `/api${path}`, headers })).statusCode).toBe(403);
  });
});
