import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from '#server/main/modules.ts';
import { signedIn, type Signed } from '#server/main/testing/sign-in.ts';
import { makeWorld } from '#server/main/testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
let [office, sibling, company]: Signed[] = [];
let file: string;
const police = newId<'OrgUnit'>();
const scan = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(4_000, 'x'), Buffer.from('\n%%EOF')]);

beforeAll(async () => {
  kit = await testKit(modules, { size: 2 });
  const world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  [office, sibling, company] = [await signedIn(app, `${world.left.mark}-neighbourhood`), await signedIn(app, `${world.right.mark}-township`), await signedIn(app, `${world.left.mark}-company`)];
  file = `/api/complaints/${world.left.ids.complaintId}`;
  await kit.kit.database.write(everything, (db) => db.insertInto('platform.orgUnit').values({ id: police, countyId: world.countyId as never, parentId: world.countyId as never, kind: 'department', name: '公安局', matchKey: '公安局' }).execute());
});
afterAll(async () => { await app.close(); await kit.stop(); });

const get = (by: Signed | undefined, url = file) => app.inject({ method: 'GET', url, headers: { ...by?.headers } });
async function put(act: string, payload: object) {
  const { version } = (await get(office)).json<{ version: number }>();
  return app.inject({ method: 'PUT', url: `${file}/${act}`, headers: { ...office?.headers, 'if-match': `"${version}"` }, payload });
}
const upload = (by: Signed | undefined, bytes: Uint8Array, { name = '公安局复函（扫描件）.pdf', key = String(newId()) } = {}) => app.inject({
  method: 'POST', url: `${file}/files`, headers: { ...by?.headers, 'idempotency-key': key, 'content-type': 'multipart/form-data; boundary=b' },
  payload: Buffer.concat([Buffer.from(`--b\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: application/pdf\r\n\r\n`), bytes, Buffer.from('\r\n--b--\r\n')]),
});
interface Shown { readonly files: readonly { readonly fileNo: number; readonly name: string; readonly kind: string; readonly sizeBytes: number }[]; readonly steps: readonly { readonly note: string; readonly isOffline: boolean; readonly title: string }[] }

describe('the paper answer of a body without an account', () => {
  test('is written down by whoever passed the file on, with its scan, which comes back byte by byte', async () => {
    expect((await put('lead-body', { leadId: police, assistingId: null, why: '请依法办理' })).json()).toMatchObject({ handler: '公安局', isHandlerOffline: true });
    expect((await put('answer', { outcome: 'resolved', agreement: '', reply: '公安局书面答复：已责令拆除' })).json<Shown>().steps.at(-1)).toMatchObject({ title: '答复', isOffline: true });
    const key = String(newId());
    const answer = await upload(office, scan, { key });
    expect(answer.statusCode).toBe(200);
    expect(answer.json<Shown>().files).toEqual([{ fileNo: 1, name: '公安局复函（扫描件）.pdf', sizeBytes: scan.length, kind: 'reply' }]);
    expect((await upload(office, scan, { key })).json<Shown>().files).toHaveLength(1);
    const back = await get(office, `${file}/files/1`);
    expect([back.statusCode, back.headers['content-type'], back.rawPayload.equals(scan)]).toEqual([200, 'application/pdf', true]);
    expect((await get(office)).json<Shown>().steps.at(-1)?.note).toBe('上传附件：公安局复函（扫描件）.pdf');
  });

  test('is neither added nor read by another township or by a company', async () => {
    expect([(await upload(sibling, scan)).statusCode, (await get(sibling, `${file}/files/1`)).statusCode]).toEqual([404, 404]);
    expect([(await upload(company, scan)).statusCode, (await get(company, `${file}/files/1`)).statusCode]).toEqual([403, 403]);
  });

  test('is a PDF or a picture by its bytes, whatever it is called, and nothing of another is kept', async () => {
    const bad = await upload(office, Buffer.from('<script>alert(1)</script>'));
    expect([bad.statusCode, bad.json<{ detail: string }>().detail]).toEqual([400, '附件可以是 PDF 或图片（.jpg、.png），其他格式请另存为 PDF']);
    expect((await upload(office, scan, { name: '复函.png' })).statusCode).toBe(400);
    expect((await get(office)).json<Shown>().files).toHaveLength(1);
  });
});
