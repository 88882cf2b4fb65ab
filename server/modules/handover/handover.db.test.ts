import { afterAll, describe, expect, test } from 'vitest';
import type { Role } from '#contract/permissions.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { PASSWORD } from '#modules/administration/testing/world.ts';
import { listCollections } from '#modules/collection/use-cases/look.ts';
import { listBatches } from '#modules/ledger/use-cases/look-at-batches.ts';
import { listPapers } from '#modules/paper/use-cases/list-papers.ts';
import { listPublications } from '#modules/publication/use-cases/look-at-publications.ts';
import { listForms } from '#modules/report/use-cases/look-at-forms.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { personNames } from '#platform/identity/in-hand.ts';
import { signIn } from '#platform/identity/sessions.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { cancelHandOver } from './use-cases/cancel-hand-over.ts';
import { endLeave, endLeavesDue } from './use-cases/end-leave.ts';
import { exportHandOvers, listHandOvers } from './use-cases/look-at-hand-overs.ts';
import { getHoldings } from './use-cases/start-hand-over.ts';
import { handOverDesk } from './testing/desk.ts';

const { kit, given, security, succeed, as, manager, read, user, openPosts, draft, holderOf, begin, look, give, take } = await handOverDesk();
afterAll(() => kit.stop());

describe('a hand-over that both sign', () => {
  test('moves posts and what is in hand in one act, ends the account, issues the list as a paper, and leaves history with the old name', async () => {
    const wang = await user([{ role: 'township-officer', at: '城关街道' }, { role: 'neighbourhood-officer', at: '东门社区' }]);
    const li = await user();
    const out = as(wang.id, '王敏', 'township-officer', '城关街道');
    const paper = await draft(out, '消防通道清理');
    await signIn(kit.kit, { login: wang.login, password: PASSWORD, ip: '10.0.0.9', userAgent: '' });
    const made = await begin({ fromId: wang.id, toId: li.id });
    expect(made).toMatchObject({ status: 'open', postTitles: ['乡镇街道经办人（城关街道）', '社区经办人（东门社区）'] });
    expect(made.items.map(({ group, path }) => [group, path])).toEqual([['post', null], ['post', null], ['duty', `/papers/${paper.id}`]]);

    const key = made.items[2]?.key ?? '';
    const signed = await give(out, made, { papers: '维修资金台账｜3本｜档案柜', notes: [{ key, note: '领导已口头同意' }] });
    expect(signed).toMatchObject({ status: 'signed', papers: '维修资金台账｜3本｜档案柜', signatures: [{ role: 'from', byName: null }, { role: 'to', at: null }] });
    expect(signed.items.find((item) => item.key === key)?.note).toBe('领导已口头同意');
    expect(await openPosts(wang.id)).toHaveLength(2);

    const done = await take(as(li.id, '李强'), made);
    expect(done).toMatchObject({ status: 'completed', isAccountEnded: true, paper: { number: '2026-1' } });
    expect(await openPosts(wang.id)).toEqual([]);
    expect(await openPosts(li.id)).toEqual(['neighbourhood-officer', 'township-officer']);
    expect(await holderOf(paper.id)).toEqual({ holderId: li.id, createdByName: '王敏' });
    await expect(signIn(kit.kit, { login: wang.login, password: PASSWORD, ip: '10.0.0.9', userAgent: '' })).rejects.toMatchObject({ code: 'session.wrong-password' });
    const [issued, sessions, trail] = await read(async (db) => [
      await db.selectFrom('paper.paper').select(['status', 'kind', 'issuerName', 'data', 'signer']).where('id', '=', done.paper?.id ?? newId<'Paper'>()).executeTakeFirstOrThrow(),
      await db.selectFrom('platform.session').select('revokedReason').where('userId', '=', wang.id).execute(),
      await db.selectFrom('audit.entry').select(['action', 'actorName']).where('subjectKind', '=', 'HandOver').where('subjectId', '=', made.id).orderBy('entryNo').execute(),
    ]);
    expect(issued).toMatchObject({ status: 'issued', kind: 'hand-over-list', issuerName: '城关街道办事处', signer: `${wang.login}、${li.login}` });
    const text = JSON.stringify(issued.data);
    for (const said of ['消防通道清理', '领导已口头同意', '维修资金台账｜3本｜档案柜', '乡镇街道经办人｜城关街道｜2025年1月1日到岗', '移交人', '接收人', '在系统中核对密码后签字确认']) expect(text).toContain(said);
    expect(sessions.every(({ revokedReason }) => revokedReason !== null)).toBe(true);
    expect(trail.map(({ action, actorName }) => `${action} ${actorName}`)).toEqual(['handover.start security', 'handover.sign-outgoing 王敏', 'handover.sign-incoming 李强']);
  });

  test('of one post of two leaves the other, its drafts and the account alone', async () => {
    const wang = await user([{ role: 'township-officer', at: '城关街道' }, { role: 'township-officer', at: '河口镇' }]);
    const li = await user();
    const [here, there] = [as(wang.id, '王敏', 'township-officer', '城关街道'), as(wang.id, '王敏', 'township-officer', '河口镇')];
    const [going, staying] = [await draft(here, '走的'), await draft(there, '留的')];
    const { grants } = await getHoldings(manager(), { params: { userId: wang.id }, query: {}, body: {} });
    const made = await begin({ fromId: wang.id, toId: li.id, cause: 'rotated', grantIds: grants.filter(({ scopeName }) => scopeName === '城关街道').map(({ id }) => id) });
    expect(made.items).toHaveLength(2);
    await give(here, made);
    expect(await take(as(li.id, '李强'), made)).toMatchObject({ status: 'completed', isAccountEnded: false });
    expect([await openPosts(wang.id), await openPosts(li.id)]).toEqual([['township-officer'], ['township-officer']]);
    expect([(await holderOf(going.id)).holderId, (await holderOf(staying.id)).holderId]).toEqual([li.id, null]);
  });

  test('nothing moves before the second signature, and it can be cancelled until then and not after', async () => {
    const [wang, li] = [await user(['department-officer']), await user()];
    const made = await begin({ fromId: wang.id, toId: li.id });
    await expect(take(as(li.id, '李强'), made)).rejects.toMatchObject({ code: 'rule.violated', message: '移交人还没有签字，签字后再签收' });
    await give(as(wang.id, '王敏'), made);
    const cancel = () => cancelHandOver(manager(), { params: { handOverId: made.id }, query: {}, body: { reason: '调令收回' } });
    expect(await cancel()).toMatchObject({ status: 'cancelled', cancelReason: '调令收回' });
    expect([await openPosts(wang.id), await openPosts(li.id)]).toEqual([['department-officer'], []]);
    await expect(take(as(li.id, '李强'), made)).rejects.toMatchObject({ code: 'rule.violated' });
    const again = await begin({ fromId: wang.id, toId: li.id });
    await give(as(wang.id, '王敏'), again);
    await take(as(li.id, '李强'), again);
    await expect(cancelHandOver(manager(), { params: { handOverId: again.id }, query: {}, body: { reason: '后悔' } })).rejects.toMatchObject({ code: 'rule.violated', violations: [{ rule: 'handover.cancel-in-time' }] });
  });

  test('one who presses twice at once hands over once', async () => {
    const [wang, li] = [await user(['department-officer']), await user()];
    const made = await begin({ fromId: wang.id, toId: li.id });
    await give(as(wang.id, '王敏'), made);
    const { listMark } = await look(as(li.id, '李强'), made);
    const answers = await Promise.allSettled([take(as(li.id, '李强'), made, listMark), take(as(li.id, '李强'), made, listMark)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await openPosts(li.id)).toEqual(['department-officer']);
  });
});

describe('rules of before hold', () => {
  test('three administrators stay apart, nobody arranges a post for himself, and the county keeps a security administrator', async () => {
    const [audit, system] = [await user(['audit-administrator']), await user(['system-administrator'])];
    await expect(begin({ fromId: audit.id, toId: system.id })).rejects.toMatchObject({ violations: [{ rule: 'administration.separation' }] });
    await expect(begin({ fromId: audit.id, toId: security() })).rejects.toMatchObject({ code: 'rule.violated' });
    await expect(begin({ fromId: audit.id, toId: audit.id })).rejects.toMatchObject({ violations: [{ rule: 'handover.parties-apart' }] });
    await expect(begin({ fromId: (await user()).id, toId: system.id })).rejects.toMatchObject({ violations: [{ rule: 'handover.something-to-hand-over' }] });
    await expect(begin({ fromId: audit.id, toId: (await user()).id, cause: 'leave' })).rejects.toMatchObject({ violations: [{ rule: 'handover.days-fit' }] });
    const first = await begin({ fromId: audit.id, toId: (await user()).id });
    await expect(begin({ fromId: audit.id, toId: (await user()).id })).rejects.toMatchObject({ code: 'state.duplicate' });
    expect((await listHandOvers(manager(), { params: {}, query: { limit: 50, userId: audit.id }, body: {} })).rows.map(({ id }) => id)).toEqual([first.id]);
    expect((await exportHandOvers(manager(), { params: {}, query: {}, body: {} })).fileName).toBe('工作交接_2026-11-20.xlsx');
  });

  test('the county’s only security administrator may hand over to a new one', async () => {
    const li = await user();
    const own = manager();
    const made = await begin({ fromId: security(), toId: li.id });
    await give(own, made);
    expect(await take(as(li.id, '李强'), made)).toMatchObject({ status: 'completed', isAccountEnded: true });
    expect(await openPosts(li.id)).toEqual(['security-administrator']);
    succeed(li.id);
  });

  test('a successor who meanwhile became another administrator cannot take it', async () => {
    const [audit, li] = [await user(['audit-administrator']), await user()];
    const made = await begin({ fromId: audit.id, toId: li.id });
    await give(as(audit.id, '审计'), made);
    await systemContext(kit.kit).transact(async (tx) => {
      tx.auditNothing('fixture');
      await tx.db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId: li.id, countyId: given.countyId, role: 'system-administrator', level: 'county', scopeId: given.countyId, orgUnitId: given.countyId, startedOn: localDate('2026-11-01') }).execute();
    });
    await expect(take(as(li.id, '李强'), made)).rejects.toMatchObject({ violations: [{ rule: 'administration.separation' }] });
    expect(await openPosts(audit.id)).toEqual(['audit-administrator']);
  });
});

describe('a leave', () => {
  const lend = async (post: { role: Role; at: string }, standIn: readonly { role: Role; at: string }[] = []) => {
    const [wang, li] = [await user([post]), await user(standIn)];
    const made = await begin({ fromId: wang.id, toId: li.id, cause: 'leave', untilOn: localDate('2027-01-10') });
    await give(as(wang.id, '王敏'), made);
    expect(await take(as(li.id, '李强'), made)).toMatchObject({ status: 'completed', isAccountEnded: false });
    return { wang, li, made };
  };

  test('returns by itself the day after its last day, once, with what the stand-in has in hand in that post, old and new', async () => {
    const { wang, li, made } = await lend({ role: 'township-officer', at: '河口镇' }, [{ role: 'neighbourhood-officer', at: '河口村' }]);
    const [lent, own] = [await draft(as(li.id, '李强', 'township-officer', '河口镇'), '代管时拟的'), await draft(as(li.id, '李强', 'neighbourhood-officer', '河口村'), '自己的')];
    kit.clock.set('2027-01-10T10:00:00.000Z');
    await endLeavesDue(systemContext(kit.kit));
    expect(await openPosts(wang.id)).toEqual([]);
    kit.clock.set('2027-01-10T16:10:00.000Z');
    await endLeavesDue(systemContext(kit.kit));
    await endLeavesDue(systemContext(kit.kit));
    expect([await openPosts(wang.id), await openPosts(li.id)]).toEqual([['township-officer'], ['neighbourhood-officer']]);
    expect([(await holderOf(lent.id)).holderId, (await holderOf(own.id)).holderId]).toEqual([wang.id, null]);
    expect((await look(manager(), made)).status).toBe('returned');
  });

  test('may end early, and not twice', async () => {
    const { wang, made } = await lend({ role: 'township-officer', at: '城关街道' });
    const end = () => endLeave(manager(), { params: { handOverId: made.id }, query: {}, body: { reason: '提前返岗' } });
    expect((await end()).status).toBe('returned');
    expect(await openPosts(wang.id)).toEqual(['township-officer']);
    await expect(end()).rejects.toMatchObject({ violations: [{ rule: 'handover.leave-under-way' }] });
  });
});

test('tasks sent down, public items, blanks, imports and interface keys are listed by their modules and pass on; who made them stays', async () => {
  const [wang, li] = [await user(['bureau-clerk']), await user()];
  const at = kit.kit.clock.now();
  const { countyId } = given;
  const [collectionId, publicationId, batchId, keyId] = [newId<'Collection'>(), newId<'Publication'>(), newId<'Batch'>(), newId<'ApiKey'>()];
  const day = localDate('2027-01-01');
  const whenMade = { createdAt: at, updatedAt: at };
  await kit.kit.database.write(everything, async (db) => {
    await db.insertInto('collection.collection').values({ id: collectionId, countyId, title: '电梯台账', ground: '工作', issuerName: '局', dueOn: day, endsOn: day, recipientKind: 'township', recipientIds: '[]', rowUnit: 'recipient', columns: '[]', isByLink: false, createdBy: wang.id, createdByName: '王敏', ...whenMade }).execute();
    await db.insertInto('publication.publication').values({ id: publicationId, countyId, level: 'county', issuerId: countyId, issuerName: '局', kind: 'announcement', title: '停水通告', content: '{}', contentSha256: 'a'.repeat(64), drawnOn: day, periodKind: 'none', sightings: '[]', answers: '[]', writerIds: [wang.id], draftedBy: wang.id, draftedByName: '王敏', ...whenMade }).execute();
    await db.insertInto('ledger.batch').values({ id: batchId, countyId, kind: 'estates', status: 'preview', rowCount: 12, createdBy: wang.id, createdAt: at }).execute();
    await db.insertInto('platform.apiKey').values({ id: keyId, countyId, level: 'county', scopeId: countyId, name: `城管平台${keyId.slice(-4)}`, permissions: ['registry.read'], addresses: [], secretHash: keyId, hint: 'abcd', endsOn: day, madeBy: wang.id, createdAt: at }).execute();
  });
  const letter = await draft(as(wang.id, '王敏', 'bureau-clerk'), '楼道堆物');
  const fileId = newId<'File'>();
  const form = { id: newId<'Form'>() };
  await kit.kit.database.write(everything, async (db) => {
    await db.insertInto('platform.file').values({ id: fileId, countyId, hash: 'f'.repeat(64), sizeBytes: 1, mediaType: 'application/octet-stream', name: '月报.xlsx', subjectKind: 'Form', subjectId: form.id, uploadedBy: wang.id, createdAt: at }).execute();
    await db.insertInto('report.form').values({ id: form.id, countyId, title: '月报', fileId, fileType: 'xlsx', shape: 'e'.repeat(64), sheets: '[]', marks: '[]', createdBy: wang.id, ...whenMade }).execute();
  });
  const made = await begin({ fromId: wang.id, toId: li.id });
  expect(made.items.map(({ title }) => title.split('：')[0])).toEqual(expect.arrayContaining(['采集任务', '公开事项', '导入台账', '接口密钥', '上报表格', '通知拟稿']));
  await give(as(wang.id, '王敏', 'bureau-clerk'), made);
  await take(as(li.id, '李强'), made);
  const held = await read(async (db) => [
    await db.selectFrom('collection.collection').select(['holderId', 'createdBy']).where('id', '=', collectionId).executeTakeFirstOrThrow(), await db.selectFrom('publication.publication').select(['holderId', 'draftedBy as createdBy']).where('id', '=', publicationId).executeTakeFirstOrThrow(),
    await db.selectFrom('ledger.batch').select(['holderId', 'createdBy']).where('id', '=', batchId).executeTakeFirstOrThrow(), await db.selectFrom('platform.apiKey').select(['holderId', 'madeBy as createdBy']).where('id', '=', keyId).executeTakeFirstOrThrow(),
  ]);
  expect(held).toEqual(held.map(() => ({ holderId: li.id, createdBy: wang.id })));

  // Every list says who has it in hand now and who made it, and narrows to what is in one's own hands.
  const page = { params: {}, body: {}, query: { limit: 200 } };
  const mine = { ...page, query: { limit: 200, inHand: 'mine' as const } };
  const [now, before] = [as(li.id, '李强', 'bureau-clerk'), as(wang.id, '王敏', 'bureau-clerk')];
  const lists = [
    [collectionId, async (ctx: Ctx, query: typeof page) => (await listCollections(ctx, query)).rows], [publicationId, async (ctx: Ctx, query: typeof page) => (await listPublications(ctx, query)).rows],
    [batchId, async (ctx: Ctx, query: typeof page) => (await listBatches(ctx, query)).rows], [form.id, async (ctx: Ctx, query: typeof page) => (await listForms(ctx, query)).rows], [letter.id, async (ctx: Ctx, query: typeof page) => (await listPapers(ctx, query)).rows],
  ] as const;
  for (const [id, list] of lists) {
    expect((await list(now, page)).find((row) => row.id === id)).toMatchObject({ holder: li.login });
    expect([(await list(now, mine)).map((row): string => row.id), (await list(before, mine)).map((row) => row.id)]).toEqual([expect.arrayContaining([id]), []]);
    expect((await list(now, mine)).every((row) => row.holder === li.login || row.holder === '李强')).toBe(true);
  }
});

test('an officer of a township, who may not read the list of users, sees by name who has a thing in hand; of another county nobody is named', async () => {
  const [wang, officer] = [await user([{ role: 'township-officer', at: '河口镇' }]), as((await user()).id, '同事', 'township-officer', '河口镇')];
  const elsewhere = newId<'AppUser'>();
  await kit.kit.database.write(everything, async (db) => {
    const countyId = newId<'OrgUnit'>();
    await db.insertInto('platform.orgUnit').values({ id: countyId, countyId, kind: 'county', name: '邻县', matchKey: '邻县' }).execute();
    await db.insertInto('platform.appUser').values({ id: elsewhere, countyId, login: `else-${elsewhere}`, name: '外县人', passwordHash: '-' }).execute();
  });
  const names = await officer.read((db) => personNames(db, [wang.id, elsewhere, null]));
  expect([names(wang.id), names(elsewhere), names(null)]).toEqual([wang.login, null, null]);
});
