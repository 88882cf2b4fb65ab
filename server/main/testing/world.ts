import { pinyin } from 'pinyin-pro';
import type { Insertable } from 'kysely';
import type { Role } from '#contract/permissions.ts';
import { areaCm2, localDate, makeId, type Id, type Instant } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import type { Tables, Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { createHash } from 'node:crypto';
import { textOf } from '#domain/paper/document.ts';
import { noticeV1 } from '#domain/paper/templates/notice.ts';
import { hashPassword } from '#platform/identity/password.ts';
import type { Kit } from '#platform/kit.ts';
import { giveCollection } from './collections.ts';
import { giveComplaint } from './complaints.ts';
import { giveObligation } from './obligations.ts';
import { givePublication } from './publications.ts';
import { giveReport } from './reports.ts';

/** The password of every user of a test world. */
export const WORLD_PASSWORD = 'matrix-pass-2026';

/** One half of a county: everything below one township, each name beginning with the half's mark. */
export interface Side {
  readonly mark: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** 小世界: a county with two equal halves and a second county. What is private to a half carries its mark; companies and people carry 企 before it. */
export interface World { readonly countyId: Id<'OrgUnit'>; readonly left: Side; readonly right: Side; readonly elsewhere: Side; readonly users: ReadonlyMap<string, Role> }

/** Writes a small world. Ids are keyed by the path parameter that names them (`estateId`, `companyId` …). */
export async function makeWorld(kit: Kit): Promise<World> {
  const passwordHash = await hashPassword(WORLD_PASSWORD);
  return kit.database.write(everything, async (db) => {
    const countyId = await county(db, '本县', '990201');
    const otherId = await county(db, '外县', '990202');
    const left = await side(db, kit, countyId, '左侧');
    const right = await side(db, kit, countyId, '右侧');
    const elsewhere = await side(db, kit, otherId, '外侧');
    const users = new Map<string, Role>();
    const people: readonly [string, Role, Id<'OrgUnit'>, string][] = [
      ['leader', 'bureau-leader', countyId, countyId], ['clerk', 'bureau-clerk', countyId, countyId], ['department', 'department-officer', countyId, countyId], ['conference', 'conference-office', countyId, countyId],
      ['system', 'system-administrator', countyId, countyId], ['security', 'security-administrator', countyId, countyId], ['auditor', 'audit-administrator', countyId, countyId],
      ['other-county', 'bureau-clerk', otherId, otherId],
      ['other-security', 'security-administrator', otherId, otherId], ['other-system', 'system-administrator', otherId, otherId], ['other-auditor', 'audit-administrator', otherId, otherId],
      ...[left, right].flatMap((half): [string, Role, Id<'OrgUnit'>, string][] => [
        [`${half.mark}-township`, 'township-officer', countyId, half.ids.townshipId ?? ''],
        [`${half.mark}-neighbourhood`, 'neighbourhood-officer', countyId, half.ids.neighbourhoodId ?? ''],
        [`${half.mark}-company`, 'company-head', countyId, half.ids.companyId ?? ''],
        [`${half.mark}-company-clerk`, 'company-clerk', countyId, half.ids.companyId ?? ''],
        [`${half.mark}-manager`, 'estate-manager', countyId, half.ids.estateId ?? ''],
        [`${half.mark}-committee`, 'committee-member', countyId, half.ids.estateId ?? ''],
        [`${half.mark}-owner`, 'owner', countyId, half.ids.estateId ?? ''],
      ]),
    ];
    for (const [login, role, where, scopeId] of people) {
      await user(db, { login, role, countyId: where, scopeId, passwordHash });
      users.set(login, role);
    }
    // These counties ask nobody for a one-time code: what that is like has tests of its own.
    for (const where of [countyId, otherId]) await noSecondFactor(db, where);
    for (const [half, county] of [[left, countyId], [right, countyId], [elsewhere, otherId]] as const) {
      await giveReport(db, kit, half, county);
      await givePublication(db, kit, half, county);
      await giveCollection(db, kit, half, county);
      await giveObligation(db, kit, half, county);
      await giveComplaint(db, kit, half, county);
    }
    return { countyId, left, right, elsewhere, users };
  });
}

/** The county asks no role for a one-time code, from the very first day. */
async function noSecondFactor(db: Db, countyId: Id<'OrgUnit'>): Promise<void> {
  const { id: setBy } = await db.selectFrom('platform.appUser').select('id').where('countyId', '=', countyId).limit(1).executeTakeFirstOrThrow();
  await insert(db, 'platform.parameterOverride', { id: newId<'ParameterOverride'>(), countyId, parameterId: 'administration.second-factor-roles', value: '[]', effectiveFrom: localDate('2020-01-01'), basis: '测试', setBy });
}

type Row<T extends keyof Tables> = Insertable<Tables[T]>;

async function insert<T extends keyof Tables & string>(db: Db, table: T, row: Row<T>): Promise<void> {
  await db.insertInto(table).values(row).execute();
}

async function county(db: Db, name: string, code: string): Promise<Id<'OrgUnit'>> {
  const id = newId<'OrgUnit'>();
  await insert(db, 'platform.orgUnit', { id, countyId: id, kind: 'county', name, matchKey: name, code });
  return id;
}

const LEVEL: Record<Role, 'county' | 'township' | 'neighbourhood' | 'estate' | 'company'> = {
  'conference-office': 'county', 'bureau-leader': 'county', 'bureau-clerk': 'county', 'department-officer': 'county', 'system-administrator': 'county', 'security-administrator': 'county', 'audit-administrator': 'county',
  'township-officer': 'township', 'neighbourhood-officer': 'neighbourhood', 'company-head': 'company', 'company-clerk': 'company', 'estate-manager': 'estate', 'committee-member': 'estate', 'owner': 'estate',
};

async function user(db: Db, { login, role, countyId, scopeId, passwordHash }: { login: string; role: Role; countyId: Id<'OrgUnit'>; scopeId: string; passwordHash: string }): Promise<void> {
  const id = newId<'AppUser'>();
  await insert(db, 'platform.appUser', { id, countyId, login, name: login, passwordHash });
  await insert(db, 'platform.userGrant', { id: newId<'UserGrant'>(), userId: id, countyId, role, level: LEVEL[role], scopeId, startedOn: localDate('2020-01-01') });
}

/** 半个小世界: one township with everything below it; each call makes another. */
export async function side(db: Db, kit: Kit, countyId: Id<'OrgUnit'>, mark: string): Promise<Side> {
  const townshipId = newId<'OrgUnit'>(), neighbourhoodId = newId<'OrgUnit'>(), companyId = newId<'Company'>(), estateId = newId<'Estate'>();
  const buildingId = newId<'Building'>(), unitId = newId<'Unit'>(), ownerId = newId<'Owner'>(), practitionerId = newId<'Practitioner'>(), purposeId = newId<'OwnerPurpose'>();
  const contractId = newId(), committeeId = newId(), contactId = newId<'Contact'>(), batchId = newId<'Batch'>(), paperId = newId<'Paper'>(), handOverId = newId<'HandOver'>(), flagId = newId<'LookupFlag'>(), requestId = newId<'PersonRequest'>(), bindingId = newId<'Binding'>();
  const at = kit.clock.now();
  const personal = (digits: string) => ({ phoneCipher: kit.vault.seal(digits), phoneIndex: kit.vault.index('phone', digits), phoneLast4: kit.vault.index('phone-last4', digits.slice(-4)) });
  const scope = { countyId, townshipId, neighbourhoodId, estateId, companyId };
  await insert(db, 'platform.orgUnit', { id: townshipId, countyId, townshipId, parentId: countyId, kind: 'township', subkind: '街道', name: `镇${mark.slice(0, 1)}街道`, matchKey: `镇${mark}` });
  await insert(db, 'platform.orgUnit', { id: neighbourhoodId, countyId, townshipId, neighbourhoodId, parentId: townshipId, kind: 'neighbourhood', name: `社${mark.slice(0, 1)}社区`, matchKey: `社${mark}` });
  await insert(db, 'registry.company', { id: companyId, countyId, name: `企${mark}物业有限公司`, matchKey: `企${mark}物业`, ...personal('19900000001') });
  await insert(db, 'registry.estate', { id: estateId, countyId, townshipId, neighbourhoodId, companyId, name: `${mark}小区`, matchKey: `${mark}小区`, managementKind: 'company', totalUnits: 10, occupiedUnits: 8 });
  await insert(db, 'registry.building', { ...scope, id: buildingId, name: `${mark}1幢`, matchKey: '1' });
  await insert(db, 'registry.unit', { ...scope, id: unitId, buildingId, entrance: '1', room: '101', matchKey: '1-1-101' });
  await insert(db, 'registry.unitArea', { ...scope, id: newId<'UnitArea'>(), unitId, areaCm2: areaCm2(1_000_000), areaSource: 'register', recordedAt: at });
  await insert(db, 'registry.ownerPurpose', { countyId, townshipId, neighbourhoodId, estateId, id: purposeId, purpose: `${mark}目的`, document: `${mark}函`, deleteOn: localDate('2030-01-01') });
  await insert(db, 'registry.owner', { ...scope, id: ownerId, name: `${mark}业主`, matchKey: 'k1', purposeId, ...personal('19900000002') });
  await insert(db, 'registry.ownership', { ...scope, id: newId<'Ownership'>(), unitId, ownerId, kind: 'owner', recordedAt: at });
  await insert(db, 'registry.practitioner', { id: practitionerId, countyId, companyId, name: `企${mark}经理`, matchKey: `p${mark}`, post: 'estate-manager', ...personal('19900000003') });
  await insert(db, 'registry.serviceContract', { ...scope, id: newId<'ServiceContract'>(), contractId, startsOn: localDate('2024-01-01'), endsOn: localDate('2027-12-31'), recordedAt: at });
  await insert(db, 'registry.estateManager', { ...scope, id: newId<'EstateManager'>(), practitionerId, recordedAt: at });
  await insert(db, 'registry.contact', { countyId, townshipId, neighbourhoodId, estateId, companyId, id: contactId, name: `企${mark}网格员`, post: '网格员', kind: 'grid-member' });
  await insert(db, 'registry.estateRollup', { ...scope, unitCount: 1, areaCm2: areaCm2(1_000_000), headCount: 1, weakHeadCount: 0, updatedAt: at });
  await insert(db, 'registry.searchEntry', { ...scope, kind: 'estate', subjectId: estateId, title: `${mark}小区`, detail: '', haystack: `${mark}小区 xq ${pinyin(`${mark}小区`, { toneType: 'none', type: 'array' }).join('')}`, grams: [mark, mark.slice(0, 1)] });
  await insert(db, 'committee.committee', { ...scope, id: newId<'Committee'>(), committeeId, name: `${mark}业委会`, status: 'established', sinceOn: localDate('2023-01-01'), untilOn: localDate('2028-01-01'), recordedAt: at });
  await insert(db, 'owner.binding', { id: bindingId, countyId, townshipId, neighbourhoodId, estateId, place: `${mark}1幢9室`, nameCipher: kit.vault.seal(`${mark}业主`), ...personal('19900000009'), status: 'asked', consentVersion: '2026-1', consentedAt: at, askedOn: localDate('2026-11-20'), createdAt: at, updatedAt: at });
  await insert(db, 'ledger.batch', { id: batchId, countyId, townshipId, kind: 'estates', status: 'preview', rowCount: 1 });
  await insert(db, 'ledger.batchRow', { batchId, countyId, townshipId, rowNo: 1, sheet: `${mark}表`, sheetRow: 2, raw: '{}', fields: '{}', outcome: 'refused' });
  await insert(db, 'paper.paper', { ...issuedNotice(mark), id: paperId, countyId, townshipId, issuerId: townshipId, createdAt: at, updatedAt: at, issuedAt: at });
  await handOver(db, { id: handOverId, flagId, requestId, countyId, townshipId, mark, at, nameCipher: kit.vault.seal(`${mark}业主`) });
  return { mark, ids: { townshipId, neighbourhoodId, companyId, estateId, buildingId, unitId, ownerId, practitionerId, contractId, committeeId, contactId, batchId, paperId, handOverId, flagId, requestId, bindingId, orgUnitId: townshipId, formId: newId(), sendingId: newId(), publicationId: newId(), publicId: newId(), complaintId: newId(), complainantId: newId(), orderBatchId: newId(), hotlineReturnId: newId(), letterId: newId(), collectionId: newId(), partId: newId(), obligationId: newId(), key: 'c1', sheet: '0', cell: 'B2' } };
}

/** An officer of a half's township who is to hand over to a new one (nobody has signed), and who looked up many numbers. */
async function handOver(db: Db, { id, flagId, requestId, countyId, townshipId, mark, at, nameCipher }: { nameCipher: string; id: Id<'HandOver'>; flagId: Id<'LookupFlag'>; requestId: Id<'PersonRequest'>; countyId: Id<'OrgUnit'>; townshipId: Id<'OrgUnit'>; mark: string; at: Instant }): Promise<void> {
  const [fromId, toId] = [newId<'AppUser'>(), newId<'AppUser'>()];
  for (const [person, name] of [[fromId, '交'], [toId, '接']] as const) await insert(db, 'platform.appUser', { id: person, countyId, login: `${name}-${id}`, name, passwordHash: 'none' });
  await insert(db, 'platform.userGrant', { id: newId<'UserGrant'>(), userId: fromId, countyId, role: 'township-officer', level: 'township', scopeId: townshipId, orgUnitId: townshipId, startedOn: localDate('2020-01-01') });
  await insert(db, 'handover.handOver', { id, countyId, fromId, fromName: '交', toId, toName: '接', cause: 'transferred', reason: `${mark}调令`, plannedOn: localDate('2026-11-20'), startedByName: '某', createdAt: at, updatedAt: at });
  await insert(db, 'privacy.lookupFlag', { id: flagId, countyId, userId: fromId, userName: '交', lookedOn: localDate('2026-11-19'), span: 'day', most: 40, limitValue: 30, createdAt: at, updatedAt: at });
  await insert(db, 'privacy.personRequest', { id: requestId, countyId, kind: 'copy', asker: 'self', searchedAt: at, identityCheck: '核对身份证', asked: `${mark}查阅`, nameCipher, receivedOn: localDate('2026-11-19'), dueOn: localDate('2026-12-04'), registeredBy: fromId, registeredByName: '交', createdAt: at, updatedAt: at });
  await insert(db, 'privacy.erasure', { id: makeId<'Erasure'>(requestId), countyId, erasedAt: at, ground: 'other', proposedByName: '交', approvedByName: '接', counts: '[]', kept: '[]' });
}

/** A plain notice of a half's township, issued, as the module would have written it. */
function issuedNotice(mark: string) {
  const data = { subject: `${mark}开会`, addressee: '', body: '开会。', contactName: '', contactPhone: '', attachments: '', copies: '' };
  const issuerName = `镇${mark.slice(0, 1)}街道办事处`;
  const bound = noticeV1.bind(data, { layout: 'plain', issuer: issuerName, number: '编号：2026-1', on: localDate('2026-11-20') });
  const text = textOf({ ...bound, isDraft: false, verification: null });
  return {
    level: 'township', issuerKind: 'township', issuerName, kind: 'notice', templateVersion: 1, layout: 'plain', title: bound.title, data: JSON.stringify(data), status: 'issued', numberCode: '', numberYear: 2026, numberSerial: 1,
    issuedOn: localDate('2026-11-20'), signer: '某', textSha256: createHash('sha256').update(text, 'utf8').digest('hex'), verifyCode: newId().replaceAll('-', '').toUpperCase().slice(-20), createdByName: '某',
  } as const;
}
