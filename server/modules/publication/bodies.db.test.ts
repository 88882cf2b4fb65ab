import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input, Output } from '#contract/define-route.ts';
import type { getPublication as oneRoute, postPublication } from '#contract/publication.ts';
import type { Role } from '#contract/permissions.ts';
import { instant, localDate, type Id } from '#domain/kernel/brand.ts';
import { everything, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { makeContext } from '#platform/make-context.ts';
import { readWorkbookText } from '#server/main/testing/workbook-text.ts';
import { officeWorld, type OfficeWorld } from './testing/office.ts';
import { draftPublication } from './use-cases/draft-publication.ts';
import { exportPublications, getPublication, getPublicationTurns, listPublications } from './use-cases/look-at-publications.ts';
import { issuePublication, reviewPublication, submitPublication, withdrawPublication } from './use-cases/pass-on.ts';
import { listPublicItems } from './use-cases/public-page.ts';
import { getPublicationStart } from './use-cases/start-publication.ts';

type Item = Output<typeof oneRoute>;
type Draft = Input<typeof postPublication>['body'];
type Person = (ifMatch?: number | null) => Ctx;
let world: OfficeWorld;
const [companyId, otherCompany, emptyCounty] = [newId<'Company'>(), newId<'Company'>(), newId<'OrgUnit'>()];
const people = new Map<string, Person>();
const as = (name: string): Person => { const found = people.get(name); if (found === undefined) throw new Error(`nobody called ${name}`); return found; };

async function give(name: string, role: Role, scope: Scope & { readonly id: string; readonly level: 'company' | 'estate' | 'township' | 'neighbourhood' | 'county' }): Promise<void> {
  const userId = newId<'AppUser'>();
  const isBody = scope.level !== 'company' && scope.level !== 'estate';
  await world.kit.database.write(everything, async (db) => {
    await db.insertInto('platform.appUser').values({ id: userId, countyId: world.county, login: name, name, passwordHash: '-' }).execute();
    await db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId, countyId: world.county, role, orgUnitId: isBody ? scope.id as Id<'OrgUnit'> : null, level: scope.level, scopeId: scope.id, startedOn: localDate('2020-01-01') }).execute();
  });
  people.set(name, (ifMatch = null) => makeContext(world.kit, { actor: { userId, name, grantId: null, role, sessionId: null }, scope, requestId: newId(), ip: null, ifMatch }));
}

beforeAll(async () => {
  world = await officeWorld();
  const { county, east, west, eastCommunity, estateId } = world;
  await world.kit.database.write(everything, async (db) => {
    for (const [id, name] of [[companyId, '甲物业服务有限公司'], [otherCompany, '乙物业服务有限公司']] as const) await db.insertInto('registry.company').values({ id, countyId: county, name, matchKey: name }).execute();
    await db.insertInto('committee.committee').values({ id: newId<'Committee'>(), committeeId: newId(), countyId: county, townshipId: east, neighbourhoodId: eastCommunity, estateId, kind: 'committee', name: '甲苑业主委员会', status: 'established', sinceOn: localDate('2025-01-01'), untilOn: localDate('2029-12-31'), recordedAt: world.clock.now() }).execute();
    await db.insertInto('platform.orgUnit').values({ id: emptyCounty, countyId: emptyCounty, kind: 'county', name: '邻县', matchKey: '邻县' }).execute();
  });
  const company = { level: 'company', id: companyId, countyId: county } as const;
  const estate = { level: 'estate', id: estateId, countyId: county } as const;
  for (const [name, role] of [['文员', 'company-clerk'], ['经理', 'company-head']] as const) await give(name, role, company);
  await give('乙经理', 'company-head', { ...company, id: otherCompany });
  for (const name of ['主任', '副主任', '委员']) await give(name, 'committee-member', estate);
  await give('东街', 'township-officer', { level: 'township', id: east, countyId: county });
  await give('西街', 'township-officer', { level: 'township', id: west, countyId: county });
  people.set('邻县', (ifMatch = null) => makeContext(world.kit, { actor: { userId: null, name: '邻县', grantId: null, role: 'bureau-clerk', sessionId: null }, scope: { level: 'county', id: emptyCounty, countyId: emptyCounty }, requestId: newId(), ip: null, ifMatch }));
});
afterAll(() => world.stop());

const nobody = { params: {}, query: {}, body: {} };
const at = (item: Item) => ({ ...nobody, params: { publicationId: item.id } });
const draft = (by: Person, title: string, more: Partial<Draft> = {}) => draftPublication(by(), { ...nobody, body: { kind: 'announcement', subjectId: null, title, body: '内容。', periodKind: 'none', periodDays: null, periodUntilOn: null, ...more } });
const submit = (by: Person, item: Item) => submitPublication(by(item.version), { ...at(item), body: { opinion: '' } });
const review = (by: Person, item: Item) => reviewPublication(by(item.version), { ...at(item), body: { attribute: 'active', stateSecret: 'none', workSecret: 'none', personal: 'none', commercial: 'none', thirdParty: 'none', attachmentsSeen: false, note: '', opinion: '' } });
const issue = (by: Person, item: Item) => issuePublication(by(item.version), { ...at(item), body: { opinion: '' } });

const withdraw = (by: Person, item: Item) => withdrawPublication(by(item.version), { ...at(item), body: { reason: '内容有误，另行公告' } });

describe('a company', () => {
  test('publishes what its clerk drafted and its head, the only other one, reviewed and issued; its clerk issues nothing, and its number is of its own series', async () => {
    const waiting = await submit(as('文员'), await draft(as('文员'), '停电检修通知'));
    await expect(review(as('文员'), waiting)).rejects.toThrow(/您是拟稿人/u);
    const signing = await review(as('经理'), waiting);
    expect(signing.openCheck?.answers[0]?.clause).toBe('参照政府信息公开条例第十四条');
    const out = await issue(as('经理'), signing);
    expect(out).toMatchObject({ status: 'published', issuer: '甲物业服务有限公司', indexNo: '990301Q/2026-00001' });
    expect((await listPublicItems(world.visitor(), { ...nobody, query: { limit: 50 } })).rows.map(({ issuer, title }) => [issuer, title])).toEqual([['甲物业服务有限公司', '停电检修通知']]);
    await expect(withdrawPublication(as('乙经理')(out.version), { ...at(out), body: { reason: '不是我们的' } })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('whose head drafted cannot be its own reviewer or issuer', async () => {
    const waiting = await submit(as('经理'), await draft(as('经理'), '经理自拟'));
    await expect(review(as('经理'), waiting)).rejects.toThrow(/您是拟稿人/u);
    const signing = await review(as('文员'), waiting);
    await expect(issue(as('经理'), signing)).rejects.toThrow(/您是拟稿人，不能签发/u);
  });

  test('publishes no facts of the register and no figures in its name', async () => {
    await expect(draft(as('文员'), '', { kind: 'estate', subjectId: world.estateId })).rejects.toMatchObject({ code: 'access.denied' });
    expect(await getPublicationStart(as('经理')(), { ...nobody, query: { kind: 'companies', subjectId: null } })).toMatchObject({ issuer: '甲物业服务有限公司', trouble: expect.stringContaining('由住建部门、乡镇街道和社区公开') });
  });
});

test('in a committee three members do the three acts, none of them two', async () => {
  const waiting = await submit(as('委员'), await draft(as('委员'), '业主大会会议公告'));
  expect((await getPublicationTurns(as('主任')())).toReview).toBe(1);
  const signing = await review(as('副主任'), waiting);
  await expect(issue(as('副主任'), signing)).rejects.toThrow(/审核和签发应由两个人/u);
  await expect(issue(as('委员'), signing)).rejects.toThrow(/您是拟稿人，不能签发/u);
  expect(await issue(as('主任'), signing)).toMatchObject({ status: 'published', issuer: '甲苑业主委员会', indexNo: '990301Y/2026-00001' });
});

test('after a re-election what the old committee published keeps its name, and the new one takes it back; its drafts are laid aside and not gone on with', async () => {
  const out = await issue(as('主任'), await review(as('副主任'), await submit(as('委员'), await draft(as('委员'), '换届前公告'))));
  const [left, waiting] = [await draft(as('委员'), '换届前草稿'), await submit(as('委员'), await draft(as('委员'), '换届前待审'))];
  await expect(withdraw((version) => world.who('leader', version), out)).rejects.toThrow(/这是甲苑业主委员会的公开事项，由该单位办理/u);
  const [next, later] = [newId(), instant('2026-11-20T02:00:01.000Z')];
  await world.kit.database.write(everything, async (db) => {
    const { id, ...old } = await db.selectFrom('committee.committee').selectAll().where('estateId', '=', world.estateId).executeTakeFirstOrThrow();
    await db.updateTable('committee.committee').set({ supersededAt: later }).where('id', '=', id).execute();
    await db.insertInto('committee.committee').values([{ ...old, id: newId<'Committee'>(), recordedAt: later, endedOn: localDate('2026-11-01') }, { ...old, id: newId<'Committee'>(), committeeId: next, recordedAt: later, name: '甲苑第二届业主委员会', sinceOn: localDate('2026-11-01') }]).execute();
  });
  const seen = await getPublication(as('主任')(), at(out));
  expect([seen.issuer, seen.can.withdraw, seen.can.edit]).toEqual(['甲苑业主委员会', true, expect.stringContaining('不能修改')]);
  expect((await getPublication(as('委员')(), at(left))).can).toMatchObject({ discard: true, submit: expect.stringContaining('这是换届前的甲苑业主委员会拟的稿件'), edit: expect.stringContaining('换届后不再办理') });
  await expect(review(as('副主任'), waiting)).rejects.toThrow(/换届后不再办理/u);
  expect((await listPublicItems(world.visitor(), { ...nobody, query: { q: '换届前', limit: 50 } })).rows.map(({ issuer }) => issuer)).toEqual(['甲苑业主委员会']);
  expect(await withdraw(as('主任'), out)).toMatchObject({ status: 'withdrawn', issuer: '甲苑业主委员会' });
  expect(await issue(as('主任'), await review(as('副主任'), await submit(as('委员'), await draft(as('委员'), '换届后公告'))))).toMatchObject({ issuer: '甲苑第二届业主委员会' });
});

test('what a company that was struck off, or a committee that nobody followed, has published is taken back by the office above, and by no other', async () => {
  const ofCompany = await issue(as('经理'), await review(as('经理'), await submit(as('文员'), await draft(as('文员'), '注销前通知'))));
  const ofCommittee = await issue(as('主任'), await review(as('副主任'), await submit(as('委员'), await draft(as('委员'), '解散前公告'))));
  await expect(withdraw(as('东街'), ofCommittee)).rejects.toThrow(/由该单位办理/u);
  await world.kit.database.write(everything, async (db) => {
    await db.updateTable('registry.company').set({ archivedAt: world.clock.now() }).where('id', '=', companyId).execute();
    await db.updateTable('committee.committee').set({ endedOn: localDate('2026-11-02') }).where('estateId', '=', world.estateId).where('supersededAt', 'is', null).execute();
  });
  await expect(withdraw(as('西街'), ofCommittee)).rejects.toMatchObject({ code: 'not-found' });
  expect((await getPublication(as('东街')(), at(ofCommittee))).can).toMatchObject({ withdraw: true, edit: expect.any(String) });
  expect(await withdraw(as('东街'), ofCommittee)).toMatchObject({ status: 'withdrawn' });
  expect(await withdraw((version) => world.who('leader', version), ofCompany)).toMatchObject({ status: 'withdrawn', issuer: '甲物业服务有限公司' });
  await world.kit.database.write(everything, async (db) => {
    await db.updateTable('registry.company').set({ archivedAt: null }).where('id', '=', companyId).execute();
    await db.updateTable('committee.committee').set({ endedOn: null }).where('estateId', '=', world.estateId).where('name', '=', '甲苑第二届业主委员会').execute();
  });
});

test('list, count, export and what waits show a body its own, a body above what stands published, and nobody else anything', async () => {
  const published = await issue(as('主任'), await review(as('副主任'), await submit(as('委员'), await draft(as('委员'), '范围甲'))));
  const drafted = await draft(as('东街'), '范围乙');
  const waiting = await submit(as('文员'), await draft(as('文员'), '范围丙'));
  const own = await draft((version) => world.who('drafter', version), '范围丁');
  const seen = async (by: Person): Promise<string[]> => {
    const query = { q: '范围' };
    const list = await listPublications(by(), { ...nobody, query: { ...query, limit: 50 } });
    const titles = list.rows.map(({ title }) => title).toSorted();
    expect([list.total, list.totalIsExact]).toEqual([titles.length, true]);
    const file = await exportPublications(by(), { ...nobody, query });
    const exported = await readWorkbookText(file.content instanceof Readable ? await buffer(file.content) : file.content instanceof Uint8Array ? file.content : new Uint8Array());
    expect(['范围甲', '范围乙', '范围丙', '范围丁'].filter((title) => exported.includes(title)).toSorted()).toEqual(titles);
    for (const item of [published, drafted, waiting, own]) {
      const found = getPublication(by(), at(item));
      if (titles.includes(item.title)) expect((await found).title).toBe(item.title);
      else await expect(found).rejects.toMatchObject({ code: 'not-found' });
    }
    return titles;
  };
  expect([await seen(as('委员')), await seen(as('东街')), await seen(as('西街')), await seen(as('文员')), await seen(as('乙经理')), await seen(as('邻县'))]).toEqual([['范围甲'], ['范围乙', '范围甲'], [], ['范围丙'], [], []]);
  expect(await seen((version) => world.who('drafter', version))).toEqual(['范围丁', '范围甲']);
  expect([(await getPublicationTurns(as('乙经理')())).toReview, (await getPublicationTurns(as('西街')())).toReview, (await getPublicationTurns(world.who('leader'))).toReview]).toEqual([0, 0, 0]);
});
