import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#contract/permissions.ts';
import { localDate, makeId } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import { draftFor, givenTownships, partOf, type Given } from './testing/given-townships.ts';
import { copyCollection, draftCollection } from './use-cases/draft.ts';
import { handInAnswer } from './use-cases/fill.ts';
import { getKnowledge, getOnePart, getRecipients, listParts } from './use-cases/look.ts';
import { issueCollection } from './use-cases/send-down.ts';
import { getDifferences, updateRegistry } from './use-cases/update-registry.ts';

let given: Given;
const companyId = newId<'Company'>();
let townshipId: string;
let neighbourhoodId: string;
beforeAll(async () => {
  given = await givenTownships(fileURLToPath(new URL('../../../seeds/ledgers/divisions.csv', import.meta.url)));
  townshipId = given.townships[0]?.id ?? '';
  neighbourhoodId = await systemContext(given.kit).transact(async (tx) => {
    const neighbourhood = await tx.db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'neighbourhood').where('townshipId', '=', makeId<'OrgUnit'>(townshipId)).orderBy('id').limit(1).executeTakeFirstOrThrow();
    await tx.db.insertInto('registry.company').values({ id: companyId, countyId: given.countyId, name: '安和物业有限公司', matchKey: '安和物业', phoneCipher: given.kit.vault.seal('0571-88880000'), claimedStaff: 20 }).execute();
    const { id } = await tx.db.selectFrom('registry.estate').select('id').where('townshipId', '=', makeId<'OrgUnit'>(townshipId)).orderBy('id').limit(1).executeTakeFirstOrThrow();
    await tx.db.updateTable('registry.estate').set({ companyId, neighbourhoodId: neighbourhood.id }).where('id', '=', id).execute();
    await tx.db.insertInto('registry.serviceContract').values({ id: newId<'ServiceContract'>(), contractId: newId(), estateId: id, companyId, countyId: given.countyId, townshipId: makeId<'OrgUnit'>(townshipId), neighbourhoodId: neighbourhood.id, startsOn: localDate('2024-01-01'), recordedAt: given.clock.now() }).execute();
    tx.auditNothing('test world');
    return neighbourhood.id;
  });
});
afterAll(() => given.stop());

const none = { params: {}, query: {}, body: {} };
const as = (scope: Scope, role: Role, ifMatch: number | null = null) => makeContext(given.kit, { actor: { userId: null, name: '小李', grantId: null, role, sessionId: null }, scope, requestId: newId(), ip: null, ifMatch });
const company = (ifMatch: number | null = null) => as({ level: 'company', id: companyId, countyId: given.countyId }, 'company-clerk', ifMatch);
const column = (key: string, title: string, kind: 'whole' | 'text' | 'flag', field: string | null) => ({ key, title, kind, field, isRequired: false, choices: [], help: null });

test('a company is asked about itself; its answer, once ticked, stands in its record with the telephone sealed', async () => {
  const draft = await draftCollection(given.clerk(), { ...none, body: draftFor([companyId], { title: '企业信息核对', recipientKind: 'company', rowUnit: 'recipient', columns: [column('c1', '联系电话', 'text', 'phone'), column('c2', '从业人数', 'whole', 'claimedStaff')] }) });
  expect(draft.known).toEqual([{ field: 'phone', title: '联系电话', known: 1, total: 1 }, { field: 'claimedStaff', title: '从业人数（自报）', known: 1, total: 1 }]);
  const sent = await issueCollection(given.clerk({ ifMatch: draft.version }), { ...none, params: { collectionId: draft.id } });
  const partId = await partOf(given, sent.id, companyId);
  const part = await getOnePart(company(), { ...none, params: { partId } });
  expect([part.rows.map(({ title }) => title), part.values[companyId], part.columns.map(({ isPersonal }) => isPersonal)]).toEqual([['安和物业有限公司'], { c1: '0571-88880000', c2: 20 }, [true, false]]);
  await handInAnswer(company(part.version), { ...none, params: { partId }, body: { values: { [companyId]: { c1: '0571-88881111', c2: 35 } }, isUnchanged: false } });
  const { differences } = await getDifferences(given.clerk(), { ...none, params: { collectionId: sent.id }, query: { limit: 50 } });
  expect(differences.map(({ columnTitle, shownBefore, shownAfter }) => [columnTitle, shownBefore, shownAfter])).toEqual([['联系电话', '0571-88880000', '0571-88881111'], ['从业人数', '20', '35']]);
  await updateRegistry(given.clerk(), { ...none, params: { collectionId: sent.id }, body: { changes: differences.map(({ heldId, version, column: key, after }) => ({ heldId, version, key, after })) } });
  const row = await systemContext(given.kit).read((db) => db.selectFrom('registry.company').select(['phoneCipher', 'claimedStaff', 'version']).where('id', '=', companyId).executeTakeFirstOrThrow());
  expect([given.kit.vault.open(row.phoneCipher ?? ''), row.claimedStaff, row.version]).toEqual(['0571-88881111', 35, 2]);
  const told = await systemContext(given.kit).read((db) => db.selectFrom('audit.entry').select(['before', 'after', 'reason']).where('action', '=', 'company.update').where('subjectId', '=', companyId).executeTakeFirstOrThrow());
  expect([JSON.stringify(told).includes('8888'), told.reason]).toEqual([false, '采集任务“企业信息核对”的填报']);
  expect((await listParts(given.officer(townshipId), { ...none, query: { limit: 50 } })).rows).toEqual([]);
});

test('recipients are chosen by township, kind of management and committee of their estates', async () => {
  const named = async (query: Omit<Parameters<typeof getRecipients>[1]['query'], 'recipientKind'>, recipientKind: 'township' | 'neighbourhood' | 'company' = 'company') => (await getRecipients(given.clerk(), { ...none, query: { recipientKind, ...query } })).recipients.map(({ name, estates }) => [name, estates]);
  const [here, there] = given.townships.map(({ id }) => makeId<'OrgUnit'>(id));
  if (here === undefined || there === undefined) throw new Error('two townships');
  expect([await named({}), await named({ townshipId: here }), await named({ townshipId: there })]).toEqual([[['安和物业有限公司', null]], [['安和物业有限公司', 1]], []]);
  expect([await named({ committee: 'no' }), await named({ committee: 'yes' }), await named({ managementKind: 'self' })]).toEqual([[['安和物业有限公司', 1]], [], []]);
  expect((await named({ committee: 'no' }, 'township')).every(([, estates]) => estates === 2)).toBe(true);
  const communities = await named({ townshipId: here }, 'neighbourhood');
  expect([communities.length > 1, (await named({ townshipId: here, committee: 'no' }, 'neighbourhood')).length]).toEqual([true, 1]);
});

test('a part lists only the estates that answer to the condition of its task; who has none is named and gets nothing', async () => {
  const [own, other] = given.townships.map(({ id }) => id);
  const served = makeId<'OrgUnit'>(own ?? '');
  await systemContext(given.kit).transact(async (tx) => { await tx.db.updateTable('registry.estate').set({ managementKind: 'self' }).where('townshipId', '=', served).where('name', 'like', '%西苑').execute(); tx.auditNothing('test world'); });
  const condition = { townshipId: null, managementKind: 'self', hasCommittee: false } as const;
  const draft = await draftCollection(given.clerk(), { ...none, body: draftFor([own ?? '', other ?? ''], { title: '自管小区核对', condition }) });
  expect([draft.condition, draft.rowsOnly, draft.sending, draft.known[0]]).toEqual([condition, '管理方式为“业主自管”、没有业委会的小区', { parts: 1, rows: 1, without: [given.townships[1]?.name] }, { field: 'totalUnits', title: '总户数', known: 0, total: 1 }]);
  expect((await getKnowledge(given.clerk(), { ...none, query: { recipientKind: 'township', rowUnit: 'estate', managementKind: 'self' } })).rowCount).toBe(1);
  const sent = await issueCollection(given.clerk({ ifMatch: draft.version }), { ...none, params: { collectionId: draft.id } });
  const part = await getOnePart(given.officer(own ?? ''), { ...none, params: { partId: await partOf(given, sent.id, own ?? '') } });
  expect([sent.partCount, part.rows.map(({ title }) => title), part.rowsOnly]).toEqual([1, [`${given.townships[0]?.name ?? ''}西苑`], '管理方式为“业主自管”、没有业委会的小区']);
  expect((await copyCollection(given.clerk(), { ...none, params: { collectionId: sent.id } })).condition).toEqual(condition);
  const whole = draftFor([own ?? ''], { rowUnit: 'recipient', condition, columns: [column('c1', '隐患', 'whole', null)] });
  await expect(draftCollection(given.clerk(), { ...none, body: whole })).rejects.toThrow(/每个单位一行的任务不分小区/);
  const companies = draftFor([companyId], { title: '企业', recipientKind: 'company', rowUnit: 'estate', condition: { townshipId: makeId<'OrgUnit'>(other ?? ''), managementKind: null, hasCommittee: null }, columns: [column('c1', '总户数', 'whole', 'totalUnits')] });
  const nothing = await draftCollection(given.clerk(), { ...none, body: companies });
  await expect(issueCollection(given.clerk({ ifMatch: nothing.version }), { ...none, params: { collectionId: nothing.id } })).rejects.toThrow(/都没有可填的行/);
});

test('a township asks its neighbourhoods and the companies that serve within it, about estates there and no others', async () => {
  const officer = (ifMatch: number | null = null) => given.officer(townshipId, { ifMatch });
  expect((await getRecipients(officer(), { ...none, query: { recipientKind: 'company' } })).recipients.map(({ name }) => name)).toEqual(['安和物业有限公司']);
  expect((await getRecipients(given.officer(given.townships[1]?.id ?? ''), { ...none, query: { recipientKind: 'company' } })).recipients).toEqual([]);
  const draft = await draftCollection(officer(), { ...none, body: draftFor([neighbourhoodId], { title: '社区核对', recipientKind: 'neighbourhood', columns: [column('c1', '总户数', 'whole', 'totalUnits'), column('c2', '楼道堆物', 'flag', null)] }) });
  const sent = await issueCollection(officer(draft.version), { ...none, params: { collectionId: draft.id } });
  const partId = await partOf(given, sent.id, neighbourhoodId);
  const neighbourhood = (ifMatch: number | null = null) => as({ level: 'neighbourhood', id: neighbourhoodId, countyId: given.countyId }, 'neighbourhood-officer', ifMatch);
  const part = await getOnePart(neighbourhood(), { ...none, params: { partId } });
  expect([part.rows.length, part.issuerName]).toEqual([1, '县住建局']);
  expect((await handInAnswer(neighbourhood(part.version), { ...none, params: { partId }, body: { values: {}, isUnchanged: true } })).state).toBe('answered');
  expect((await getDifferences(given.clerk(), { ...none, params: { collectionId: sent.id }, query: { limit: 50 } })).differences).toEqual([]);
  await expect(getDifferences(given.officer(given.townships[1]?.id ?? ''), { ...none, params: { collectionId: sent.id }, query: { limit: 50 } })).rejects.toMatchObject({ code: 'not-found' });
  await expect(getOnePart(company(), { ...none, params: { partId } })).rejects.toMatchObject({ code: 'not-found' });
});

test('of an estate that would get more homes lived in than it has, nothing is written', async () => {
  const draft = await draftCollection(given.clerk(), { ...none, body: draftFor([townshipId], { title: '入住核对', columns: [column('c1', '总户数', 'whole', 'totalUnits')] }) });
  const sent = await issueCollection(given.clerk({ ifMatch: draft.version }), { ...none, params: { collectionId: draft.id } });
  const partId = await partOf(given, sent.id, townshipId);
  const { rows, version } = await getOnePart(given.officer(townshipId), { ...none, params: { partId } });
  await handInAnswer(given.officer(townshipId, { ifMatch: version }), { ...none, params: { partId }, body: { values: Object.fromEntries(rows.map(({ id }) => [id, { c1: 5 }])), isUnchanged: false } });
  const { differences } = await getDifferences(given.clerk(), { ...none, params: { collectionId: sent.id }, query: { limit: 50 } });
  await expect(updateRegistry(given.clerk(), { ...none, params: { collectionId: sent.id }, body: { changes: differences.map(({ heldId, version: held, column: key, after }) => ({ heldId, version: held, key, after })) } })).rejects.toThrow(/东苑”：入住户数不能多于总户数5/);
  expect((await getDifferences(given.clerk(), { ...none, params: { collectionId: sent.id }, query: { limit: 50 } })).differences).toHaveLength(differences.length);
});
