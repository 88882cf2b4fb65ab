import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant, type Id } from '#domain/kernel/brand.ts';
import { world as worldOn, type World } from '#modules/administration/testing/world.ts';
import { deleteDue, listDeletionKinds } from '#modules/privacy/use-cases/deletions.ts';
import { countyScope, everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { newId } from '#platform/ids.ts';
import { notify } from '#platform/notices/notify.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { notice } from './index.ts';

const TODAY = '2026-11-20T02:00:00.000Z';
/** Twelve months earlier: the last minute of the day before, and midnight in the county. */
const [GONE, KEPT] = ['2025-11-19T15:59:00.000Z', '2025-11-19T16:00:00.000Z'];
let given: TestKit;
let world: World;
let clerk: Id<'AppUser'>;
let owner: Client;
beforeAll(async () => {
  given = await testKit([notice], { at: TODAY });
  world = await worldOn(given.kit);
  clerk = await world.user('clerk', ['bureau-clerk']);
  owner = new Client({ connectionString: given.ownerUrl });
  await owner.connect();
  await owner.query("select set_config('shanzhi.level', 'everything', false)");
});
afterAll(async () => { await owner.end(); await given.stop(); });

/** Tells the clerk at that moment; with the mail's fate if one went out. */
async function tell(at: string, fate?: 'sent' | 'waiting'): Promise<void> {
  given.clock.set(at);
  await systemContext(given.kit).transact(async (tx) => {
    tx.auditNothing('test');
    await notify(tx, { kind: 'handover.waiting', to: [{ userId: clerk }], subject: ['HandOver', at], text: '有一件工作交接等您签字。', path: '/hand-overs' });
  });
  given.clock.set(TODAY);
  if (fate === undefined) return;
  await given.kit.database.write(everything, async (db) => {
    const { id: noticeId } = await db.selectFrom('platform.notice').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
    const deliveryId = newId<'NoticeDelivery'>();
    await db.insertInto('platform.noticeDelivery').values({ id: deliveryId, countyId: world.countyId, channelId: await channelId(), channelKind: 'mail', userId: clerk, status: fate, noticeCount: 1, dueAt: instant(at), createdAt: instant(at), finishedAt: fate === 'sent' ? instant(at) : null }).execute();
    await db.insertInto('platform.noticeDeliveryItem').values({ targetId: clerk, channelId: await channelId(), noticeId, countyId: world.countyId, deliveryId }).execute();
  });
}
const channels: Id<'NoticeChannel'>[] = [];
async function channelId(): Promise<Id<'NoticeChannel'>> {
  const [known] = channels;
  if (known !== undefined) return known;
  const id = newId<'NoticeChannel'>();
  channels.push(id);
  await owner.query("insert into platform.notice_channel (id, county_id, kind, name, facts, secret_cipher, created_at, updated_at) values ($1, $2, 'mail', '邮件', '{}', '', now(), now())", [id, world.countyId]);
  return id;
}
const left = () => given.kit.database.read(everything, async (db) => ({
  notices: (await db.selectFrom('platform.notice').select('subjectId').orderBy('createdAt').execute()).map(({ subjectId }) => subjectId),
  receipts: (await db.selectFrom('platform.noticeReceipt').select('userId').execute()).length,
  items: (await db.selectFrom('platform.noticeDeliveryItem').select('noticeId').execute()).length,
  deliveries: (await db.selectFrom('platform.noticeDelivery').select('status').orderBy('status').execute()).map(({ status }) => status),
}));
const night = () => deleteDue(systemContext(given.kit));
const due = async () => (await listDeletionKinds(systemContext(given.kit, { scope: countyScope(world.countyId) }))).rows.map((row) => [row.kind, row.due, row.yearCount]);

test('at night what is older than the county keeps goes, read or not, to the day; what still waits to be sent stays', async () => {
  await tell(GONE, 'sent');
  await given.kit.database.write(everything, (db) => db.updateTable('platform.noticeDelivery').set({ createdAt: instant(KEPT) }).execute());
  await tell(GONE);
  await tell(KEPT);
  await tell('2025-11-10T00:00:00.000Z', 'waiting');
  await tell('2025-11-11T00:00:00.000Z', 'sent');
  expect(await due()).toEqual([['notice.notices', 4, 0], ['notice.deliveries', 1, 0]]);
  await night();
  expect(await left()).toEqual({ notices: [KEPT], receipts: 1, items: 0, deliveries: ['sent', 'waiting'] });
  expect(await due()).toEqual([['notice.notices', 0, 4], ['notice.deliveries', 0, 1]]);
  await night();
  expect(await due()).toEqual([['notice.notices', 0, 4], ['notice.deliveries', 0, 1]]);
});

test('another county’s stay, and nobody but the nightly job may clear', async () => {
  const { rows } = await owner.query('select platform.clear_notices(gen_random_uuid(), now(), 5000) as n');
  expect(rows).toEqual([{ n: 0 }]);
  expect((await left()).notices).toEqual([KEPT]);
  for (const clear of ['clear_notices', 'clear_deliveries']) {
    await expect(given.kit.database.write(countyScope(world.countyId), (db, client) => client.query(`select platform.${clear}($1, now(), 5000)`, [world.countyId]))).rejects.toThrow(/privilege/);
  }
});

/** Rows of the notices' tables that this session has read so far. */
async function read(): Promise<number> {
  const { rows } = await owner.query<{ n: number }>("select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::integer as n from pg_stat_xact_user_tables where schemaname = 'platform' and relname like 'notice%'");
  return rows[0]?.n ?? 0;
}

/** How many are read to clear what is due. */
async function looked(): Promise<number> {
  await owner.query('begin');
  const before = await read();
  for (const clear of ['clear_notices', 'clear_deliveries']) await owner.query(`select platform.${clear}('${world.countyId}', '2025-11-20', 5000)`);
  const after = await read();
  await owner.query('commit');
  return after - before;
}

test('what a night looks at depends on what goes, not on what is kept', async () => {
  await channelId();
  const fill = async (count: number, at: string) => {
    await owner.query(`
      with n as (insert into platform.notice select gen_random_uuid(), $1, 'handover.ended', 'HandOver', 'x', '办结。', '/hand-overs', $5::timestamptz from generate_series(1, $2) returning id),
        r as (insert into platform.notice_receipt select $3, id, $1, null, $5 from n)
      insert into platform.notice_delivery (id, county_id, channel_id, channel_kind, user_id, status, notice_count, due_at, finished_at, created_at) select id, $1, $4, 'mail', $3, 'sent', 1, $5, $5, $5 from n`, [world.countyId, count, clerk, channels[0], at]);
    // Each to somebody else, as in a county: an index that begins with the receiver is then of no help.
    await owner.query('insert into platform.notice_delivery_item select gen_random_uuid(), channel_id, id, county_id, id from platform.notice_delivery d where d.due_at = $1', [at]);
    await owner.query('analyze platform.notice, platform.notice_receipt, platform.notice_delivery, platform.notice_delivery_item');
  };
  await fill(3_000, '2026-06-01');
  await fill(10, '2025-06-01');
  const some = await looked();
  expect([some >= 40, some < 300]).toEqual([true, true]);
  expect(await looked()).toBeLessThan(50);
});
