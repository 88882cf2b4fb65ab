import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate, makeId } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import { draftFor, givenTownships, type Given } from './testing/given-townships.ts';
import { exportBoard, getBoard } from './use-cases/board.ts';
import { draftCollection } from './use-cases/draft.ts';
import { handInAnswer } from './use-cases/fill.ts';
import { getOneCollection, getOnePart, listCollections } from './use-cases/look.ts';
import { chaseCollection, closeCollection, issueCollection, withdrawCollection } from './use-cases/send-down.ts';
import { getDifferences } from './use-cases/update-registry.ts';

const MOST = 500;
const FEW = 20;
/** So that some have not answered when it is closed, in the small task as in the large one. */
const SMALL = 2 * FEW;
let given: Given;
const bodies = { neighbourhood: [] as string[], company: [] as string[] };
/** 500 neighbourhoods and 500 companies with somebody in each; every estate lies in one neighbourhood and is served by one company. */
beforeAll(async () => {
  given = await givenTownships(fileURLToPath(new URL('../../../seeds/ledgers/divisions.csv', import.meta.url)), { slowMs: 0 });
  await systemContext(given.kit).transact(async (tx) => {
    const of = <Row>(make: (at: number) => Row): Row[] => Array.from({ length: MOST }, (_, at) => make(at));
    const { countyId, clock } = given;
    const townshipOf = (at: number) => makeId<'OrgUnit'>(given.townships[at % given.townships.length]?.id ?? '');
    const [places, companies] = [of(() => newId<'OrgUnit'>()), of(() => newId<'Company'>())];
    bodies.neighbourhood.push(...places);
    bodies.company.push(...companies);
    await tx.db.insertInto('platform.orgUnit').values(places.map((id, at) => ({ id, kind: 'neighbourhood' as const, parentId: townshipOf(at), countyId, townshipId: townshipOf(at), name: `第${at}社区`, matchKey: `第${at}`, code: `9${String(at).padStart(11, '0')}` }))).execute();
    await tx.db.insertInto('registry.company').values(companies.map((id, at) => ({ id, countyId, name: `第${at}物业有限公司`, matchKey: `第${at}物业` }))).execute();
    const users = [...places, ...companies].map((scopeId) => ({ id: newId<'AppUser'>(), scopeId, isCompany: companies.some((id) => id === String(scopeId)) }));
    await tx.db.insertInto('platform.appUser').values(users.map(({ id }) => ({ id, countyId, login: id, name: '经办', passwordHash: '-' }))).execute();
    await tx.db.insertInto('platform.userGrant').values(users.map(({ id, scopeId, isCompany }) => ({ id: newId<'UserGrant'>(), userId: id, countyId, role: isCompany ? 'company-clerk' as const : 'neighbourhood-officer' as const, level: isCompany ? 'company' as const : 'neighbourhood' as const, scopeId, startedOn: localDate('2020-01-01') }))).execute();
    await tx.db.insertInto('registry.estate').values(of((at) => ({ id: newId<'Estate'>(), countyId, townshipId: townshipOf(at), neighbourhoodId: places[at] ?? null, companyId: companies[at] ?? null, name: `第${at}苑`, matchKey: `第${at}苑`, managementKind: 'company' as const, totalUnits: at, updatedAt: clock.now() }))).execute();
    tx.auditNothing('test world');
  });
});
afterAll(() => given.stop());

const none = { params: {}, query: {}, body: {} };
const columns = draftFor([]).columns.slice(0, 2).map((column) => ({ ...column, isRequired: false }));
/** How many statements went to PostgreSQL. */
async function counting<T>(work: () => Promise<T>): Promise<{ result: T; statements: number }> {
  const before = given.kit.slow.noted();
  return { result: await work(), statements: given.kit.slow.noted() - before };
}

/** Everything that is done with a task of so many recipients, each act with its statements. */
async function wholeTask(recipientKind: 'neighbourhood' | 'company', size: number) {
  const counts: Record<string, number> = {};
  const count = async <T>(act: string, work: () => Promise<T>): Promise<T> => { const { result, statements } = await counting(work); counts[act] = statements; return result; };
  const draft = await count('draft', () => draftCollection(given.clerk(), { ...none, body: draftFor(bodies[recipientKind].slice(0, size), { title: `${recipientKind}${size}`, recipientKind, columns }) }));
  const one = { ...none, params: { collectionId: draft.id } };
  const sent = await count('issue', () => issueCollection(given.clerk({ ifMatch: draft.version }), one));
  expect([draft.sending, sent.partCount]).toEqual([{ parts: size, rows: size, without: [] }, size]);
  const told = () => systemContext(given.kit).read((db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id').select(['n.kind']).where('n.subjectId', 'in', sent.parts.map(({ id }) => String(id))).execute());
  expect(await told()).toHaveLength(size);
  expect((await count('chase', () => chaseCollection(given.clerk(), { ...one, body: { partIds: null } }))).chased).toHaveLength(size);
  expect(await told()).toHaveLength(2 * size);
  await count('list', () => listCollections(given.clerk(), { ...none, query: { limit: 50 } }));
  const answering = sent.parts.slice(0, FEW);
  for (const [at, { id, version }] of answering.entries()) {
    const scope = { level: recipientKind, id: sent.recipientIds[at] ?? null, countyId: given.countyId };
    const who = (ifMatch: number | null = null) => makeContext(given.kit, { actor: { userId: null, name: '经办', grantId: null, role: recipientKind === 'company' ? 'company-clerk' : 'neighbourhood-officer', sessionId: null }, scope, requestId: newId(), ip: null, ifMatch });
    const part = await count('open', () => getOnePart(who(), { ...none, params: { partId: id } }));
    const values = Object.fromEntries(part.rows.map((row) => [row.id, { c1: 1000 + at }]));
    await count('answer', () => handInAnswer(who(version), { ...none, params: { partId: id }, body: { values, isUnchanged: at % 2 === 1 } }));
  }
  const detail = await count('detail', () => getOneCollection(given.clerk(), one));
  expect([detail.answeredCount, detail.parts.length]).toEqual([FEW, size]);
  const board = await count('board', () => getBoard(given.clerk(), { ...one, query: { limit: 50, show: 'changed' } }));
  expect([board.changedRows, board.rowCount, board.lines.length]).toEqual([FEW / 2, size, FEW / 2]);
  const differences = await count('differences', () => getDifferences(given.clerk(), { ...one, query: { limit: 50 } }));
  expect(differences.differences).toHaveLength(FEW / 2);
  await count('export', () => exportBoard(given.clerk(), one));
  await count('close', () => closeCollection(given.clerk({ ifMatch: detail.version }), one));
  return counts;
}

test('five hundred recipients cost as many statements as forty: sending, chasing, answering, merging, comparing, exporting and ending', async () => {
  for (const kind of ['neighbourhood', 'company'] as const) {
    const few = await wholeTask(kind, SMALL);
    const most = await wholeTask(kind, MOST);
    expect(Object.keys(few)).toHaveLength(11);
    expect(most).toEqual(few);
    expect(Math.max(...Object.values(most))).toBeLessThan(40);
  }
});

test('a withdrawn task of five hundred tells each of them once', async () => {
  const draft = await draftCollection(given.clerk(), { ...none, body: draftFor(bodies.company, { title: '撤回', recipientKind: 'company', columns }) });
  const sent = await issueCollection(given.clerk({ ifMatch: draft.version }), { ...none, params: { collectionId: draft.id } });
  const { statements } = await counting(() => withdrawCollection(given.clerk({ ifMatch: sent.version }), { ...none, params: { collectionId: draft.id }, body: { reason: '文件依据有误' } }));
  expect(statements).toBeLessThan(40);
  const told = await systemContext(given.kit).read((db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id').select('r.userId').where('n.kind', '=', 'collection.withdrawn').execute());
  expect([told.length, new Set(told.map(({ userId }) => userId)).size]).toEqual([MOST, MOST]);
});
