import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from '#server/main/modules.ts';
import { signedIn, type Signed } from '#server/main/testing/sign-in.ts';
import { makeWorld, WORLD_PASSWORD, type World } from '#server/main/testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
let world: World;
let head: Signed;
let stranger: Signed;
beforeAll(async () => {
  kit = await testKit(modules);
  world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  head = await signedIn(app, '左侧-township');
  stranger = await signedIn(app, '右侧-township');
});
afterAll(async () => { await app.close(); await kit.stop(); });

const path = () => `/api/hand-overs/${world.left.ids.handOverId ?? ''}`;
const scan = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('a photo of the signed list')]);
let keys = 0;
function put(who: Signed, name: string, content: Buffer) {
  keys += 1;
  return app.inject({
    method: 'POST', url: `${path()}/scans`, headers: { ...who.headers, 'idempotency-key': `handover-scan-${keys}`, 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.concat([Buffer.from(`--b\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`), content, Buffer.from('\r\n--b--\r\n')]),
  });
}

test('a head of the same body puts up the list signed by hand, signs in place with his own password, and opens the scan again as it came', async () => {
  const strange = await put(stranger, '清单.png', scan);
  expect([strange.statusCode, strange.body]).toEqual([404, expect.stringContaining('not-found')]);
  const wrong = await put(head, '清单.png', Buffer.from('MZ not a picture'));
  expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'input.invalid']);
  expect((await app.inject({ url: `${path()}/scan`, headers: head.headers })).statusCode).toBe(404);

  const kept = await put(head, '清单.png', scan);
  expect([kept.statusCode, kept.json().hasScan, kept.json().myPart]).toEqual([200, true, 'stand-in']);
  const { listMark, version } = kept.json() as { listMark: string; version: number };
  const sign = (password: string, ifMatch = String(version)) => app.inject({ method: 'PUT', url: `${path()}/stand-in-signature`, headers: { ...head.headers, 'if-match': ifMatch }, payload: { reason: '已离职，清单由本人手签', listMark, password } });
  expect((await sign('not-the-password')).json().code).toBe('session.wrong-password');
  expect((await sign(WORLD_PASSWORD, String(version - 1))).statusCode).toBe(412);
  const signed = await sign(WORLD_PASSWORD);
  expect([signed.statusCode, signed.json().status, signed.json().signatures[0]]).toEqual([200, 'signed', expect.objectContaining({ byName: '左侧-township', inPlaceReason: '已离职，清单由本人手签' })]);
  expect((await put(head, '别的.png', scan)).json().code).toBe('state.conflict');

  const file = await app.inject({ url: `${path()}/scan`, headers: head.headers });
  expect([file.statusCode, file.headers['content-type'], file.rawPayload.equals(scan)]).toEqual([200, 'image/png', true]);
  expect(decodeURIComponent(String(file.headers['content-disposition']))).toMatch(/^attachment;.*清单\.png/);
  expect((await app.inject({ url: `${path()}/scan`, headers: stranger.headers })).statusCode).toBe(404);
});
