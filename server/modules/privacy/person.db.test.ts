import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { limits } from '#domain/privacy/limits.ts';
import { ERASED } from '#domain/privacy/words.ts';
import { PASSWORD, world, type World } from '#modules/administration/testing/world.ts';
import { modules } from '#server/main/modules.ts';
import { readWorkbookText } from '#server/main/testing/workbook-text.ts';
import { everything } from '#platform/access/scope.ts';
import { makeBackup } from '#platform/backup/make-backup.ts';
import { fingerprintOf } from '#platform/backup/manifest.ts';
import { checkArchive, restoreBackup } from '#platform/backup/restore-backup.ts';
import type { Ctx } from '#platform/context.ts';
import { runJob } from '#platform/jobs/run-job.ts';
import { systemContext } from '#platform/make-context.ts';
import { textScan } from '#platform/personal/find-texts.ts';
import { runScans } from '#platform/personal/scan.ts';
import type { Db } from '#platform/db/types.ts';
import { testDatabase } from '#platform/testing/database.ts';
import { kitOn } from '#platform/testing/kit-on.ts';
import { testKit, TEST_SECRET, type TestKit } from '#platform/testing/kit.ts';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import { updateOwner } from '#modules/registry/use-cases/update-owner.ts';
import { holdsNobody } from './testing/holds-nobody.ts';
import { plant, type Planted } from './testing/plant.ts';
import { downloadCertificate } from './use-cases/certificate.ts';
import { decideErasure } from './use-cases/decide-erasure.ts';
import { deleteDue, listDeletionKinds } from './use-cases/deletions.ts';
import { reapplyErasures } from './use-cases/erased-book.ts';
import { searchAgain } from './use-cases/search-again.ts';
import { clueOf, findPerson } from './person/find-person.ts';
import { answerRequest, choosePersonRecords, proposeErasure } from './use-cases/handle-request.ts';
import { exportPersonCopy, listPersonRecords } from './use-cases/look-at-person.ts';
import { getPersonRequest } from './use-cases/look-at-requests.ts';
import { registerRequest } from './use-cases/register-request.ts';

let kit: TestKit;
let given: World;
let folder: string;
let who: { readonly clerk: Ctx; readonly second: Ctx; readonly leader: Ctx };
const read = <T>(work: Parameters<typeof kit.kit.database.read<T>>[1]) => kit.kit.database.read(everything, work);
const at = (requestId: Id<'PersonRequest'>) => ({ params: { requestId }, query: {}, body: {} });
const version = (ctx: Ctx) => ({ ...ctx, ifMatch: null });

beforeAll(async () => {
  kit = await testKit(modules);
  folder = await mkdtemp(join(roomyFolder(), 'shanzhi-person-'));
  given = await world(kit.kit);
  const [clerk, second, leader] = [await given.user('clerk', ['bureau-clerk']), await given.user('second', ['bureau-clerk']), await given.user('leader', ['bureau-leader'])];
  who = { clerk: given.as(clerk, 'bureau-clerk'), second: given.as(second, 'bureau-clerk'), leader: given.as(leader, 'bureau-leader') };
});
afterAll(async () => { await kit.stop(); await rm(folder, { recursive: true, force: true }); });

const register = async (person: Pick<Planted, 'name' | 'idNumber' | 'phone'>, kind: 'copy' | 'correction' | 'erasure', by = who.clerk) =>
  (await registerRequest(by, { params: {}, query: {}, body: { kind, asker: 'self', name: person.name, idNumber: person.idNumber, phone: person.phone, receivedOn: localDate('2026-11-19'), identityCheck: `现场核对${person.name}的身份证`, asked: `${person.name}请求${kind}，电话${person.phone}` } })).id;
/** What the search finds, once its job has run. */
const records = async (id: Id<'PersonRequest'>) => { await search(); return (await listPersonRecords(who.clerk, at(id))).rows; };
async function search(): Promise<void> {
  const waiting = await read((db) => db.selectFrom('platform.job').select('id').where('kind', '=', 'privacy.search').where('status', '=', 'waiting').execute());
  for (const { id } of waiting) await runJob(kit.kit, id);
}
const bytesOf = async (content: unknown) => { const parts: Buffer[] = []; for await (const part of content as AsyncIterable<Buffer>) parts.push(part); return Buffer.concat(parts); };

/** Every table that is not PostgreSQL's own, nor the queue's. */
const tables = () => read(async (db) => (await sql<{ name: string }>`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'public') and n.nspname not like 'pg_%' order by 1`.execute(db)).rows.map(({ name }) => name));

/** Where a person is still written: the plain text of every row of every table, its blind indexes, and what its ciphers open to. */
async function traces(person: Planted, { vault, database } = kit.kit): Promise<string[]> {
  const plain = [person.name, person.idNumber, person.phone, vault.index('id', person.idNumber), vault.index('phone', person.phone)];
  const found: string[] = [];
  for (const table of await tables()) {
    const { rows } = await database.read(everything, (db) => sql<{ row: Record<string, unknown> }>`select to_jsonb(t) as row from ${sql.table(table)} t`.execute(db));
    for (const { row } of rows) {
      const sealed = Object.values(row).filter((value): value is string => typeof value === 'string' && value.startsWith('v1.')).map((value) => { try { return vault.open(value); } catch { return ''; } });
      if (plain.some((word) => [JSON.stringify(row), ...sealed].join('\n').includes(word))) found.push(table);
    }
  }
  return [...new Set(found)];
}

test('every table is answered for: a module says that it holds persons and where, or it is on the list of those that hold nobody', async () => {
  const all = await tables();
  const held = modules.flatMap(({ personalData }) => personalData?.tables ?? []);
  const unanswered = (names: readonly string[]) => names.filter((name) => !held.includes(name) && !holdsNobody.includes(name));
  expect(all.length).toBeGreaterThan(60);
  expect(unanswered(all)).toEqual([]);
  expect(unanswered(['registry.newcomer'])).toEqual(['registry.newcomer']);
  expect([...held, ...holdsNobody].filter((name) => !all.includes(name))).toEqual([]);
  expect(held.filter((name) => holdsNobody.includes(name))).toEqual([]);
  // A column that is sealed, indexed or marked as personal lies in a table that is answered for as holding persons.
  const { rows: personal } = await read((db) => sql<{ name: string }>`
    select distinct n.nspname || '.' || c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'public') and n.nspname not like 'pg_%'
       and (a.attname ~ '(_cipher|_index|_last4)$' or col_description(c.oid, a.attnum) like '%[pii:%' or a.attname ~ '^(name|sealed|login|signer|.*_by_name|actor_name|user_name|legal_person|contact_name|manager_name|before|after|raw|ip)$')`.execute(db));
  expect(personal.length).toBeGreaterThan(20);
  const notPersons = ['registry.building', 'registry.estate_name', 'committee.committee', 'platform.notice_channel', 'ledger.mapping_memory'];
  expect(personal.map(({ name }) => name).filter((name) => !held.includes(name) && !notPersons.includes(name))).toEqual([]);
});

test('a person is found in every module by number, by link and by name; another of the same name is only offered; a co-owner is not shown', async () => {
  const person = await plant(kit.kit, given, { name: '欧阳寻寻', idNumber: '990101199003070011', phone: '13700001111' });
  const namesake = await plant(kit.kit, given, { name: '欧阳寻寻', idNumber: '990101199003070022', phone: '13700002222' });
  const id = await register(person, 'copy');
  const rows = await records(id);
  const of = (kind: string, match: string) => rows.filter((row) => row.key.startsWith(`${kind}:`) && row.match === match).map(({ key }) => key.split(':')[1]?.split('/')[0]);
  expect(of('registry.owner', 'sure')).toEqual([person.ownerId]);
  expect(of('registry.owner', 'check')).toEqual([namesake.ownerId]);
  for (const kind of ['registry.practitioner', 'committee.member', 'ledger.row', 'ledger.change', 'collection.cell', 'paper.paper', 'administration.answer', 'registry.place', 'registry.contact']) {
    expect([kind, rows.filter((row) => row.key.startsWith(`${kind}:`) && row.isChosen).length > 0]).toEqual([kind, true]);
  }
  // Who wrote down or sent what names the person is not the person; nor is another manager of the same estate.
  expect(rows.filter((row) => row.key.startsWith('administration.account:'))).toEqual([]);
  expect(rows.filter((row) => row.key === `ledger.change:${person.batchId}/2/${person.estateId}`)).toEqual([]);
  const all = JSON.stringify(rows);
  for (const secret of [person.idNumber, person.phone, namesake.idNumber, namesake.phone, person.coOwner]) expect(all).not.toContain(secret);
  expect(rows.find((row) => row.key === `registry.owner:${person.ownerId}`)?.fields).toContainEqual({ name: '共有', value: '与他人共有（另有 1 人，不列出）' });
});

test('the copy holds the person’s own numbers whole, why and until when, who looked, and nothing of another', async () => {
  const person = await plant(kit.kit, given, { name: '司徒抄抄', idNumber: '990101199003070033', phone: '13700003333' });
  await who.second.transact(async (tx) => { tx.audit({ action: 'owner.reveal', subject: ['Owner', person.ownerId], before: null, after: { field: 'phone' }, reason: '核对换届名册' }); });
  const id = await register(person, 'copy');
  await expect(exportPersonCopy(who.clerk, at(id))).rejects.toMatchObject({ code: 'state.conflict' });
  await search();
  const words = await readWorkbookText(await bytesOf((await exportPersonCopy(who.clerk, at(id))).content));
  for (const expected of [person.idNumber, person.phone, '核对换届名册', '民法典》第二百七十八条', '备份', '谁看过']) expect(words).toContain(expected);
  expect(words).not.toContain(person.coOwner);
  await answerRequest(version(who.clerk), { ...at(id), body: { result: 'done', outcome: '当面交付打印件' } });
  expect((await getPersonRequest(who.clerk, at(id))).can.answer).toBe('这件请求已经办结');
});

test('while the search runs, what indexes reach is listed and the request cannot be answered as done; a search that failed can be started anew', async () => {
  const person = await plant(kit.kit, given, { name: '上官查查', idNumber: '990101199003070055', phone: '13700006666' });
  const id = await register(person, 'copy');
  const before = await listPersonRecords(who.clerk, at(id));
  expect(before.search.state).toBe('running');
  expect(before.rows.map(({ key }) => key)).toContain(`registry.owner:${person.ownerId}`);
  expect(before.rows.some(({ key }) => key.startsWith('ledger.row:'))).toBe(false);
  const done = { ...at(id), body: { result: 'done' as const, outcome: '当面交付打印件' } };
  await expect(answerRequest(version(who.clerk), done)).rejects.toMatchObject({ violations: [{ rule: 'privacy.request-answered' }] });
  // Done between the two reads: the request was read before it was told, and whoever waits asks again.
  await kit.kit.database.write(everything, (db) => db.updateTable('platform.job').set({ status: 'done' }).where('kind', '=', 'privacy.search').where('status', '=', 'waiting').execute());
  expect((await listPersonRecords(who.clerk, at(id))).search.state).toBe('running');
  await kit.kit.database.write(everything, (db) => db.updateTable('platform.job').set({ status: 'waiting' }).where('kind', '=', 'privacy.search').where('status', '=', 'done').where('id', '=', db.selectFrom('privacy.personRequest').select('searchJobId').where('id', '=', id)).execute());
  await kit.kit.database.write(everything, (db) => db.updateTable('platform.job').set({ status: 'failed' }).where('kind', '=', 'privacy.search').where('status', '=', 'waiting').execute());
  expect((await listPersonRecords(who.clerk, at(id))).search.state).toBe('failed');
  await searchAgain(who.clerk, at(id));
  await search();
  const after = await listPersonRecords(who.clerk, at(id));
  expect(after.search).toMatchObject({ state: 'done', at: kit.clock.now(), cut: [] });
  expect(after.rows.filter(({ key }) => key.startsWith('ledger.row:')).map(({ match }) => match)).toEqual(['sure']);
  await answerRequest(version(who.clerk), done);
});

test('a correction is closed with what was corrected since it was asked for: which record and columns, by whom; nothing corrected, nothing closed', async () => {
  const person = await plant(kit.kit, given, { name: '东方改改', idNumber: '990101199003070088', phone: '13700009999', only: 'owner' });
  const id = await register(person, 'correction');
  const found = await records(id);
  expect(found.find(({ key }) => key === `registry.owner:${person.ownerId}`)?.subject).toEqual({ kind: 'Owner', id: person.ownerId });
  const done = { ...at(id), body: { result: 'done' as const, outcome: '电话已按本人提供的更正' } };
  await expect(answerRequest(version(who.clerk), done)).rejects.toMatchObject({ violations: [{ rule: 'privacy.request-answered' }] });
  const { version: current } = await read((db) => db.selectFrom('registry.owner').select('version').where('id', '=', person.ownerId).executeTakeFirstOrThrow());
  await updateOwner({ ...who.second, ifMatch: current }, { params: { ownerId: person.ownerId }, query: {}, body: { name: person.name, kind: 'person', phone: '13700001010' } });
  await answerRequest(version(who.clerk), done);
  const closed = await getPersonRequest(who.clerk, at(id));
  expect(closed.corrected).toEqual([{ title: expect.stringContaining('业主：'), fields: ['电话'], at: kit.clock.now(), actorName: who.second.actor.name }]);
  expect(JSON.stringify(closed.corrected)).not.toMatch(/1370000|东方改改/);
});

test('a person is found by any number of a field that holds several, and one who told several numbers by each of them', async () => {
  const person = await plant(kit.kit, given, { name: '公孙多多', idNumber: '990101199003070066', phone: '0571-88001234、13700007777' });
  for (const phone of ['13700007777', '0571-88001234', '13999990000、13700007777']) {
    const id = await register({ ...person, idNumber: '', phone }, 'copy');
    const rows = (await listPersonRecords(who.clerk, at(id))).rows.filter(({ match }) => match === 'sure').map(({ key }) => key.split('/')[0]);
    expect([phone, rows]).toEqual([phone, expect.arrayContaining([`registry.owner:${person.ownerId}`, `registry.practitioner:${person.practitionerId}`, `committee.member:${person.memberId}`])]);
  }
});

test('erasing takes two persons, one transaction, and leaves nothing but what the limits name; the certificate holds counts and no data; a restored database erases again', async () => {
  const person = await plant(kit.kit, given, { name: '诸葛删删', idNumber: '990101199003070044', phone: '13700004444' });
  const id = await register(person, 'erasure');
  const chosen = (await records(id)).map(({ key }) => key);
  await expect(proposeErasure(version(who.clerk), { ...at(id), body: { chosen: [], ground: 'purpose-done' } })).rejects.toMatchObject({ violations: [{ rule: 'privacy.erasure-proposed' }] });
  await choosePersonRecords(version(who.clerk), { ...at(id), body: { chosen } });
  // What hangs on what was ticked is searched for first.
  await expect(proposeErasure(version(who.clerk), { ...at(id), body: { chosen, ground: 'purpose-done' } })).rejects.toMatchObject({ violations: [{ rule: 'privacy.erasure-proposed' }] });
  await search();
  await proposeErasure(version(who.clerk), { ...at(id), body: { chosen, ground: 'purpose-done' } });
  const decision = { result: 'done' as const, outcome: '目的已实现，同意删除', password: PASSWORD };
  // Whoever registered and proposed it, though now in a leader's post, is refused; so is a wrong password; nothing has gone.
  const same = given.as(who.clerk.actor.userId ?? newId<'AppUser'>(), 'bureau-leader');
  await expect(decideErasure(same, { ...at(id), body: decision })).rejects.toMatchObject({ violations: [{ rule: 'privacy.erasure-by-two' }] });
  await expect(decideErasure(who.leader, { ...at(id), body: { ...decision, password: 'wrong-password-1' } })).rejects.toMatchObject({ code: 'session.wrong-password' });
  const before = await traces(person);
  expect(before).toEqual(expect.arrayContaining(['registry.owner', 'registry.practitioner', 'registry.contact', 'registry.estate', 'committee.member', 'ledger.batch_row', 'ledger.batch_change', 'collection.answer', 'collection.part', 'paper.paper', 'platform.idempotency_key', 'privacy.person_request', 'privacy.person_finding']));
  const backup = await makeBackup({ ownerUrl: kit.ownerUrl, files: kit.kit.files, fingerprint: fingerprintOf(TEST_SECRET) }, { folder, passphrase: null, now: kit.clock.now() });

  await decideErasure(who.leader, { ...at(id), body: decision });
  // The person owns a home and stands in an issued paper: the name stays there, by the limits named; every number is gone.
  expect(await traces(person)).toEqual(['paper.paper', 'registry.owner']);
  const owner = await read((db) => db.selectFrom('registry.owner').selectAll().where('id', '=', person.ownerId).executeTakeFirstOrThrow());
  expect(owner).toMatchObject({ name: person.name, idCipher: null, idIndex: null, phoneCipher: null, phoneIndex: null, matchKey: `erased:${person.ownerId}` });
  const request = await getPersonRequest(who.clerk, at(id));
  expect(request).toMatchObject({ status: 'done', name: null, idNumber: null, phone: null, identityCheck: `现场核对${ERASED}的身份证`, decidedByName: who.leader.actor.name });
  expect(request.erasure?.kept.map(({ what }) => what)).toEqual(expect.arrayContaining([limits.title.what, limits.record.what]));
  expect(request.erasure?.counts.map(({ table }) => table)).toEqual(expect.arrayContaining(['registry.owner', 'registry.practitioner', 'committee.member', 'ledger.batch_row', 'collection.answer']));
  for (const word of [person.name, person.idNumber, person.phone]) expect(JSON.stringify(request)).not.toContain(word);
  expect((await bytesOf((await downloadCertificate(who.clerk, at(id))).content)).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await kit.kit.erased.list()).map(({ erasureId }) => erasureId)).toEqual([id]);
  expect(JSON.stringify(await kit.kit.erased.list())).not.toContain(person.name);

  // The backup was made before: where it is restored, all is back; with the book beside it, all goes again, and of whoever is there under the same number too.
  const target = await testDatabase();
  await restoreBackup(await checkArchive({ path: backup.path, passphrase: null, secret: TEST_SECRET }), { ownerUrl: target.ownerUrl, replaces: false, filesFolder: join(folder, 'files'), say: () => undefined });
  const restored = await kitOn(target, modules);
  try {
    expect(await traces(person, restored.kit)).toEqual(expect.arrayContaining(['registry.owner', 'registry.practitioner', 'ledger.batch_row', 'privacy.person_request']));
    for (const entry of await kit.kit.erased.list()) await restored.kit.erased.add(entry);
    await reapplyErasures(systemContext(restored.kit));
    await reapplyErasures(systemContext(restored.kit));
    expect(await traces(person, restored.kit)).toEqual(['paper.paper', 'registry.owner']);
    expect(await restored.kit.database.read(everything, (db) => db.selectFrom('privacy.erasure').select(['id', 'approvedByName', 'reappliedAt']).execute())).toEqual([{ id, approvedByName: who.leader.actor.name, reappliedAt: restored.clock.now() }]);
  } finally { await restored.stop(); }
});

test('a request refused keeps its reason, and its name and numbers end by date', async () => {
  const person = { name: '令狐拒拒', idNumber: '', phone: '13700005555' };
  const id = await register(person, 'erasure');
  await answerRequest(version(who.clerk), { ...at(id), body: { result: 'refused', outcome: '没有查到本人信息' } });
  const due = async () => (await listDeletionKinds(who.leader)).rows.find(({ kind }) => kind === 'privacy.request-numbers')?.due;
  expect(await due()).toBe(0);
  kit.clock.set('2027-03-01T02:00:00.000Z');
  await deleteDue(systemContext(kit.kit));
  const row = await read((db) => db.selectFrom('privacy.personRequest').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
  expect(row).toMatchObject({ nameCipher: null, phoneCipher: null, phoneIndex: null, status: 'refused', outcome: '没有查到本人信息', asked: `${ERASED}请求erasure，电话${ERASED}` });
  kit.clock.set('2026-11-20T02:00:00.000Z');
});

test('people who left, members whose term is over and answers of ended collections go after the county’s years, the others stay', async () => {
  const person = await plant(kit.kit, given, { name: '东方退退', idNumber: '990101199003070066', phone: '13700006666' });
  const night = async (now: string) => { kit.clock.set(now); await deleteDue(systemContext(kit.kit)); };
  const names = () => read(async (db) => [
    (await db.selectFrom('registry.practitioner').select('name').where('id', '=', person.practitionerId).executeTakeFirstOrThrow()).name, (await db.selectFrom('committee.member').select('name').where('id', '=', person.memberId).executeTakeFirstOrThrow()).name,
    (await db.selectFrom('collection.answer').select('byName').where('id', '=', person.answerId).executeTakeFirstOrThrow()).byName,
  ]);
  // Left, ended and closed on 1 June 2025.
  await night('2028-06-01T02:00:00.000Z');
  expect(await names()).toEqual([person.name, person.name, person.name]);
  await night('2028-06-02T02:00:00.000Z');
  expect(await names()).toEqual([ERASED, ERASED, ERASED]);
});

test('looking by name and number takes no table whole: what is read does not grow with the county', async () => {
  const person = await plant(kit.kit, given, { name: '夏侯快快', idNumber: '990101199003070077', phone: '13700008888' });
  await kit.kit.database.write(everything, (db) => sql`
    insert into registry.owner (id, county_id, township_id, estate_id, kind, name, match_key, id_index, phone_index)
    select gen_random_uuid(), o.county_id, o.township_id, o.estate_id, 'person', '众人' || n, 'many:' || n, md5('i' || n), md5('p' || n) from registry.owner o, generate_series(1, 30000) n where o.id = ${person.ownerId}::uuid`.execute(db));
  const owner = new Client({ connectionString: kit.ownerUrl });
  await owner.connect();
  await owner.query('analyze registry.owner').finally(() => owner.end());
  const clue = clueOf(kit.kit.vault, given.countyId, localDate('2026-11-20'), person);
  const readWhole = (work: (db: Db) => Promise<unknown>) => kit.kit.database.read(everything, async (db) => {
    await work(db);
    return (await sql<{ name: string }>`select schemaname || '.' || relname as name from pg_stat_xact_user_tables where seq_tup_read > 5000`.execute(db)).rows.map(({ name }) => name);
  });
  expect(await readWhole((db) => findPerson(db, kit.kit, clue))).toEqual([]);
  expect(await readWhole((db) => sql`select count(*) from registry.owner where name like '%快%'`.execute(db))).toEqual(['registry.owner']);
});

test('a search reads every row once, however short its stretches, and lists no more of one table than can be looked through', async () => {
  const places = [1, 2, 7].map((blocks) => ({ ...textScan({ kind: 'registry.owner', table: 'registry.owner', id: 't.id', title: "''", county: 't.county_id', label: '', purpose: '', until: '', erases: null, keeps: [] }), blocks }));
  const clue = (name: string) => ({ ...clueOf(kit.kit.vault, given.countyId, localDate('2026-11-20'), { name, idNumber: null, phone: null }) });
  for (const place of places) {
    const { records, cut } = await kit.kit.database.snapshot(everything, (db) => runScans(db, [place], clue('众人2999')));
    expect([place.blocks, records.length, cut]).toEqual([place.blocks, 11, []]);
  }
  const many = await kit.kit.database.snapshot(everything, (db) => runScans(db, places.slice(0, 1), clue('众人')));
  expect(many.cut).toEqual(['registry.owner']);
  expect(many.records.length).toBeLessThan(4_000);
});
