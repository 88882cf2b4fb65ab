import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant, localDate, type Id } from '#domain/kernel/brand.ts';
import { selfCheckQuestions } from '#domain/privacy/self-check.ts';
import { ERASED } from '#domain/privacy/words.ts';
import { About } from '#contract/administration/shared.ts';
import { allParameters } from '#modules/administration/catalogue.ts';
import { setParameter } from '#modules/administration/use-cases/parameters.ts';
import { PASSWORD, world, type World } from '#modules/administration/testing/world.ts';
import { modules } from '#server/main/modules.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { forgetErasedOwners } from '#modules/ledger/retentions.ts';
import { deleteDue, exportDeletionKinds, listDeletionKinds } from './use-cases/deletions.ts';
import { getPersonalData } from './use-cases/inventory.ts';
import { decideLookupFlag, flagLookups, listLookupFlags } from './use-cases/lookup-flags.ts';
import { getSelfCheck, signSelfCheck } from './use-cases/self-check.ts';

let kit: TestKit;
let given: World;
let security: Id<'AppUser'>;
const NUMBER = '13700009876';
const scope = () => ({ countyId: given.countyId, townshipId: given.unit('河口镇'), neighbourhoodId: null, companyId: null });
const manager = () => given.as(security, 'security-administrator');
const write = (work: Parameters<typeof kit.kit.database.write<unknown>>[1]) => kit.kit.database.write(everything, work);
const read = <T>(work: Parameters<typeof kit.kit.database.read<T>>[1]) => kit.kit.database.read(everything, work);

interface Owner { readonly name: string; readonly deleteOn?: string; readonly heldUntil?: string | null }
/** An owner with numbers, a purpose and one home. */
async function owner(estateId: Id<'Estate'>, { name, deleteOn = '2030-01-01', heldUntil = null }: Owner): Promise<Id<'Owner'>> {
  const [id, purposeId, unitId, buildingId] = [newId<'Owner'>(), newId<'OwnerPurpose'>(), newId<'Unit'>(), newId<'Building'>()];
  const at = kit.kit.clock.now();
  const base = { ...scope(), estateId };
  const { companyId: _none, ...place } = base;
  await write(async (db) => {
    await db.insertInto('registry.building').values({ ...base, id: buildingId, name: `${name}幢`, matchKey: id }).execute();
    await db.insertInto('registry.unit').values({ ...base, id: unitId, buildingId, room: '101', matchKey: id }).execute();
    await db.insertInto('registry.ownerPurpose').values({ ...place, id: purposeId, purpose: '换届', document: '函', deleteOn: localDate(deleteOn) }).execute();
    await db.insertInto('registry.owner').values({ ...base, id, name, matchKey: kit.kit.vault.index('id', id), purposeId, idCipher: kit.kit.vault.seal(`11010119900307${id.slice(-4)}`), idIndex: kit.kit.vault.index('id', id), idLast4: 'x', phoneCipher: kit.kit.vault.seal(NUMBER), phoneIndex: kit.kit.vault.index('phone', NUMBER), phoneLast4: kit.kit.vault.index('phone-last4', '9876') }).execute();
    await db.insertInto('registry.ownership').values({ ...base, id: newId<'Ownership'>(), unitId, ownerId: id, kind: 'owner', validFrom: localDate('2015-01-01'), validTo: heldUntil === null ? null : localDate(heldUntil), recordedAt: at }).execute();
  });
  return id;
}
const estate = async () => {
  const id = newId<'Estate'>();
  await write((db) => db.insertInto('registry.estate').values({ ...scope(), id, name: `小区${id.slice(-6)}`, matchKey: id, managementKind: 'company' }).execute());
  return id;
};
const ownerRow = (id: Id<'Owner'>) => read((db) => db.selectFrom('registry.owner').selectAll().where('id', '=', id).executeTakeFirstOrThrow());

beforeAll(async () => {
  kit = await testKit(modules);
  given = await world(kit.kit);
  security = await given.user('security', ['security-administrator']);
});
afterAll(() => kit.stop());

test('numbers end with the purpose they were loaded for, on the day after its date and not before; the name stays with the title', async () => {
  const place = await estate();
  const [due, later] = [await owner(place, { name: '到期甲', deleteOn: '2026-11-19' }), await owner(place, { name: '未到期乙', deleteOn: '2026-11-20' })];
  const ask = async () => (await listDeletionKinds(manager())).rows.find(({ kind }) => kind === 'registry.owner-numbers');
  expect(await ask()).toMatchObject({ due: 1, dueSoon: 2, lastOn: null, yearCount: 0 });
  await deleteDue(systemContext(kit.kit));
  await deleteDue(systemContext(kit.kit));
  expect(await ask()).toMatchObject({ due: 0, dueSoon: 1, lastOn: '2026-11-20', lastCount: 1, yearCount: 1 });
  expect(await ownerRow(due)).toMatchObject({ name: '到期甲', idCipher: null, idIndex: null, idLast4: null, phoneCipher: null, phoneIndex: null, phoneLast4: null, matchKey: `erased:${due}` });
  expect((await ownerRow(later)).phoneCipher).not.toBeNull();
});

test('a former owner is forgotten after the county’s years, from the last home given up; one who holds a home never is', async () => {
  const place = await estate();
  const [gone, recent, holds] = [await owner(place, { name: '原业主丙', heldUntil: '2023-11-19' }), await owner(place, { name: '原业主丁', heldUntil: '2023-11-20' }), await owner(place, { name: '现业主戊' })];
  await deleteDue(systemContext(kit.kit));
  expect([(await ownerRow(gone)).name, (await ownerRow(recent)).name, (await ownerRow(holds)).name]).toEqual([ERASED, '原业主丁', '现业主戊']);
  const tables = await read(async (db) => JSON.stringify([await db.selectFrom('registry.owner').selectAll().where('id', '=', gone).execute(), await db.selectFrom('audit.entry').selectAll().execute(), await db.selectFrom('platform.event').selectAll().execute()]));
  for (const trace of ['原业主丙', NUMBER, kit.kit.vault.index('id', gone)]) expect(tables).not.toContain(trace);
});

test('what an import kept for undoing loses the numbers of who was erased, and of nobody else', async () => {
  const [erased, other, batchId] = [newId<'Owner'>(), newId<'Owner'>(), newId<'Batch'>()];
  const place = { countyId: given.countyId, townshipId: given.unit('河口镇') };
  const old = (name: string) => ({ name, phoneCipher: 'sealed', idIndex: 'index', note: '留' });
  await write(async (db) => {
    await db.insertInto('ledger.batch').values({ id: batchId, ...place, kind: 'units', status: 'committed' }).execute();
    await db.insertInto('ledger.batchChange').values({ batchId, ...place, changeNo: 1, tableName: 'registry.owner', act: 'update', subjectIds: [other, erased], befores: JSON.stringify([old('乙'), old('甲')]), afterVersions: [2, 2], titles: ['乙', '甲'] }).execute();
  });
  const ctx = systemContext(kit.kit);
  for (let turn = 0; turn < 2; turn += 1) await ctx.transact(async (tx) => { tx.auditNothing('test'); await forgetErasedOwners(ctx, tx, { id: newId(), key: 'k', countyId: given.countyId, payload: { ownerIds: [erased] } }); });
  expect((await read((db) => db.selectFrom('ledger.batchChange').select('befores').where('batchId', '=', batchId).executeTakeFirstOrThrow())).befores).toEqual([old('乙'), { note: '留' }]);
});

test('rows that were refused end by date, those of an import under way do not', async () => {
  const place = { countyId: given.countyId, townshipId: given.unit('河口镇') };
  const batch = async (status: 'committed' | 'preview', confirmedAt: string | null) => {
    const id = newId<'Batch'>();
    await write(async (db) => {
      await db.insertInto('ledger.batch').values({ id, ...place, kind: 'units', status, createdAt: instant('2026-09-25T00:00:00.000Z'), confirmedAt: confirmedAt === null ? null : instant(confirmedAt) }).execute();
      await db.insertInto('ledger.batchRow').values({ batchId: id, ...place, rowNo: 1, sheet: '表', sheetRow: 2, raw: JSON.stringify({ 业主: '己' }), fields: '{}', outcome: 'refused', sealed: 'sealed' }).execute();
    });
    return id;
  };
  const [old, fresh, open] = [await batch('committed', '2026-10-01T00:00:00.000Z'), await batch('committed', '2026-11-19T00:00:00.000Z'), await batch('preview', null)];
  await deleteDue(systemContext(kit.kit));
  const sealed = (id: Id<'Batch'>) => read(async (db) => (await db.selectFrom('ledger.batchRow').select(['sealed', 'raw']).where('batchId', '=', id).executeTakeFirstOrThrow()));
  expect([await sealed(old), (await sealed(fresh)).sealed, (await sealed(open)).sealed]).toEqual([{ sealed: null, raw: {} }, 'sealed', 'sealed']);
});

test('the original of an import ends by its days and leaves the disk, also where nobody confirmed it; one under way, or younger, stays', async () => {
  const place = { countyId: given.countyId, townshipId: given.unit('河口镇') };
  const original = async (status: 'committed' | 'confirming' | 'preview', at: string) => {
    const [batchId, fileId] = [newId<'Batch'>(), newId<'File'>()];
    const { hash, sizeBytes } = await kit.kit.files.put(Readable.from([Buffer.from(`原件${batchId}`)]), { name: '名册.xlsx', mediaType: 'x', limitBytes: 1_000 });
    await write(async (db) => {
      await db.insertInto('ledger.batch').values({ id: batchId, ...place, kind: 'units', status, createdAt: instant(at), confirmedAt: status === 'committed' ? instant(at) : null }).execute();
      await db.insertInto('platform.file').values({ id: fileId, ...place, hash, sizeBytes, mediaType: 'x', name: '名册.xlsx', subjectKind: 'Batch', subjectId: batchId, uploadedBy: security }).execute();
      await db.insertInto('ledger.batchFile').values({ batchId, ...place, fileNo: 1, fileId, name: '名册.xlsx' }).execute();
    });
    return { batchId, hash };
  };
  const [old, young, open] = [await original('committed', '2025-11-19T00:00:00.000Z'), await original('committed', '2025-11-20T04:00:00.000Z'), await original('confirming', '2025-01-01T00:00:00.000Z')];
  const forgotten = await original('preview', '2025-11-19T00:00:00.000Z');
  await deleteDue(systemContext(kit.kit));
  const named = (id: Id<'Batch'>) => read(async (db) => (await db.selectFrom('ledger.batchFile as x').innerJoin('platform.file as f', 'f.id', 'x.fileId').select(['x.name', 'f.hash']).where('x.batchId', '=', id).executeTakeFirstOrThrow()));
  expect((await named(forgotten.batchId)).name).toBe('台账原件（已到期删除）.txt');
  expect([(await named(old.batchId)).name, await named(young.batchId), await named(open.batchId)]).toEqual(['台账原件（已到期删除）.txt', { name: '名册.xlsx', hash: young.hash }, { name: '名册.xlsx', hash: open.hash }]);
  await kit.kit.files.sweep((hashes) => read(async (db) => new Set((await db.selectFrom('platform.file').select('hash').where('hash', 'in', hashes).execute()).map(({ hash }) => hash))), 0, Date.now() + 60_000);
  await expect(kit.kit.files.open(old.hash)).rejects.toMatchObject({ code: 'file.not-found' });
  expect(await kit.kit.files.open(young.hash)).toBeDefined();
});

test('workbooks returned to a collection end by the days after it ended, attachments never published by the days after they were taken out; what was published stays', async () => {
  const place = { countyId: given.countyId, townshipId: given.unit('河口镇') };
  const at = kit.kit.clock.now();
  const file = async (subjectKind: string, subjectId: string) => {
    const id = newId<'File'>();
    const { hash, sizeBytes } = await kit.kit.files.put(Readable.from([Buffer.from(`内容${id}`)]), { name: '交回.xlsx', mediaType: 'x', limitBytes: 1_000 });
    await write((db) => db.insertInto('platform.file').values({ id, ...place, hash, sizeBytes, mediaType: 'x', name: '交回.xlsx', subjectKind, subjectId, uploadedBy: security }).execute());
    return { id, hash };
  };
  const returned = async (endsOn: string) => {
    const [collectionId, partId, answerId] = [newId<'Collection'>(), newId<'Part'>(), newId<'Answer'>()];
    const { id: fileId, hash } = await file('Answer', answerId);
    const valuesCipher = kit.kit.vault.seal('{}');
    await write(async (db) => {
      await db.insertInto('collection.collection').values({ id: collectionId, countyId: given.countyId, townshipId: null, title: '摸底', ground: '通知', issuerName: '住建局', dueOn: localDate(endsOn), endsOn: localDate(endsOn), recipientKind: 'township', recipientIds: '[]', rowUnit: 'recipient', columns: '[]', isByLink: false, status: 'issued', issuedAt: at, createdByName: '某', createdAt: at, updatedAt: at }).execute();
      await db.insertInto('collection.part').values({ id: partId, ...place, neighbourhoodId: null, companyId: null, collectionId, recipientId: place.townshipId, recipientName: '河口镇', rows: '[]', heldCipher: valuesCipher, status: 'answered', answeredAt: at, choosings: '{}', createdAt: at, updatedAt: at }).execute();
      await db.insertInto('collection.answer').values({ id: answerId, ...place, neighbourhoodId: null, companyId: null, partId, source: 'workbook', status: 'handed-in', valuesCipher, byName: '某', fileId, handedInAt: at, createdAt: at, updatedAt: at }).execute();
    });
    return { fileId, hash };
  };
  const attached = async (removedAt: string | null, discardedAt: string | null) => {
    const id = newId<'Publication'>();
    const { id: fileId, hash } = await file('Publication', id);
    await write(async (db) => {
      await db.insertInto('publication.publication').values({ id, ...place, level: 'township', issuerId: place.townshipId, issuerName: '河口镇', kind: 'announcement', title: '公告', content: '[]', contentSha256: 'a'.repeat(64), drawnOn: localDate('2026-01-01'), periodKind: 'none', sightings: '[]', answers: '{}', status: discardedAt === null ? 'draft' : 'discarded', writerIds: [security], draftedByName: '某', createdAt: at, updatedAt: discardedAt === null ? at : instant(discardedAt) }).execute();
      await db.insertInto('publication.publicationFile').values({ publicationId: id, fileNo: 1, ...place, fileId, isDrawn: false, sightings: '[]', removedAt: removedAt === null ? null : instant(removedAt) }).execute();
    });
    return { fileId, hash };
  };
  const [old, young] = [await returned('2025-11-19'), await returned('2025-11-20')];
  const [removed, discarded, standing, late] = [await attached('2026-08-20T00:00:00.000Z', null), await attached(null, '2026-08-20T00:00:00.000Z'), await attached(null, null), await attached('2026-08-23T00:00:00.000Z', null)];
  const due = async (kind: string) => (await listDeletionKinds(given.as(security, 'security-administrator'))).rows.find((row) => row.kind === kind)?.due;
  expect([await due('collection.returned-files'), await due('publication.unused-files')]).toEqual([1, 2]);
  await deleteDue(systemContext(kit.kit));
  const name = (id: Id<'File'>) => read(async (db) => (await db.selectFrom('platform.file').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name);
  expect(await Promise.all([old, young, removed, discarded, standing, late].map(({ fileId }) => name(fileId)))).toEqual([
    '交回的表格（已到期删除）.txt', '交回.xlsx', '附件（没有公开，已到期删除）.txt', '附件（没有公开，已到期删除）.txt', '交回.xlsx', '交回.xlsx',
  ]);
  expect([await due('collection.returned-files'), await due('publication.unused-files')]).toEqual([0, 0]);
});

test('the inventory lists every column marked as personal, with how many rows hold it', async () => {
  const { rows } = await getPersonalData(manager());
  const marked = await read(async (db) => db.selectFrom('registry.owner').select('id').where('phoneCipher', 'is not', null).execute());
  expect(rows.find(({ column }) => column === 'registry.owner.phone_cipher')).toMatchObject({ kind: '本人电话', holders: marked.length });
  expect(rows.map(({ column }) => column)).toEqual(expect.arrayContaining(['ledger.batch_row.sealed', 'committee.member.phone_cipher', 'registry.owner.id_cipher']));
  // A column newly marked must say why it is held and until when.
  expect(rows.filter(({ purpose }) => purpose.startsWith('还没有写明')).map(({ column }) => column)).toEqual([]);
});

test('many looks in an hour, in a day, and a large export each raise one flag, which another decides', async () => {
  const [curious, second] = [await given.user('curious', ['bureau-clerk']), await given.user('second', ['security-administrator'])];
  const look = (by: Id<'AppUser'>, action: string, times: number, after: unknown) => given.as(by, 'bureau-clerk').transact(async (tx) => { for (let n = 0; n < times; n += 1) tx.audit({ action, subject: ['Owner', newId()], before: null, after, reason: '核对' }); });
  await look(curious, 'owner.reveal', 14, { field: 'phone' });
  await flagLookups(systemContext(kit.kit));
  const flags = async () => (await listLookupFlags(manager(), { params: {}, query: { limit: 50 }, body: {} })).rows;
  expect(await flags()).toEqual([]);
  await look(curious, 'practitioner.reveal', 1, { field: 'phone' });
  await look(curious, 'owner.export', 1, { rows: 5_000 });
  await flagLookups(systemContext(kit.kit));
  await flagLookups(systemContext(kit.kit));
  expect((await flags()).map(({ span, most }) => `${span} ${most}`).toSorted()).toEqual(['export 5000', 'hour 15']);
  const [flag] = await flags();
  const decide = (by: Id<'AppUser'>) => decideLookupFlag(given.as(by, 'security-administrator'), { params: { flagId: flag?.id ?? newId<'LookupFlag'>() }, query: {}, body: { outcome: '换届核对名册' } });
  await expect(decide(curious)).rejects.toMatchObject({ violations: [{ rule: 'privacy.flag-decided-by-another' }] });
  expect(await decide(second)).toMatchObject({ outcome: '换届核对名册', can: { decide: '这条提示已经核实过' } });
  await expect(decide(security)).rejects.toMatchObject({ code: 'rule.violated' });
});

test('the self-check is signed once, whole, with a password, and then stays as it was', async () => {
  const year = 2026;
  const sign = (answers: { key: string; answer: 'yes' | 'no' | 'none'; note: string }[], password = PASSWORD) => signSelfCheck(manager(), { params: { year }, query: {}, body: { answers, password } });
  const all = selfCheckQuestions.map(({ key }) => ({ key, answer: 'yes' as const, note: '' }));
  await expect(sign(all.slice(1))).rejects.toMatchObject({ violations: [{ rule: 'privacy.self-check-complete' }] });
  await expect(sign([{ key: 'minimal', answer: 'no', note: ' ' }, ...all.slice(1)])).rejects.toMatchObject({ message: expect.stringContaining('请写明情况') });
  await expect(sign(all, 'wrong-password-1')).rejects.toMatchObject({ code: 'session.wrong-password' });
  const signed = await sign(all);
  expect(signed).toMatchObject({ signer: '测试人', lines: expect.arrayContaining([expect.objectContaining({ key: 'retention', answer: 'yes' })]) });
  const place = await estate();
  await owner(place, { name: '后来的', deleteOn: '2026-01-01' });
  expect((await getSelfCheck(manager(), { params: { year }, query: {}, body: {} })).lines).toEqual(signed.lines);
  const pathsFor = async (who: ReturnType<typeof manager>) => (await getSelfCheck(who, { params: { year }, query: {}, body: {} })).lines.flatMap(({ evidence }) => evidence.map(({ path }) => path));
  expect(await pathsFor(manager())).toContain('/users');
  expect(await pathsFor(given.as(security, 'bureau-leader'))).not.toContain('/users');
  await expect(sign(all)).rejects.toMatchObject({ code: 'state.conflict' });
  await expect(signSelfCheck(manager(), { params: { year: 2024 }, query: {}, body: { answers: all, password: PASSWORD } })).rejects.toMatchObject({ code: 'rule.violated' });
});

test('each kind tells the period in force, by its parameter where there is one, and the list is exported', async () => {
  const { rows } = await listDeletionKinds(manager());
  expect(rows.find(({ kind }) => kind === 'privacy.request-numbers')?.periods).toEqual([{ id: 'privacy.request-number-days', title: expect.any(String), about: 'privacy', valueText: expect.stringMatching(/^\d+ 天$/u) }]);
  expect(rows.filter(({ rule, periods }) => rule.includes('规定') && periods.length === 0)).toEqual([]);
  // What the page leads to is there, under the capability it names.
  const known = new Map(allParameters.map(({ id }) => [id, id.split('.')[0]]));
  expect(rows.flatMap(({ periods }) => periods).filter(({ id, about }) => known.get(id) !== about || !About.safeParse(about).success)).toEqual([]);

  const before = rows.find(({ kind }) => kind === 'notice.notices')?.periods[0];
  await setParameter(given.as(await given.user('kept', ['system-administrator']), 'system-administrator'), { params: { parameterId: before?.id ?? '' }, query: {}, body: { value: 7, effectiveFrom: localDate('2026-11-01'), basis: '测试' } });
  expect((await listDeletionKinds(manager())).rows.find(({ kind }) => kind === 'notice.notices')?.periods).toEqual([{ ...before, valueText: '7 个月' }]);
  const file = await exportDeletionKinds(manager());
  expect(file.fileName).toMatch(/^到期删除_/u);
  expect(await read((db) => db.selectFrom('audit.entry').select('after').where('action', '=', 'deletion-kind.export').execute())).toEqual([{ after: { rows: rows.length, on: '2026-11-20', query: {} } }]);
});
