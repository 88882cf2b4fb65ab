import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeId } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { noticeV1 } from '#domain/paper/templates/notice.ts';
import { renderPdf } from '#platform/document/pdf/render-pdf.ts';
import { renderWord } from '#platform/document/word/render-word.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { modules } from '#server/main/modules.ts';
import { signedIn, type Signed } from '#server/main/testing/sign-in.ts';
import { makeWorld, type World } from '#server/main/testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
let world: World;
let township: Signed;
beforeAll(async () => {
  kit = await testKit(modules);
  world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  township = await signedIn(app, '左侧-township');
});
afterAll(async () => { await app.close(); await kit.stop(); });

const publicId = () => world.left.ids.publicId ?? '';
const publicationId = () => world.left.ids.publicationId ?? '';
let keys = 0;
const key = () => { keys += 1; return `publication-http-${keys}`; };
const attach = (id: string, name: string, content: Uint8Array | string) => app.inject({
  method: 'POST', url: `/api/publications/${id}/files`, headers: { ...township.headers, 'idempotency-key': key(), 'content-type': 'multipart/form-data; boundary=b' },
  payload: Buffer.concat([Buffer.from(`--b\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n--b--\r\n')]),
});
const draft = async () => {
  const answer = await app.inject({ method: 'POST', url: '/api/publications', headers: { ...township.headers, 'idempotency-key': key() }, payload: { kind: 'announcement', title: '停水通知', body: '周三停水。', periodKind: 'none' } });
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
  return answer.json() as { id: string; version: number };
};

/** Somebody more at the same township, who can review what the first one drafted. */
async function secondOfficer(): Promise<Signed> {
  await kit.kit.database.write(everything, async (db) => {
    const user = await db.selectFrom('platform.appUser').select(['id', 'countyId', 'passwordHash']).where('login', '=', '左侧-township').executeTakeFirstOrThrow();
    const post = await db.selectFrom('platform.userGrant').select(['countyId', 'role', 'orgUnitId', 'level', 'scopeId', 'startedOn']).where('userId', '=', user.id).executeTakeFirstOrThrow();
    const id = newId<'AppUser'>();
    await db.insertInto('platform.appUser').values({ id, countyId: user.countyId, passwordHash: user.passwordHash, login: '左侧-second', name: '左侧第二人' }).execute();
    await db.insertInto('platform.userGrant').values({ ...post, id: newId<'UserGrant'>(), userId: id }).execute();
  });
  return signedIn(app, '左侧-second');
}

describe('anybody, without a session', () => {
  test('reads what stands published, may keep a copy that is asked about each time, and gets no cookie', async () => {
    for (const url of ['/api/public-items', `/api/public-items/${publicId()}`, '/api/public-feed', '/api/public-places']) {
      const answer = await app.inject({ url });
      expect([url, answer.statusCode, answer.headers['cache-control'], answer.headers['set-cookie']]).toEqual([url, 200, 'public, no-cache', undefined]);
      const { etag } = answer.headers;
      const again = await app.inject({ url, headers: { 'if-none-match': `"another", ${String(etag)}` } });
      expect([url, typeof etag, again.statusCode, again.body, again.headers['etag']]).toEqual([url, 'string', 304, '', etag]);
      expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    }
    expect((await app.inject({ url: '/api/public-items' })).json().rows.map((row: { title: string }) => row.title).toSorted()).toEqual(['右侧通知', '外侧通知', '左侧通知']);
    const feed = await app.inject({ url: '/api/public-feed' });
    expect(feed.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  });

  test('reads the pages without script: list, search, item; every sign that was typed is text', async () => {
    const list = await app.inject({ url: '/public' });
    expect([list.statusCode, list.headers['content-type'], list.headers['cache-control'], list.headers['set-cookie']]).toEqual([200, 'text/html; charset=utf-8', 'public, no-cache', undefined]);
    expect([/<script|javascript:|\son\w+=/i.test(list.body), list.body.includes(`<a href="/public/${publicId()}">左侧通知</a>`), list.body.includes('右侧通知')]).toEqual([false, true, true]);
    const found = (await app.inject({ url: `/public?q=${encodeURIComponent('左侧')}` })).body;
    expect([found.includes('左侧通知'), found.includes('右侧通知'), found.includes('value="左侧"'), found.includes('noindex')]).toEqual([true, false, true, true]);
    const hostile = (await app.inject({ url: `/public?q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}&kind=nothing&after=x&q[]=1` })).body;
    expect([hostile.includes('<img'), hostile.includes('左侧通知')]).toEqual([false, true]);
    const item = await app.inject({ url: `/public/${publicId()}` });
    expect([item.statusCode, /<script/i.test(item.body), /<h1>左侧通知<\/h1>/.test(item.body), item.body.includes('<p>开会。</p>')]).toEqual([200, false, true, true]);
    for (const id of ['x', newId(), publicationId()]) expect([(await app.inject({ url: `/public/${id}` })).statusCode]).toEqual([404]);
  });

  test('search engines are told what is open; where the office wants none, nothing', async () => {
    expect((await app.inject({ url: '/robots.txt' })).body).toBe('User-agent: *\nAllow: /public$\nAllow: /public/\nAllow: /public?\nDisallow: /\n');
    const closed = await buildServer(kit.kit, { logLevel: 'silent', robots: 'none' });
    expect([(await closed.inject({ url: '/robots.txt' })).body, (await closed.inject({ url: '/public' })).headers['x-robots-tag'], (await app.inject({ url: '/public' })).headers['x-robots-tag']]).toEqual(['User-agent: *\nDisallow: /\n', 'noindex, nofollow', undefined]);
    await closed.close();
  });

  test('learns of an item nothing that is the office\'s own', async () => {
    const answer = await app.inject({ url: `/api/public-items/${publicId()}` });
    expect(Object.keys(answer.json()).toSorted()).toEqual(['blocks', 'county', 'digest', 'endedOn', 'files', 'id', 'indexNo', 'issuedOn', 'issuer', 'kind', 'state', 'text', 'title', 'township', 'untilOn', 'untilWords', 'withdrawReason']);
    expect(answer.body).not.toMatch(/draft|review|sighting|某/);
  });

  test('is asked to sign in for the office\'s side, and a draft\'s own id leads nowhere', async () => {
    for (const url of ['/api/publications', `/api/publications/${publicationId()}`, `/api/publications/${publicationId()}/files/1`]) expect((await app.inject({ url })).statusCode).toBe(401);
    for (const id of [publicationId(), (await draft()).id, newId()]) {
      const answer = await app.inject({ url: `/api/public-items/${id}` });
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([404, 'private, no-store']);
    }
    expect((await app.inject({ url: '/api/public-items/x' })).statusCode).toBe(400);
  });
});

describe('attachments', () => {
  test('what looks like something else, is too much or has macros is refused with a sentence', async () => {
    const { id } = await draft();
    for (const [name, content, status] of [['a.pdf', 'MZ\u0090', 400], ['a.docx', '%PDF-1.7', 400], ['a.exe', 'MZ', 400], ['a.xls', '\u00d0\u00cf\u0011\u00e0', 400], ['a.docx', 'PK\u0003\u0004zip', 422]] as const) {
      const answer = await attach(id, name, Buffer.from(content, 'latin1'));
      expect([name, answer.statusCode, /[\u4e00-\u9fff]/.test(answer.json().detail)]).toEqual([name, status, true]);
    }
  });

  test('a sheet\'s cells are looked through; a PDF waits for somebody who read it; taken away, both are forgotten', async () => {
    const { id } = await draft();
    const sheet = await attach(id, '名单.xlsx', await xlsxOf([{ name: '表一', rows: [['姓名', '电话'], ['张三', 13_912_345_678]] }]));
    expect(sheet.json().sightings).toMatchObject([{ kind: 'mobile', shown: '139******78', places: ['附件“名单.xlsx”的“表一”表'], mustBeMended: false }]);
    const pdf = await attach(id, '附图.pdf', '%PDF-1.7\n');
    expect(pdf.json().sightings.map((one: { kind: string }) => one.kind)).toEqual(['mobile', 'unread']);
    let version = pdf.json().version as number;
    for (const fileNo of [1, 2]) {
      const removed = await app.inject({ method: 'PUT', url: `/api/publications/${id}/files/${fileNo}/removal`, headers: { ...township.headers, 'if-match': `"${version}"` }, payload: {} });
      expect(removed.statusCode).toBe(200);
      version = removed.json().version;
    }
    expect((await app.inject({ url: `/api/publications/${id}`, headers: township.headers })).json()).toMatchObject({ files: [], sightings: [] });
  });
});

test('a PDF\'s text is looked through, page by page; what bears a mark of secrecy cannot go out, whatever is said of it', async () => {
  const { id } = await draft();
  const notice = noticeV1.bind({ subject: '停水', addressee: '', body: '联系人手机13912345678。\n秘密★1年', contactName: '', contactPhone: '', attachments: '', copies: '' }, { layout: 'plain', issuer: '某街道', number: '编号：2026-1', on: null });
  const answer = await attach(id, '通知.pdf', await renderPdf({ ...notice, isDraft: false, verification: null }, { at: kit.clock.now(), author: '某' }));
  const [mobile, mark, ...more] = answer.json().sightings;
  expect([answer.statusCode, more]).toEqual([200, []]);
  expect([mobile, mark]).toMatchObject([{ kind: 'mobile', shown: '139******78', places: ['附件“通知.pdf”第 1 页'], mustBeMended: false }, { kind: 'secrecy-mark', shown: '秘密★1年', mustBeMended: true }]);
  const said = await app.inject({ method: 'PUT', url: `/api/publications/${id}/sighting-answers`, headers: { ...township.headers, 'if-match': `"${answer.json().version}"` }, payload: { key: mark.key, reason: '已经解密可以公开' } });
  expect([said.statusCode, said.json().detail]).toEqual([409, expect.stringContaining('标有密级的内容不能公开')]);
});

test('a picture is answered for by who drafted it and looked at by who reviews it; both words are kept, and without them it does not go on', async () => {
  const { id } = await draft();
  const put = async (path: string, version: number, payload: Record<string, unknown>, by = township) => app.inject({ method: 'PUT', url: `/api/publications/${id}/${path}`, headers: { ...by.headers, 'if-match': `"${version}"` }, payload });
  const picture = await attach(id, '告示.png', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'));
  const [seen] = picture.json().sightings;
  expect(seen).toMatchObject({ kind: 'unread', shown: '图片里的文字不能自动检查，请打开附件逐页核对', mustBeMended: false, answer: null });
  const early = await put('review-request', picture.json().version, { opinion: '' });
  expect([early.statusCode, early.json().detail]).toEqual([409, expect.stringContaining('还有1项没有处理')]);
  const answered = await put('sighting-answers', picture.json().version, { key: seen.key, reason: '告示照片，没有个人信息' });
  const sent = await put('review-request', answered.json().version, { opinion: '' });
  expect(sent.json().status).toBe('reviewing');
  const review = { attribute: 'active', stateSecret: 'none', workSecret: 'none', personal: 'none', commercial: 'none', thirdParty: 'none', note: '', opinion: '' };
  const second = await secondOfficer();
  const blind = await put('review', sent.json().version, review, second);
  expect([blind.statusCode, blind.json().violations.map(({ rule }: { rule: string }) => rule)]).toEqual([409, ['publication.attachments-looked-at']]);
  const looked = await put('review', sent.json().version, { ...review, attachmentsSeen: true }, second);
  expect([looked.statusCode, looked.json().openCheck.attachmentsSeen, looked.json().steps.some(({ opinion }: { opinion: string }) => opinion.includes('告示照片，没有个人信息'))]).toEqual([200, true, true]);
});

test('a Word document\'s text is looked through', async () => {
  const { id } = await draft();
  const bound = noticeV1.bind({ subject: '停水', addressee: '', body: '电话139123 45678。\n证号见附。', contactName: '', contactPhone: '', attachments: '', copies: '' }, { layout: 'plain', issuer: '某街道', number: '编号：2026-1', on: null });
  const word = await renderWord({ ...bound, isDraft: false, verification: null }, { author: '某' });
  const answer = await attach(id, '通知.docx', word);
  expect([answer.statusCode, answer.json().sightings]).toMatchObject([200, [{ kind: 'mobile', shown: '139******78', places: ['附件“通知.docx”'] }]]);
});

test('withdrawn, an item is gone from list, page, feed and file at once', async () => {
  const upload = await kit.kit.files.put(Readable.from([Buffer.from('附件的秘密')]), { name: '附件.pdf', mediaType: 'application/pdf', limitBytes: 1_000 });
  const leader = await signedIn(app, '左侧-township');
  await kit.kit.database.write(everything, async (db) => {
    const item = await db.selectFrom('publication.publication').selectAll().where('id', '=', makeId<'Publication'>(publicationId())).executeTakeFirstOrThrow();
    const fileId = newId<'File'>();
    await db.insertInto('platform.file').values({ id: fileId, countyId: item.countyId, townshipId: item.townshipId, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: upload.mediaType, name: upload.name, subjectKind: 'Publication', subjectId: item.id, uploadedBy: item.reviewedBy ?? newId<'AppUser'>(), createdAt: kit.clock.now() }).execute();
    await db.insertInto('publication.publicationFile').values({ publicationId: item.id, fileNo: 1, countyId: item.countyId, townshipId: item.townshipId, fileId, sightings: '[]' }).execute();
  });
  const addresses = ['/api/public-items', '/api/public-feed', `/api/public-items/${publicId()}`, `/api/public-items/${publicId()}/files/1`, '/public', `/public/${publicId()}`];
  const everywhere = async () => Promise.all(addresses.map(async (url) => { const answer = await app.inject({ url }); return [answer.statusCode, /左侧通知|开会。|秘密/.test(answer.body)]; }));
  expect(await everywhere()).toEqual([[200, true], [200, true], [200, true], [200, true], [200, true], [200, true]]);
  // Copies that others keep: each asks again, and learns that it stands no more.
  const marks = new Map<string, string>();
  for (const url of addresses) marks.set(url, String((await app.inject({ url })).headers.etag));
  const keptCopies = async () => Promise.all(addresses.map(async (url) => { const { statusCode, body } = await app.inject({ url, headers: { 'if-none-match': marks.get(url) ?? '' } }); return [statusCode, /左侧通知|开会。|秘密/.test(body)]; }));
  expect(await keptCopies()).toEqual(addresses.map(() => [304, false]));
  const answer = await app.inject({ method: 'PUT', url: `/api/publications/${publicationId()}/withdrawal`, headers: { ...leader.headers, 'if-match': '"1"' }, payload: { reason: '内容有误需要更正' } });
  expect(answer.statusCode).toBe(200);
  expect(await everywhere()).toEqual([[200, false], [200, false], [200, false], [404, false], [200, false], [410, false]]);
  expect(await keptCopies()).toEqual([[200, false], [200, false], [200, false], [404, false], [200, false], [410, false]]);
  expect((await app.inject({ url: `/public/${publicId()}` })).body).toContain('撤回原因：内容有误需要更正');
  expect((await app.inject({ url: `/api/public-items/${publicId()}` })).json()).toMatchObject({ state: 'withdrawn', title: null, withdrawReason: '内容有误需要更正', endedOn: expect.any(String) });
});
