import { localDate, type Id } from '#domain/kernel/brand.ts';
import type { World } from '#modules/administration/testing/world.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { sealPhone } from '#platform/personal/seal-phone.ts';
import type { Kit } from '#platform/kit.ts';

interface Person { readonly name: string; readonly idNumber: string; readonly phone: string; readonly only?: 'owner' }
export interface Planted extends Person { readonly coOwner: string; readonly ownerId: Id<'Owner'>; readonly practitionerId: Id<'Practitioner'>; readonly memberId: Id<'Member'>; readonly batchId: Id<'Batch'>; readonly estateId: Id<'Estate'>; readonly answerId: Id<'Answer'> }

/** A person planted wherever one may be written: an owner with a co-owner, a worker who left, a member whose term is over, a contact laid aside, imports, answers, a paper, what is kept of a request. */
export async function plant(kit: Kit, given: World, person: Person): Promise<Planted> {
  const { vault } = kit;
  const { name, idNumber, phone } = person;
  const [estateId, buildingId, unitId, ownerId, coId, purposeId, practitionerId, memberId, batchId, collectionId, partId, answerId, committeeId] = [newId<'Estate'>(), newId<'Building'>(), newId<'Unit'>(), newId<'Owner'>(), newId<'Owner'>(), newId<'OwnerPurpose'>(), newId<'Practitioner'>(), newId<'Member'>(), newId<'Batch'>(), newId<'Collection'>(), newId<'Part'>(), newId<'Answer'>(), newId<'Committee'>()];
  const at = kit.clock.now();
  const day = localDate('2025-06-01');
  const townshipId = given.unit('河口镇');
  const county = { countyId: given.countyId, townshipId, neighbourhoodId: null };
  const base = { ...county, estateId, companyId: null };
  const { companyId: _none, ...place } = base;
  const { phoneLast4: _last4, ...phones } = sealPhone(vault, phone);
  const numbers = { idCipher: vault.seal(idNumber), idIndex: vault.index('id', idNumber), idLast4: 'x', ...phones, phoneLast4: 'x' };
  const coOwner = `共有人${ownerId.slice(-6)}`;
  await kit.database.write(everything, async (db) => {
    await db.insertInto('registry.estate').values({ ...county, id: estateId, name: `小区${estateId.slice(-6)}`, matchKey: estateId, managementKind: 'company', ...(person.only === undefined ? { managerName: name, managerPhoneCipher: phones.phoneCipher, managerPhoneIndex: phones.phoneIndex, managerPhoneMoreIndex: phones.phoneMoreIndex } : {}) }).execute();
    await db.insertInto('registry.building').values({ ...base, id: buildingId, name: '1幢', matchKey: buildingId }).execute();
    await db.insertInto('registry.unit').values({ ...base, id: unitId, buildingId, room: '101', matchKey: unitId }).execute();
    await db.insertInto('registry.ownerPurpose').values({ ...place, id: purposeId, purpose: '换届', document: '函', deleteOn: localDate('2035-01-01') }).execute();
    await db.insertInto('registry.owner').values([{ ...base, id: ownerId, name, matchKey: `id:${vault.index('id', idNumber)}`, purposeId, ...numbers }, { ...base, id: coId, name: coOwner, matchKey: coId, purposeId }]).execute();
    await db.insertInto('registry.ownership').values([ownerId, coId].map((owner) => ({ ...base, id: newId<'Ownership'>(), unitId, ownerId: owner, kind: 'co-owner' as const, validFrom: localDate('2015-01-01'), recordedAt: at }))).execute();
    if (person.only === 'owner') return;
    await db.insertInto('registry.practitioner').values({ id: practitionerId, countyId: given.countyId, name, matchKey: `p${practitionerId}`, post: 'estate-manager', leftOn: day, ...numbers }).execute();
    await db.insertInto('registry.contact').values({ ...base, estateId: null, id: newId<'Contact'>(), name, post: '网格员', kind: 'grid-member', archivedAt: at, ...phones, phoneLast4: 'x' }).execute();
    await db.insertInto('committee.committee').values({ ...base, id: newId<'Committee'>(), committeeId, name: '业委会', status: 'established', recordedAt: at }).execute();
    await db.insertInto('committee.member').values({ ...base, id: memberId, committeeId, name, post: 'chair', ...phones, validFrom: localDate('2020-01-01'), validTo: day, recordedAt: at }).execute();
    await db.insertInto('ledger.batch').values({ id: batchId, countyId: given.countyId, townshipId, kind: 'units', status: 'committed', confirmedAt: at }).execute();
    await db.insertInto('ledger.batchRow').values({ batchId, countyId: given.countyId, townshipId, rowNo: 1, sheet: '表', sheetRow: 2, raw: JSON.stringify({ owners: name }), fields: '{}', outcome: 'unchanged', sealed: vault.seal(JSON.stringify({ texts: { ownerPhones: phone }, values: {} })) }).execute();
    await db.insertInto('ledger.batchChange').values({ batchId, countyId: given.countyId, townshipId, changeNo: 1, tableName: 'registry.owner', act: 'update', subjectIds: [coId, ownerId], befores: JSON.stringify([{ name: coOwner }, { name, phoneIndex: phones.phoneIndex, phoneCipher: phones.phoneCipher }]), afterVersions: [2, 2], titles: [coOwner, name] }).execute();
    await db.insertInto('ledger.batchChange').values({ batchId, countyId: given.countyId, townshipId, changeNo: 2, tableName: 'registry.estate', act: 'update', subjectIds: [estateId], befores: JSON.stringify([{ managerName: '前任经理' }]), afterVersions: [2], titles: ['小区'] }).execute();
    await db.insertInto('ledger.batchMissing').values({ batchId, countyId: given.countyId, townshipId, missingNo: 1, kind: 'practitioner', subjectId: practitionerId, name, detail: '' }).execute();
    await db.insertInto('collection.collection').values({ id: collectionId, countyId: given.countyId, townshipId: null, title: '摸底', ground: '通知', issuerName: '住建局', dueOn: day, endsOn: day, recipientKind: 'township', recipientIds: '[]', rowUnit: 'recipient', columns: JSON.stringify([{ key: 'c1', title: '联系人', kind: 'text', isRequired: false, choices: [], field: null, help: null }]), isByLink: false, status: 'issued', issuedAt: at, createdByName: '某', createdAt: at, updatedAt: at }).execute();
    const values = (row: string) => vault.seal(JSON.stringify({ [row]: { c1: `${name} ${phone}` }, other: { c1: '别人' } }));
    await db.insertInto('collection.part').values({ id: partId, ...county, companyId: null, collectionId, recipientId: townshipId, recipientName: '河口镇', rows: '[]', heldCipher: values('r'), status: 'answered', answeredAt: at, choosings: '{}', createdAt: at, updatedAt: at }).execute();
    await db.insertInto('collection.answer').values({ id: answerId, ...county, companyId: null, partId, source: 'online', status: 'handed-in', valuesCipher: values('r'), byName: name, handedInAt: at, createdAt: at, updatedAt: at }).execute();
    await db.insertInto('paper.paper').values({ id: newId<'Paper'>(), countyId: given.countyId, townshipId, level: 'township', issuerId: townshipId, issuerKind: 'township', issuerName: '河口镇', kind: 'notice', templateVersion: 1, layout: 'plain', title: '通知', data: JSON.stringify({ contact: `${name} ${phone}` }), status: 'issued', numberCode: '', numberYear: 2026, numberSerial: 1 + Number.parseInt(ownerId.slice(-6), 16), issuedOn: localDate('2026-11-01'), issuedAt: at, signer: '某', textSha256: 'a'.repeat(64), verifyCode: ownerId.replaceAll('-', '').slice(-20).toUpperCase(), createdByName: '某', createdAt: at, updatedAt: at }).execute();
    const by = await db.selectFrom('platform.appUser').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow();
    await db.insertInto('platform.idempotencyKey').values({ userId: by.id, key: `key-${ownerId}`, fingerprint: 'f', status: 200, response: JSON.stringify({ name, phone }), createdAt: at }).execute();
  });
  return { ...person, coOwner, ownerId, practitionerId, memberId, answerId, batchId, estateId };
}
