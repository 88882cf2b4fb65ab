import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityCheckDigit } from '#domain/kernel/identifier.ts';
import { acts, publicationStatusLabels, type PublicationStatus } from '#domain/publication/lifecycle.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { getPublication as oneRoute, postPublication, putReview } from '#contract/publication.ts';
import { makeId, localDate } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { officeWorld, type OfficeWorld } from './testing/office.ts';
import { answerSighting } from './use-cases/answer-sighting.ts';
import { discardPublication, draftPublication, editPublication } from './use-cases/draft-publication.ts';
import { expirePublications } from './use-cases/expire-publications.ts';
import { getPublication, getPublicationTurns, listPublications } from './use-cases/look-at-publications.ts';
import { issuePublication, returnIssuance, returnReview, reviewPublication, submitPublication, withdrawPublication } from './use-cases/pass-on.ts';
import { downloadPublicFile, getPublicFeed, getPublicItem, listPublicItems, listPublicPlaces } from './use-cases/public-page.ts';
import { getPublicationStart } from './use-cases/start-publication.ts';

type Item = Output<typeof oneRoute>;
type Draft = Input<typeof postPublication>['body'];
type Review = Input<typeof putReview>['body'];
let world: OfficeWorld;
beforeAll(async () => { world = await officeWorld(); });
afterAll(() => world.stop());

const nobody = { params: {}, query: {}, body: {} };
const written: Draft = { kind: 'announcement', subjectId: null, title: '关于停水的通知', body: '周三停水。', periodKind: 'natural', periodDays: 7, periodUntilOn: null };
const check: Review = { attribute: 'active', stateSecret: 'none', workSecret: 'none', personal: 'none', commercial: 'none', thirdParty: 'none', attachmentsSeen: false, note: '', opinion: '同意' };
const at = (item: Item) => ({ ...nobody, params: { publicationId: item.id } });
const draft = (more: Partial<Draft> = {}, ctx = world.who('drafter')) => draftPublication(ctx, { ...nobody, body: { ...written, ...more } });
const submit = (item: Item, ctx = world.who('drafter', item.version)) => submitPublication(ctx, { ...at(item), body: { opinion: '请审' } });
const review = (item: Item, more: Partial<Review> = {}, ctx = world.who('reviewer', item.version)) => reviewPublication(ctx, { ...at(item), body: { ...check, ...more } });
const issue = (item: Item, ctx = world.who('leader', item.version)) => issuePublication(ctx, { ...at(item), body: { opinion: '' } });
const withdraw = (item: Item) => withdrawPublication(world.who('leader', item.version), { ...at(item), body: { reason: '内容有误，更正后重发' } });
const published = async (more: Partial<Draft> = {}) => issue(await review(await submit(await draft(more))));
/** Of what is not out there is none: one that nobody has. */
const publicId = (item: Item) => (item.publicUrl === null ? newId<'PublicItem'>() : makeId<'PublicItem'>(item.publicUrl.split('/').at(-1) ?? ''));
const seen = (item: Item) => getPublicItem(world.visitor(), { ...nobody, params: { publicId: publicId(item) } });
const listed = (query: object = {}) => listPublicItems(world.visitor(), { ...nobody, query: { limit: 200, ...query } });
const set = (item: Item, values: object) => world.kit.database.write(everything, (db) => db.updateTable('publication.publication').set(values).where('id', '=', item.id).execute());

describe('from draft to the public and back', () => {
  test('a clerk drafts, another reviews with the check, the leader issues, the public reads, the leader withdraws and the public reads why', async () => {
    const made = await draft();
    expect(made).toMatchObject({ status: 'draft', publicUrl: null, can: { edit: true, submit: true, approve: expect.stringContaining('待审核') } });
    expect((await listed()).rows).toEqual([]);
    const waiting = await submit(made);
    expect(waiting.can.approve).toContain('您是拟稿人');
    expect(await getPublicationTurns(world.who('reviewer'))).toMatchObject({ toReview: 1, toIssue: 0 });
    expect(await getPublicationTurns(world.who('drafter'))).toMatchObject({ toReview: 0 });
    await expect(review(waiting, {}, world.who('drafter', waiting.version))).rejects.toThrow(/您是拟稿人/u);
    await expect(review(waiting, {}, world.who('leader', waiting.version))).rejects.toThrow(/唯一可以签发/u);
    const signing = await review(waiting);
    expect(signing).toMatchObject({ status: 'signing', openCheck: { attribute: 'active', by: 'reviewer某', answers: expect.arrayContaining([{ question: 'stateSecret', title: expect.any(String), clause: '政府信息公开条例第十四条', answer: 'none', answerText: '不涉及' }]) } });
    const out = await issue(signing);
    expect(out).toMatchObject({ status: 'published', indexNo: '990301/2026-00001', issuedOn: '2026-11-20', untilOn: '2026-11-27' });
    expect(await seen(out)).toMatchObject({ state: 'published', title: '关于停水的通知', issuer: '试验县住房和城乡建设局', blocks: [{ kind: 'paragraph', text: '周三停水。' }], indexNo: '990301/2026-00001', untilWords: expect.stringContaining('发布当日不计入') });
    expect((await listed()).rows.map(({ title }) => title)).toEqual(['关于停水的通知']);
    expect(String((await getPublicFeed(world.visitor(), { ...nobody, query: {} })).content)).toContain('<title>关于停水的通知</title>');
    const gone = await withdraw(out);
    expect(gone).toMatchObject({ status: 'withdrawn', withdrawReason: '内容有误，更正后重发' });
    const after = await seen(gone);
    expect(after).toMatchObject({ state: 'withdrawn', title: null, blocks: [], text: '', files: [], endedOn: '2026-11-20', withdrawReason: '内容有误，更正后重发' });
    expect(JSON.stringify(after)).not.toContain('停水');
    expect((await listed()).rows).toEqual([]);
    expect(String((await getPublicFeed(world.visitor(), { ...nobody, query: {} })).content)).not.toContain('停水');
    expect(gone.steps.map(({ title, by }) => `${title} ${by}`)).toEqual(['拟稿 drafter某', '送审 drafter某', '审核通过 reviewer某', '签发 leader某', '撤回 leader某']);
    await expect(withdraw(gone)).rejects.toMatchObject({ code: 'rule.violated' });
  });

  test('what is returned is mended and reviewed anew; whoever mended it may not review it', async () => {
    const back = await returnReview(world.who('reviewer'), { ...at(await submit(await draft())), body: { reason: '日期没有写' } });
    expect(back).toMatchObject({ status: 'returned', returnedReason: '日期没有写' });
    const mended = await editPublication(world.who('reviewer', back.version), { ...at(back), body: { ...written, body: '11月25日停水。' } });
    const waiting = await submit(mended);
    await expect(review(waiting)).rejects.toThrow(/您是拟稿人/u);
    const alone = await review(waiting, {}, world.who('leader', waiting.version));
    expect(alone.status).toBe('signing');
    const refused = await returnIssuance(world.who('leader', alone.version), { ...at(alone), body: { reason: '再核对一次' } });
    expect(refused).toMatchObject({ status: 'returned', openCheck: null, reviewer: null });
  });

  test.each<[Partial<Review>, RegExp]>([[{ attribute: 'never' }, /不予公开/u], [{ attribute: 'on-request' }, /依申请公开/u], [{ personal: 'barred', note: '有业主住址' }, /不能公开/u], [{ personal: 'handled' }, /写明涉及什么/u]])('a check of %j does not pass', async (more, words) => {
    await expect(review(await submit(await draft()), more)).rejects.toThrow(words);
  });

  test('another body\'s officer sees no draft and withdraws nothing; a stale page is told so', async () => {
    const made = await draft();
    await expect(getPublication(world.township(world.west), at(made))).rejects.toMatchObject({ code: 'not-found' });
    await expect(submit(made, world.who('drafter', 9))).rejects.toMatchObject({ code: 'state.stale' });
    const own = await draft({}, world.who('alone'));
    await expect(getPublication(world.who('drafter'), at(own))).rejects.toMatchObject({ code: 'not-found' });
    const waiting = await submit(own, world.who('alone', own.version));
    await expect(review(waiting, {}, world.who('alone', waiting.version))).rejects.toThrow(/安全管理员增加岗位/u);
    expect((await discardPublication(world.who('drafter', made.version), { ...at(made), body: { reason: '不再需要' } })).status).toBe('discarded');
  });
});

describe('what the look finds', () => {
  test('an identity number has to go; a mobile number, an owner\'s number and an owner\'s name wait for an answer each', async () => {
    const identity = `99010019700307012${identityCheckDigit('99010019700307012')}`;
    const made = await draft({ body: `联系${world.ownerName}，电话${world.ownerPhone}，值班13800001111。\n证号${identity}。` });
    expect(made.sightings.map(({ kind, shown, isHeld, mustBeMended, places }) => [kind, shown, isHeld, mustBeMended, places.join()])).toEqual([
      ['mobile', '139******34', true, false, '正文第1段'], ['mobile', '138******11', false, false, '正文第1段'], ['identity', expect.stringMatching(/^990\*+..$/), false, true, '正文第2段'], ['owner-name', '欧阳试样', true, false, '正文第1段'],
    ]);
    expect(JSON.stringify(made.sightings)).not.toMatch(/13900001234|13800001111|1970/);
    await expect(submit(made)).rejects.toThrow(/1项身份证号码或密级标志.*还有3项/u);
    const identitySighting = made.sightings.find(({ kind }) => kind === 'identity');
    await expect(answerSighting(world.who('drafter', made.version), { ...at(made), body: { key: identitySighting?.key ?? '', reason: '本人同意' } })).rejects.toThrow(/不能公开/u);
    const mended = await editPublication(world.who('drafter', made.version), { ...at(made), body: { ...written, body: '值班13800001111。' } });
    expect(mended.sightings).toHaveLength(1);
    const answered = await answerSighting(world.who('drafter', mended.version), { ...at(mended), body: { key: mended.sightings[0]?.key ?? '', reason: '单位值班手机，已同意' } });
    expect(answered.sightings[0]?.answer).toMatchObject({ by: 'drafter某', reason: '单位值班手机，已同意' });
    expect((await submit(answered)).status).toBe('reviewing');
  });

  test('an owner entered between draft and issue is found at the issue', async () => {
    const signing = await review(await submit(await draft({ body: '由司马新增负责。' })));
    await world.kit.database.write(everything, async (db) => {
      const owner = await db.selectFrom('registry.owner').selectAll().limit(1).executeTakeFirstOrThrow();
      await db.updateTable('registry.owner').set({ name: '司马新增' }).where('id', '=', owner.id).execute();
    });
    await expect(issue(signing)).rejects.toMatchObject({ code: 'rule.violated' });
    await world.kit.database.write(everything, (db) => db.updateTable('registry.owner').set({ name: world.ownerName }).execute());
    expect((await issue(signing)).status).toBe('published');
  });
});

describe('what is drawn from the records', () => {
  test('an estate\'s facts are frozen; a later edit is told to the office and changes nothing before the public', async () => {
    const start = await getPublicationStart(world.who('drafter'), { ...nobody, query: { kind: 'estate', subjectId: world.estateId } });
    expect(start).toMatchObject({ title: '甲苑物业服务信息', periodKind: 'none' });
    const out = await published({ kind: 'estate', subjectId: world.estateId, title: '', body: '', periodKind: 'none' });
    expect(out).toMatchObject({ title: '甲苑物业服务信息', isCurrent: true, untilOn: null });
    const waiting = await submit(await draft({ kind: 'estate', subjectId: world.estateId, title: '', body: '', periodKind: 'none' }));
    await world.kit.database.write(everything, (db) => db.updateTable('registry.estate').set({ totalUnits: 99 }).where('id', '=', world.estateId).execute());
    expect((await getPublication(world.who('drafter'), at(out))).isCurrent).toBe(false);
    expect(JSON.stringify((await seen(out)).blocks)).toContain('10户');
    await expect(review(waiting)).rejects.toThrow(/内容已变化，请重新拟稿/u);
    expect((await listed({ townshipId: world.east })).rows.map(({ title }) => title)).toEqual(['甲苑物业服务信息']);
    expect((await listed({ kind: 'formation' })).rows).toEqual([]);
    expect((await listPublicPlaces(world.visitor())).rows.map(({ name }) => name)).toEqual(['试验县', '东街道']);
  });

  test('nothing to draw from is said: no estate chosen, no companies, a paper that does not exist', async () => {
    await expect(draft({ kind: 'estate', subjectId: null })).rejects.toThrow(/请选择小区/u);
    await expect(draft({ kind: 'companies', title: '' })).rejects.toThrow(/没有可以公开的名录/u);
    await expect(draft({ kind: 'paper', subjectId: world.estateId })).rejects.toMatchObject({ code: 'not-found' });
    await expect(draft({ kind: 'formation', subjectId: world.estateId })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the end of a period', () => {
  test('on the day after the last the public sees no content, whether or not the job has run; the job records it once', async () => {
    world.clock.set('2026-11-20T02:00:00.000Z');
    const out = await published({ title: '短期公示', periodDays: 1 });
    expect(out.untilOn).toBe('2026-11-23');
    world.clock.set('2026-11-23T15:59:00.000Z');
    expect((await seen(out)).state).toBe('published');
    world.clock.set('2026-11-23T16:00:00.000Z');
    expect(await seen(out)).toMatchObject({ state: 'expired', title: null, endedOn: '2026-11-24', withdrawReason: null });
    expect((await listed()).rows.map(({ title }) => title)).not.toContain('短期公示');
    await expirePublications(systemContext(world.kit));
    await expirePublications(systemContext(world.kit));
    const ended = await getPublication(world.who('drafter'), at(out));
    expect(ended).toMatchObject({ status: 'expired', endedOn: '2026-11-24' });
    expect(ended.steps.filter(({ act }) => act === 'expire')).toHaveLength(1);
    expect(await seen(out)).toMatchObject({ state: 'expired', title: null });
    await expect(downloadPublicFile(world.visitor(), { ...nobody, params: { publicId: publicId(out), fileNo: 1 } })).rejects.toMatchObject({ code: 'not-found' });
    world.clock.set('2026-11-20T02:00:00.000Z');
  });
});

describe('the second lock', () => {
  test('a visitor\'s connection reads no table', async () => {
    await published();
    for (const table of ['publication', 'publication_file', 'step', 'index_register']) expect((await world.visitor().read((db) => sql`select * from ${sql.raw(`publication.${table}`)}`.execute(db))).rows).toEqual([]);
    await expect(world.kit.database.write({ level: 'township', id: world.east, countyId: world.county }, (db) => sql`insert into publication.publication select * from publication.publication where false`.execute(db))).resolves.toBeDefined();
  });

  test('the database goes the way of the table and no other', async () => {
    const allowed = new Set(Object.values(acts).flatMap(({ from, to }) => from.flatMap((each) => (to === null ? [] : [`${each}>${to}`]))));
    const statuses = Object.keys(publicationStatusLabels) as PublicationStatus[];
    const { rows } = await world.kit.database.read(everything, (db) => sql<{ body: string }>`select prosrc as body from pg_proc where proname = 'keep_order'`.execute(db));
    const inDatabase = new Set([...(rows[0]?.body ?? '').matchAll(/\('(\w+)', '(\w+)'\)/g)].map(([, from, to]) => `${from}>${to}`).filter((pair) => pair !== 'draft>returned'));
    expect([...inDatabase].toSorted()).toEqual([...allowed].toSorted());
    const made = await draft();
    for (const status of statuses.filter((each) => each !== 'draft' && each !== 'reviewing' && each !== 'discarded')) await expect(set(made, { status })).rejects.toThrow();
  });

  test('what was published cannot be changed, nor published without a review of that very content by another', async () => {
    const out = await published();
    for (const values of [{ title: '别的' }, { content: '[]' }, { contentSha256: 'a'.repeat(64) }, { indexNo: 'x' }, { untilOn: localDate('2030-01-01') }, { status: 'draft' }, { writerIds: [] }]) await expect(set(out, values)).rejects.toThrow();
    const signing = await review(await submit(await draft()));
    const { rows } = await world.kit.database.read(everything, (db) => sql<{ a: string }>`select drafted_by as a from publication.publication where id = ${signing.id}`.execute(db));
    const drafter = rows[0]?.a;
    for (const values of [{ status: 'published' }, { reviewedBy: drafter }, { reviewedSha256: 'b'.repeat(64) }]) await expect(set(signing, values)).rejects.toThrow();
  });

  test('index numbers run on without gap or twin, however many are issued at once', async () => {
    const ready = [];
    for (let n = 0; n < 5; n += 1) ready.push(await review(await submit(await draft({ title: `第${n}件` }))));
    await Promise.all(ready.map((item) => issue(item)));
    const numbers = (await listPublications(world.who('drafter'), { ...nobody, query: { limit: 200 } })).rows.flatMap(({ indexNo }) => (indexNo === null ? [] : [Number(indexNo.split('-').at(-1))])).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  test('pages of the public list follow each other without loss; a search takes its signs as they are', async () => {
    const all = (await listed()).rows.map(({ id }) => id);
    expect(all.length).toBeGreaterThan(5);
    const paged: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await listPublicItems(world.visitor(), { ...nobody, query: { limit: 2, ...(after === undefined ? {} : { after }) } });
      paged.push(...page.rows.map(({ id }) => id));
      if (page.next === null) break;
      after = page.next;
    }
    expect(paged).toEqual(all);
    expect((await listed({ q: '%' })).rows).toEqual([]);
    expect((await listed({ q: '第3件' })).rows).toHaveLength(1);
  });
});
