import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeId } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { ensureHolidays } from '#modules/administration/index.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from '#server/main/modules.ts';
import { makeWorld, type World } from '#server/main/testing/world.ts';

const PHONE = '13800005678';
let kit: TestKit;
let world: World;
let app: FastifyInstance;
beforeAll(async () => {
  kit = await testKit(modules);
  world = await makeWorld(kit.kit);
  await ensureHolidays(kit.kit);
  app = await buildServer({ ...kit.kit, isDemo: true }, { logLevel: 'silent' });
});
afterAll(async () => { await app.close(); await kit.stop(); });
beforeEach(async () => { await kit.kit.database.write(everything, async (db) => { await db.deleteFrom('owner.phoneCode').execute(); await db.deleteFrom('owner.filing').execute(); }); });

const post = (path: string, payload: object) => app.inject({ method: 'POST', url: `/api/owner/${path}`, payload });
const kept = z.object({ text: z.string() });

/** A code for the telephone, read from the demonstration's outbox. */
async function code(phone = PHONE): Promise<string> {
  kit.clock.set(instantOf(epochOf(kit.kit.clock.now()) + 61_000));
  expect((await post('phone-codes', { estateId: world.left.ids.estateId, phone })).statusCode).toBe(200);
  const row = await kit.kit.database.read(everything, (db) => db.selectFrom('owner.phoneCode').select('demoCipher').orderBy('createdAt', 'desc').executeTakeFirstOrThrow());
  return /验证码(\d{6})/.exec(kept.parse(JSON.parse(kit.kit.vault.open(row.demoCipher ?? ''))).text)?.[1] ?? '';
}
const draft = async (more: object = {}) => ({ estateId: world.left.ids.estateId, buildingId: world.left.ids.buildingId, spot: '1单元门口', category: 'F04', body: '楼道里飞线充电', phone: PHONE, code: await code(), intent: newId().replaceAll('-', ''), ...more });
const complaints = () => kit.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').selectAll().where('origin', '=', 'owner').orderBy('id').execute());
/** The smallest picture a browser would send, with a place written into it. */
const picture = (note: string) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), (() => { const length = Buffer.alloc(2); length.writeUInt16BE(Buffer.byteLength(note) + 2); return length; })(), Buffer.from(note), Buffer.from([0xff, 0xdb, 0x00, 0x04, 1, 1, 0xff, 0xda, 0x00, 0x04, 1, 1, 7, 7, 7, 0xff, 0xd9])]).toString('base64');

describe('an owner files from a telephone', () => {
  test('and gets a number and a receipt: it lies with the community of the estate, the telephone sealed, the photo without what the camera wrote into it', async () => {
    const answer = await post('complaints', await draft({ photo: picture('GPS 31.2,121.5'), name: '王大爷' }));
    expect([answer.statusCode, answer.json()]).toEqual([200, { no: expect.stringMatching(/^投诉〔\d{4}〕\d+号$/), token: expect.stringMatching(/^[\w-]{43}$/) }]);
    const [filed, ...others] = await complaints();
    expect([others.length, filed?.estateId, filed?.handlerId, filed?.categoryCode, filed?.body, filed?.status]).toEqual([0, world.left.ids.estateId, world.left.ids.neighbourhoodId, 'F04', '楼道里飞线充电', 'received']);
    const rows = await kit.kit.database.read(everything, async (db) => ({ complainant: await db.selectFrom('complaint.complainant').selectAll().where('complaintId', '=', filed?.id ?? makeId<'Complaint'>(newId())).executeTakeFirstOrThrow(), filing: await db.selectFrom('owner.filing').selectAll().executeTakeFirstOrThrow(), file: await db.selectFrom('platform.file').selectAll().where('subjectKind', '=', 'Complaint').executeTakeFirstOrThrow() }));
    expect(JSON.stringify([rows.complainant, rows.filing])).not.toMatch(/13800005678|王大爷/);
    const photo = await buffer(await kit.kit.files.open(rows.file.hash));
    expect([photo.includes('GPS'), rows.file.mediaType, rows.file.name, photo.subarray(0, 2).toString('hex')]).toEqual([false, 'image/jpeg', '现场照片.jpg', 'ffd8']);

    const receipt = (await post('receipts', { token: answer.json().token })).json();
    expect(receipt).toMatchObject({ no: answer.json().no, estate: '左侧小区', body: '楼道里飞线充电', handler: '社左社区', nextDueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    expect(JSON.stringify(receipt)).not.toMatch(/王大爷|13800005678|左侧-/);
  });

  test('sent twice because the answer was lost, it is one complaint with one number, and both links open it', async () => {
    const before = (await complaints()).length;
    const sent = await draft();
    const [first, again] = [await post('complaints', sent), await post('complaints', sent)];
    expect([first.json().no === again.json().no, first.json().token === again.json().token, (await complaints()).length]).toEqual([true, false, before + 1]);
    for (const { token } of [first.json(), again.json()]) expect((await post('receipts', { token })).json()).toMatchObject({ no: first.json().no });
  });

  test('a wrong code files nothing and is counted; the right one still fits; it fits once', async () => {
    const before = (await complaints()).length;
    const sent = await draft();
    const wrong = await post('complaints', { ...sent, code: sent.code === '000000' ? '000001' : '000000' });
    expect([wrong.statusCode, wrong.json().code, wrong.json().detail]).toEqual([403, 'owner.wrong-code', expect.stringContaining('还可以试 4 次')]);
    expect((await post('complaints', sent)).statusCode).toBe(200);
    expect((await post('complaints', { ...sent, intent: newId().replaceAll('-', '') })).json().code).toBe('owner.wrong-code');
    expect((await complaints()).length).toBe(before + 1);
  });

  test('what is refused for what was written leaves the code as it was: no building of another estate, no picture that is none', async () => {
    const sent = await draft({ buildingId: world.right.ids.buildingId });
    expect((await post('complaints', sent)).statusCode).toBe(400);
    for (const photo of [Buffer.from('<svg onload=alert(1)>').toString('base64'), Buffer.from('%PDF-1.7').toString('base64')]) expect((await post('complaints', { ...sent, buildingId: null, photo })).json().code).toBe('input.invalid');
    for (const wrong of [{ category: 'Z99' }, { body: ' ' }, { body: '长'.repeat(1_001) }, { phone: '12345' }, { intent: 'x' }]) expect((await post('complaints', { ...sent, buildingId: null, ...wrong })).statusCode).toBe(400);
    expect((await post('complaints', { ...sent, buildingId: null })).statusCode).toBe(200);
  });

  test('one telephone files six a day, and is then told where else to go', async () => {
    const told: number[] = [];
    for (let no = 0; no < 7; no += 1) {
      await kit.kit.database.write(everything, async (db) => { await db.deleteFrom('owner.phoneCode').execute(); });
      const answer = await post('complaints', await draft({ body: `第${no}件` }));
      told.push(answer.statusCode);
      if (answer.statusCode !== 200) expect(answer.json()).toMatchObject({ code: 'rate.limited', detail: expect.stringContaining('12345') });
    }
    expect(told).toEqual([200, 200, 200, 200, 200, 200, 429]);
  });
});

describe('by the receipt', () => {
  test('facts are added, by nobody else’s token; before there is an answer nothing can be confirmed or disputed', async () => {
    const { token } = (await post('complaints', await draft())).json();
    const added = await post('receipts/facts', { token, text: '今天又充了一晚上' });
    expect([added.statusCode, added.json().steps.some(({ note }: { note: string }) => note.includes('今天又充了一晚上'))]).toEqual([200, true]);
    expect((await post('receipts/confirmation', { token, satisfaction: 'satisfied' })).statusCode).toBe(409);
    expect((await post('receipts/dispute', { token, newFact: '还是老样子' })).statusCode).toBe(409);
    for (const other of ['x', `${token}x`, '']) expect([other.length, (await post('receipts', { token: other })).statusCode]).toEqual([other.length, other === '' ? 400 : 404]);
  });
});
