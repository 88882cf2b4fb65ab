import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import type { Role } from '#contract/permissions.ts';
import type { HandOverCause } from '#domain/handover/words.ts';
import { makeId, localDate, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { PASSWORD, world, type World } from '#modules/administration/testing/world.ts';
import { listCollections } from '#modules/collection/use-cases/look.ts';
import { listBatches } from '#modules/ledger/use-cases/look-at-batches.ts';
import { draftPaper } from '#modules/paper/use-cases/draft-paper.ts';
import { listPapers } from '#modules/paper/use-cases/list-papers.ts';
import { listPublications } from '#modules/publication/use-cases/look-at-publications.ts';
import { listForms } from '#modules/report/use-cases/look-at-forms.ts';
import { modules } from '#server/main/modules.ts';
import { everything, nothing, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { personNames } from '#platform/identity/in-hand.ts';
import { signIn } from '#platform/identity/sessions.ts';
import { newId } from '#platform/ids.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { markOf } from './held.ts';
import { cancelHandOver } from './use-cases/cancel-hand-over.ts';
import { endLeave, endLeavesDue } from './use-cases/end-leave.ts';
import { keepScan } from './use-cases/keep-scan.ts';
import { downloadScan, exportHandOvers, getHandOver, listHandOvers, listMyHandOvers } from './use-cases/look-at-hand-overs.ts';
import { objectToItems, signWitness } from './use-cases/object.ts';
import { signIncoming } from './use-cases/sign-incoming.ts';
import { signInPlace, signOutgoing } from './use-cases/sign-outgoing.ts';
import { getHoldings, startHandOver } from './use-cases/start-hand-over.ts';

type UserId = Id<'AppUser'>;
type One = Awaited<ReturnType<typeof getHandOver>>;
let kit: TestKit;
let given: World;
let security: UserId;
let n = 0;
beforeAll(async () => {
  kit = await testKit(modules);
  given = await world(kit.kit);
  security = await given.user('security', ['security-administrator']);
});
afterAll(() => kit.stop());

/** A context of a person in one post, or in none. */
function as(userId: UserId, name: string, role: Role | null = null, at: string | null = null): Ctx {
  const countyId = given.countyId;
  const level = role === null ? null : role === 'township-officer' ? 'township' as const : role === 'neighbourhood-officer' ? 'neighbourhood' as const : 'county' as const;
  const scope: Scope = level === null ? nothing : { level, id: at === null ? countyId : given.unit(at), countyId };
  return makeContext(kit.kit, { actor: { userId, name, grantId: null, role, sessionId: null }, scope, requestId: newId(), ip: '10.0.0.1' });
}
const manager = () => as(security, 'security', 'security-administrator');
const read = <T>(work: Parameters<typeof kit.kit.database.read<T>>[1]) => kit.kit.database.read(everything, work);
const user = async (posts: Parameters<World['user']>[1] = []) => { n += 1; const login = `user-${n}`; return { id: await given.user(login, posts), login }; };
const openPosts = (userId: UserId) => read(async (db) => (await db.selectFrom('platform.userGrant').select(['role', 'scopeId']).where('userId', '=', userId).where('endedAt', 'is', null).execute()).map(({ role }) => role).toSorted());
const draft = (ctx: Ctx, subject: string) => draftPaper('notice')(ctx, { body: { layout: 'plain', subject, addressee: '', body: '请各社区周五前报送。', contactName: '', contactPhone: '', attachments: '', copies: '', estateId: null } });
const holderOf = (paperId: string) => read(async (db) => (await db.selectFrom('paper.paper').select(['holderId', 'createdByName']).where('id', '=', makeId<'Paper'>(paperId)).executeTakeFirstOrThrow()));

interface Begin { readonly fromId: UserId; readonly toId: UserId; readonly cause?: HandOverCause; readonly untilOn?: LocalDate; readonly witnessId?: UserId; readonly plannedOn?: LocalDate; readonly grantIds?: Id<'UserGrant'>[] }
const begin = ({ cause = 'transferred', plannedOn = localDate('2026-11-20'), ...body }: Begin, by: Ctx = manager()) => startHandOver(by, { params: {}, query: {}, body: { ...body, cause, plannedOn, reason: '安人社发〔2026〕3号' } });
const look = (ctx: Ctx, { id }: Pick<One, 'id'>) => getHandOver(ctx, { params: { handOverId: id }, query: {}, body: {} });
const give = async (ctx: Ctx, { id }: Pick<One, 'id'>, more: { papers?: string; notes?: { key: string; note: string }[]; password?: string; listMark?: string } = {}) =>
  signOutgoing(ctx, { params: { handOverId: id }, query: {}, body: { papers: '', remark: '', notes: [], password: PASSWORD, listMark: (await look(ctx, { id })).listMark, ...more } });
const take = async (ctx: Ctx, { id }: Pick<One, 'id'>, listMark?: string) => signIncoming(ctx, { params: { handOverId: id }, query: {}, body: { password: PASSWORD, listMark: listMark ?? (await look(ctx, { id })).listMark } });

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

describe('signing', () => {
  test('takes the signer’s own password, on exactly the list that was shown', async () => {
    const [wang, li] = [await user([{ role: 'township-officer', at: '河口镇' }]), await user()];
    const made = await begin({ fromId: wang.id, toId: li.id });
    const out = as(wang.id, '王敏', 'township-officer', '河口镇');
    await expect(give(out, made, { password: 'not-the-password' })).rejects.toMatchObject({ code: 'session.wrong-password' });
    await expect(give(as(li.id, '李强'), made)).rejects.toMatchObject({ code: 'access.denied' });
    const { listMark } = await look(out, made);
    await draft(out, '刚拟的');
    await expect(give(out, made, { listMark })).rejects.toMatchObject({ code: 'state.stale' });
    expect((await give(out, made)).items).toHaveLength(2);
  });

  test('something that comes after the signature is not smuggled in: the outgoing signs again', async () => {
    const [wang, li] = [await user([{ role: 'township-officer', at: '河口镇' }]), await user()];
    const out = as(wang.id, '王敏', 'township-officer', '河口镇');
    const made = await begin({ fromId: wang.id, toId: li.id });
    const { listMark } = await give(out, made);
    await draft(out, '签字后拟的');
    await expect(take(as(li.id, '李强'), made, listMark)).rejects.toMatchObject({ code: 'rule.violated', message: expect.stringContaining('又有 1 项') });
    expect((await look(out, made)).added).toHaveLength(1);
    await give(out, made);
    expect((await take(as(li.id, '李强'), made)).items.map(({ title }) => title)).toContainEqual(expect.stringContaining('签字后拟的'));
  });

  test('an objection sends it back with its lines; the answer stands beside, and the witness signs anew', async () => {
    const [wang, li, zhou] = [await user([{ role: 'township-officer', at: '河口镇' }]), await user(), await user(['department-officer'])];
    const out = as(wang.id, '王敏', 'township-officer', '河口镇');
    await draft(out, '没有底稿的');
    const made = await begin({ fromId: wang.id, toId: li.id, witnessId: zhou.id });
    const witness = async () => signWitness(as(zhou.id, '周正'), { params: { handOverId: made.id }, query: {}, body: { password: PASSWORD, listMark: (await look(as(zhou.id, '周正'), made)).listMark } });
    await give(out, made);
    await witness();
    const key = made.items[1]?.key ?? '';
    const objected = await objectToItems(as(li.id, '李强'), { params: { handOverId: made.id }, query: {}, body: { objections: [{ key, objection: '附件在哪里' }] } });
    expect(objected).toMatchObject({ status: 'objected', signatures: [{ at: null }, { at: null }, { at: null }] });
    await expect(take(as(li.id, '李强'), made)).rejects.toMatchObject({ message: expect.stringContaining('还没有答复') });
    const answered = await give(out, made, { notes: [{ key, note: '附件在共享盘' }] });
    expect(answered.items.find((item) => item.key === key)).toMatchObject({ objection: '附件在哪里', note: '附件在共享盘' });
    await expect(take(as(li.id, '李强'), made)).rejects.toMatchObject({ message: expect.stringContaining('监交人') });
    await witness();
    expect((await take(as(li.id, '李强'), made)).status).toBe('completed');
  });

  test('waits for the day', async () => {
    const [wang, li] = [await user(['department-officer']), await user()];
    const made = await begin({ fromId: wang.id, toId: li.id, plannedOn: localDate('2026-12-01') });
    await give(as(wang.id, '王敏'), made);
    await expect(take(as(li.id, '李强'), made)).rejects.toMatchObject({ message: '移交日期是2026年12月1日，请到当天再签收' });
    kit.clock.set('2026-11-30T16:00:00.000Z');
    expect((await take(as(li.id, '李强'), made)).status).toBe('completed');
  });
});

describe('who may sign for one who has left', () => {
  test('a head of the same township or of the county, with a reason; not another township’s, not the taker, not who arranged it', async () => {
    const [wang, li] = [await user([{ role: 'township-officer', at: '河口镇' }]), await user([{ role: 'township-officer', at: '河口镇' }])];
    const [colleague, stranger, leader] = [await user([{ role: 'township-officer', at: '河口镇' }]), await user([{ role: 'township-officer', at: '城关街道' }]), await user(['bureau-leader'])];
    const made = await begin({ fromId: wang.id, toId: li.id });
    const { listMark } = await look(as(leader.id, '局长', 'bureau-leader'), made);
    const inPlace = (ctx: Ctx) => signInPlace(ctx, { params: { handOverId: made.id }, query: {}, body: { reason: '已调往外地，电话确认', papers: '', remark: '', password: PASSWORD, listMark } });
    await expect(inPlace(as(stranger.id, '外镇', 'township-officer', '城关街道'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(inPlace(as(li.id, '李强', 'township-officer', '河口镇'))).rejects.toMatchObject({ violations: [{ rule: 'handover.stand-in-apart' }] });
    expect((await listMyHandOvers(as(colleague.id, '同事', 'township-officer', '河口镇'))).rows.map(({ id }) => id)).toContain(made.id);
    const signed = await inPlace(as(colleague.id, '同事', 'township-officer', '河口镇'));
    expect(signed.signatures[0]).toMatchObject({ byName: '同事', inPlaceReason: '已调往外地，电话确认' });
    const done = await take(as(li.id, '李强', 'township-officer', '河口镇'), made);
    expect(done.isAccountEnded).toBe(true);
    // The post the taker already had stays one.
    expect(await openPosts(li.id)).toEqual(['township-officer']);
  });

  test('a head puts up the scan of the list signed by hand, signs in place, and everything passes on; the scan stays as it came and only those it concerns open it', async () => {
    const [wang, li] = [await user([{ role: 'township-officer', at: '河口镇' }]), await user()];
    const [leader, stranger] = [await user(['bureau-leader']), await user([{ role: 'township-officer', at: '城关街道' }])];
    const head = as(leader.id, '局长', 'bureau-leader');
    const paper = await draft(as(wang.id, '王敏', 'township-officer', '河口镇'), '没办完的事');
    const made = await begin({ fromId: wang.id, toId: li.id });
    const bytes = Buffer.from('%PDF-1.7 signed by hand');
    const put = async (ctx: Ctx, content: Buffer, name = '移交清单（手签）.pdf') => keepScan({ ...ctx, uploads: [await kit.kit.files.put(Readable.from([content]), { name, mediaType: 'application/octet-stream', limitBytes: 1_000_000 })] }, { params: { handOverId: made.id }, query: {}, body: {} });
    const open = async (ctx: Ctx) => { const { content, ...file } = await downloadScan(ctx, { params: { handOverId: made.id }, query: {}, body: {} }); return { ...file, bytes: await buffer(content as Readable) }; };

    await expect(open(head)).rejects.toMatchObject({ code: 'not-found' });
    await expect(put(head, Buffer.from('<html>not a scan</html>'))).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('只收 PDF、JPG 或 PNG') });
    await expect(put(as(stranger.id, '外镇', 'township-officer', '城关街道'), bytes)).rejects.toMatchObject({ code: 'not-found' });
    await expect(put(as(wang.id, '王敏', 'township-officer', '河口镇'), bytes)).rejects.toMatchObject({ violations: [{ rule: 'handover.stand-in-apart' }] });
    expect(await put(head, bytes)).toMatchObject({ hasScan: true, status: 'open', can: { standIn: true } });

    const { listMark } = await look(head, made);
    const signed = await signInPlace(head, { params: { handOverId: made.id }, query: {}, body: { reason: '已调往外地，清单由本人手签后寄回', papers: '', remark: '', password: PASSWORD, listMark } });
    expect(signed).toMatchObject({ status: 'signed', hasScan: true, signatures: [{ role: 'from', person: wang.login, byName: '局长', inPlaceReason: '已调往外地，清单由本人手签后寄回' }, { role: 'to' }] });
    // What was signed on is not swapped for another afterwards.
    await expect(put(head, Buffer.from('%PDF-1.7 another'))).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('扫描件不能再换') });
    expect(await take(as(li.id, '李强'), made)).toMatchObject({ status: 'completed', isAccountEnded: true, hasScan: true });
    expect([await openPosts(wang.id), await openPosts(li.id), (await holderOf(paper.id)).holderId]).toEqual([[], ['township-officer'], li.id]);
    for (const ctx of [head, as(li.id, '李强', 'township-officer', '河口镇'), manager()]) expect(await open(ctx)).toEqual({ fileName: '移交清单（手签）.pdf', mediaType: 'application/pdf', bytes });
    await expect(open(as(stranger.id, '外镇', 'township-officer', '城关街道'))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('rules of before hold', () => {
  test('three administrators stay apart, nobody arranges a post for himself, and the county keeps a security administrator', async () => {
    const [audit, system] = [await user(['audit-administrator']), await user(['system-administrator'])];
    await expect(begin({ fromId: audit.id, toId: system.id })).rejects.toMatchObject({ violations: [{ rule: 'administration.separation' }] });
    await expect(begin({ fromId: audit.id, toId: security })).rejects.toMatchObject({ code: 'rule.violated' });
    await expect(begin({ fromId: audit.id, toId: audit.id })).rejects.toMatchObject({ violations: [{ rule: 'handover.parties-apart' }] });
    await expect(begin({ fromId: (await user()).id, toId: system.id })).rejects.toMatchObject({ violations: [{ rule: 'handover.something-to-hand-over' }] });
    await expect(begin({ fromId: audit.id, toId: (await user()).id, cause: 'leave' })).rejects.toMatchObject({ violations: [{ rule: 'handover.days-fit' }] });
    const first = await begin({ fromId: audit.id, toId: (await user()).id });
    await expect(begin({ fromId: audit.id, toId: (await user()).id })).rejects.toMatchObject({ code: 'state.duplicate' });
    expect((await listHandOvers(manager(), { params: {}, query: { limit: 50, userId: audit.id }, body: {} })).rows.map(({ id }) => id)).toEqual([first.id]);
    expect((await exportHandOvers(manager(), { params: {}, query: {}, body: {} })).fileName).toBe('工作交接_2026-12-01.xlsx');
  });

  test('the county’s only security administrator may hand over to a new one', async () => {
    const li = await user();
    const own = manager();
    const made = await begin({ fromId: security, toId: li.id });
    await give(own, made);
    expect(await take(as(li.id, '李强'), made)).toMatchObject({ status: 'completed', isAccountEnded: true });
    expect(await openPosts(li.id)).toEqual(['security-administrator']);
    security = li.id;
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

test('for everybody who has no part in it, a hand-over is not there', async () => {
  const [wang, li, other] = [await user([{ role: 'township-officer', at: '河口镇' }]), await user(), await user([{ role: 'township-officer', at: '城关街道' }])];
  const made = await begin({ fromId: wang.id, toId: li.id });
  await expect(look(as(other.id, '外镇', 'township-officer', '城关街道'), made)).rejects.toMatchObject({ code: 'not-found' });
  await expect(look(as(other.id, '经办', 'bureau-clerk'), made)).rejects.toMatchObject({ code: 'not-found' });
  await expect(look(makeContext(kit.kit, { actor: { userId: other.id, name: '外县', grantId: null, role: 'security-administrator', sessionId: null }, scope: { level: 'county', id: newId(), countyId: newId() }, requestId: newId(), ip: null }), made)).rejects.toMatchObject({ code: 'not-found' });
  expect((await listMyHandOvers(as(other.id, '外镇', 'township-officer', '城关街道'))).rows).toEqual([]);
});

test('the mark of a list changes with what it names and with nothing else', () => {
  const item = fc.record({ kind: fc.constantFrom('paper.draft', 'ledger.batch'), subjectId: fc.uuid(), title: fc.string() });
  fc.assert(fc.property(fc.uniqueArray(item, { selector: ({ subjectId }) => subjectId, minLength: 1 }), item, (items, more) => {
    expect(markOf(items.map((one) => ({ ...one, detail: 'x' })))).toBe(markOf(items));
    expect(markOf([...items, more])).not.toBe(markOf(items));
    expect(markOf(items.slice(1))).not.toBe(markOf(items));
  }));
});
