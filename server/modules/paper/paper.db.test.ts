import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { newId } from '#platform/ids.ts';
import { everything } from '#platform/access/scope.ts';
import { noticeV1 } from '#domain/paper/templates/notice.ts';
import { Notice } from '#contract/paper.ts';
import { textOf } from '#domain/paper/document.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { documentOf, textHash } from './document.ts';
import { takeNumber } from './numbering.ts';
import { getPaper as readPaper } from './store.ts';
import { templates, withShape } from './templates.ts';
import { cancelPaper, discardPaper } from './use-cases/cancel-paper.ts';
import { downloadPdf } from './use-cases/download-paper.ts';
import { draftHandOverList, draftPaper, editPaper } from './use-cases/draft-paper.ts';
import { addIssuerCode, listIssuerCodes, listNumberRegisters } from './use-cases/issuer-codes.ts';
import { issuePaper } from './use-cases/issue-paper.ts';
import { getPaper, listPapers } from './use-cases/list-papers.ts';
import { getPaperStart } from './use-cases/start-paper.ts';
import { verifyPaper } from './use-cases/verify-paper.ts';

let world: World;
const bureau = newId<'OrgUnit'>();
const estateId = newId<'Estate'>();
beforeAll(async () => {
  world = await testWorld();
  await world.kit.database.write(everything, async (db) => {
    await db.insertInto('platform.orgUnit').values({ id: bureau, countyId: world.county, parentId: world.county, kind: 'bureau', name: '试验县住房和城乡建设局', matchKey: '局' }).execute();
    await db.insertInto('registry.estate').values({ id: estateId, countyId: world.county, townshipId: world.east, neighbourhoodId: world.eastCommunity, name: '甲苑', matchKey: '甲苑', managementKind: 'unknown', totalUnits: 10, occupiedUnits: 5 }).execute();
    await db.insertInto('committee.committee').values({ id: newId<'Committee'>(), committeeId: newId(), countyId: world.county, townshipId: world.east, neighbourhoodId: world.eastCommunity, estateId, name: '甲苑业主委员会', status: 'established', sinceOn: localDate('2024-01-01'), recordedAt: world.clock.now() }).execute();
  });
  for (const paperKind of ['notice', 'transfer-letter'] as const) await addIssuerCode(world.clerk(), { ...nobody, body: { paperKind, code: paperKind === 'notice' ? '试建' : '试建函', effectiveFrom: localDate('2026-11-20'), basis: '局办公室规定' } });
});
afterAll(() => world.stop());

const nobody = { params: {}, query: {}, body: {} };
const notice = { subject: '开会', addressee: '各镇', body: '定于周三开会。', contactName: '王敏', contactPhone: '', attachments: '', copies: '', layout: 'document' as const, estateId: null };
const leader = (version: number | null = null) => world.as({ level: 'county', id: world.county, countyId: world.county }, 'bureau-leader', version);
const member = (version: number | null = null) => world.as({ level: 'estate', id: estateId, countyId: world.county }, 'committee-member', version);
const draftNotice = (ctx = world.clerk(), more: Partial<typeof notice> | { layout: 'plain' } = {}) => draftPaper('notice')(ctx, { body: { ...notice, ...more } });
const at = (paperId: Id<'Paper'>) => ({ ...nobody, params: { paperId } });
const issue = (paper: { id: Id<'Paper'>; version: number }, ctx = leader(paper.version)) => issuePaper(ctx, { ...at(paper.id), body: { signer: '李局' } });
const serial = (number: string | null): number => Number(/(\d+)号?$/.exec(number ?? '')?.[1]);

describe('from draft to cancellation', () => {
  test('a clerk drafts, the leader issues and the number is given then; what was issued is frozen and is cancelled with its number kept', async () => {
    const draft = await draftNotice();
    expect(draft).toMatchObject({ status: 'draft', number: null, verifyCode: null, can: { edit: true, issue: '由本单位有签发权限的负责人签发' } });
    expect(draft.document.number).toBe('试建〔2026〕　号');
    const edited = await editPaper('notice')(world.clerk(draft.version), { ...at(draft.id), body: { ...notice, subject: '开大会' } });
    expect(edited).toMatchObject({ title: '试验县住房和城乡建设局关于开大会的通知', version: 2 });
    await expect(editPaper('notice')(world.clerk(1), { ...at(draft.id), body: notice })).rejects.toMatchObject({ code: 'state.stale' });
    const issued = await issue(edited);
    expect(issued).toMatchObject({ status: 'issued', number: '试建〔2026〕1号', signer: '李局', issuedOn: '2026-11-20', isIntact: true });
    expect((await getPaper(world.clerk(), at(draft.id))).can.edit).toContain('内容已固定');
    expect(issued.text).toContain('试建〔2026〕1号');
    await expect(issue(issued)).rejects.toMatchObject({ code: 'rule.violated' });
    await expect(editPaper('notice')(world.clerk(issued.version), { ...at(draft.id), body: notice })).rejects.toMatchObject({ code: 'rule.violated' });
    const cancelled = await cancelPaper(leader(issued.version), { ...at(draft.id), body: { reason: '会议取消了' } });
    expect(cancelled).toMatchObject({ status: 'cancelled', number: '试建〔2026〕1号', cancelReason: '会议取消了', text: issued.text });
    expect((await issue(await draftNotice())).number).toBe('试建〔2026〕2号');
    expect((await getPaper(world.clerk(), at(draft.id))).history.map((entry) => entry.actionText)).toEqual(['作废', '签发', '修改拟稿', '拟稿']);
    expect((await getPaper(world.clerk(), at(draft.id))).history.at(-1)?.changes.map((change) => change.after)).toContain('文件格式（红头）');
  });

  test('the database itself keeps an issued paper as it was', async () => {
    const issued = await issue(await draftNotice());
    const change = (set: object) => world.kit.database.write(everything, (db) => db.updateTable('paper.paper').set(set).where('id', '=', issued.id).execute());
    for (const set of [{ title: '别的' }, { data: '{}' }, { numberSerial: 99 }, { status: 'draft' }, { textSha256: 'a'.repeat(64) }]) await expect(change(set)).rejects.toThrow(/frozen/u);
    await expect(change({ cancelledAt: world.clock.now(), status: 'cancelled', cancelReason: '测试作废' })).resolves.toBeDefined();
    await expect(change({ status: 'issued', cancelledAt: null })).rejects.toThrow(/frozen/u);
  });

  test('a discarded draft takes no number', async () => {
    const before = (await listNumberRegisters(world.clerk())).rows.find((row) => row.code === '试建')?.lastSerial;
    const draft = await draftNotice();
    expect(await discardPaper(world.clerk(draft.version), { ...at(draft.id), body: { reason: '不再需要' } })).toMatchObject({ status: 'discarded', number: null });
    await expect(issue({ id: draft.id, version: 2 })).rejects.toMatchObject({ code: 'rule.violated' });
    expect((await listNumberRegisters(world.clerk())).rows.find((row) => row.code === '试建')?.lastSerial).toBe(before);
  });

  test('an issue that fails takes no number: a reply asked for by yesterday, a code not on record', async () => {
    const letter = { addressee: '县城管局', estateName: '甲苑', place: '', subject: '搭建问题', matter: '搭建。', request: '', replyBy: localDate('2026-11-19'), contactName: '', contactPhone: '', attachments: '', copies: '', layout: 'letter' as const, estateId };
    const draft = await draftPaper('transfer-letter')(world.clerk(), { body: letter });
    await expect(issue(draft)).rejects.toThrow(/不晚于签发日期/u);
    expect((await listNumberRegisters(world.clerk())).rows.find((row) => row.code === '试建函')).toBeUndefined();
    const township = await draftNotice(world.township(world.east));
    await expect(issue(township, world.township(world.east, township.version))).rejects.toThrow(/机关代字/u);
  });
});

describe('numbers', () => {
  test('however many issue at once, with failures and cancellations between, numbers have no gap and no twin', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('issue', 'fail', 'cancel'), { minLength: 2, maxLength: 10 }), async (acts) => {
      const drafts = await Promise.all(acts.map(() => draftNotice()));
      await Promise.all(drafts.map(async (draft, at_) => {
        if (acts[at_] === 'fail') return expect(leader(draft.version).transact(async (tx) => {
          await takeNumber(tx.db, { id: bureau, kind: 'bureau', name: '局', level: 'county', countyId: world.county, townshipId: null, neighbourhoodId: null, estateId: null, companyId: null }, '试建', localDate('2026-11-20'));
          throw new Error('the issue fails after its number was taken');
        })).rejects.toThrow(/after its number/u);
        const issued = await issue(draft);
        if (acts[at_] === 'cancel') await cancelPaper(leader(issued.version), { ...at(issued.id), body: { reason: '并发作废' } });
        return undefined;
      }));
      const { rows } = await world.kit.database.read(everything, (db) => sql<{ n: number; distinct: number; top: number }>`select count(*)::int as n, count(distinct number_serial)::int as distinct, max(number_serial) as top from paper.paper where issuer_id = ${bureau} and number_code = '试建' and number_year = 2026`.execute(db));
      expect(rows[0]?.n).toBe(rows[0]?.top);
      expect(rows[0]?.distinct).toBe(rows[0]?.top);
    }), { numRuns: 8 });
    expect((await listNumberRegisters(world.clerk())).rows.find((row) => row.code === '试建')).toMatchObject({ missing: '无' });
  });

  test('a new year begins with 1; a day before the last number is refused', async () => {
    const [last, next] = [await draftNotice(), await draftNotice()];
    world.clock.set('2026-12-31T15:59:59.000Z');
    expect(serial((await issue(last)).number)).toBeGreaterThan(1);
    world.clock.set('2026-12-31T16:00:00.000Z');
    expect((await issue(next)).number).toBe('试建〔2027〕1号');
    world.clock.set('2026-12-30T02:00:00.000Z');
    const late = await draftNotice();
    await expect(issue(late)).rejects.toThrow(/核对服务器时间/u);
    world.clock.set('2026-11-20T02:00:00.000Z');
  });

  test('a code changes from a day on; what was numbered keeps its own, and the other sequence begins with 1', async () => {
    world.clock.set('2028-01-10T02:00:00.000Z');
    const body = { paperKind: 'notice' as const, code: '试住建', effectiveFrom: localDate('2028-02-01'), basis: '机构改革' };
    await addIssuerCode(world.clerk(), { ...nobody, body });
    await expect(addIssuerCode(world.clerk(), { ...nobody, body })).rejects.toMatchObject({ code: 'state.duplicate' });
    await expect(addIssuerCode(world.clerk(), { ...nobody, body: { ...body, effectiveFrom: localDate('2028-01-09') } })).rejects.toMatchObject({ code: 'rule.violated' });
    const old = await issue(await draftNotice());
    expect(old.number).toBe('试建〔2028〕1号');
    world.clock.set('2028-02-01T02:00:00.000Z');
    expect((await issue(await draftNotice())).number).toBe('试住建〔2028〕1号');
    expect((await getPaper(world.clerk(), at(old.id))).number).toBe('试建〔2028〕1号');
    expect((await listIssuerCodes(world.clerk())).rows.filter((row) => row.isInForce).map((row) => row.code).toSorted()).toEqual(['试住建', '试建函']);
    world.clock.set('2028-02-02T02:00:00.000Z');
  });
});

describe('who sees and does what', () => {
  test('a committee issues plain papers with a plain number, and is refused the red head', async () => {
    await expect(draftNotice(member())).rejects.toThrow(/业主委员会不是党政机关/u);
    const issued = await issue(await draftNotice(member(), { layout: 'plain' }), member());
    expect(issued).toMatchObject({ issuer: '甲苑业主委员会', number: '编号：2028-1', document: { mark: null } });
    expect((await getPaperStart(member(), { ...nobody, query: { kind: 'notice' } })).layouts).toEqual(['plain']);
    // Seen by its township and the county once issued, by no other township, and changed by neither.
    for (const above of [world.clerk(), world.township(world.east)]) expect(await getPaper(above, at(issued.id))).toMatchObject({ can: { cancel: expect.any(String) } });
    await expect(getPaper(world.township(world.west), at(issued.id))).rejects.toMatchObject({ code: 'not-found' });
    await expect(cancelPaper(leader(issued.version), { ...at(issued.id), body: { reason: '上级来作废' } })).rejects.toThrow(/由该单位办理/u);
  });

  test('a draft is seen only at the level that writes it', async () => {
    const township = await draftNotice(world.township(world.east), { layout: 'plain' });
    await expect(getPaper(world.clerk(), at(township.id))).rejects.toMatchObject({ code: 'not-found' });
    expect((await listPapers(world.clerk(), { ...nobody, query: { limit: 200, status: 'draft' } })).rows.map((row) => row.id)).not.toContain(township.id);
    expect((await listPapers(world.township(world.east), { ...nobody, query: { limit: 50, status: 'draft' } })).rows.map((row) => row.id)).toContain(township.id);
    expect((await listPapers(world.township(world.west), { ...nobody, query: { limit: 50 } })).total).toBe(0);
  });

  test('pages follow one another by key, and a number finds its paper', async () => {
    const first = await listPapers(world.clerk(), { ...nobody, query: { limit: 2 } });
    const second = await listPapers(world.clerk(), { ...nobody, query: { limit: 2, after: first.next ?? '' } });
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(4);
    expect((await listPapers(world.clerk(), { ...nobody, query: { limit: 50, q: '试住建〔2028〕1号' } })).rows.map((row) => row.number)).toEqual(['试住建〔2028〕1号']);
  });
});

describe('what anybody may check', () => {
  test('the code answers body, number, title, day, state and check code, and nothing else; a guess answers nothing', async () => {
    const issued = await issue(await draftNotice());
    const check = (verifyCode: string) => verifyPaper(world.as({ level: 'nothing', id: null, countyId: null }), { ...nobody, params: { verifyCode } });
    const found = await check(issued.verifyCode ?? '');
    expect(found).toEqual({ issuer: '试验县住房和城乡建设局', kind: 'notice', number: issued.number, title: issued.title, issuedOn: issued.issuedOn, isValid: true, cancelledOn: null, checkCode: issued.checkCode });
    expect(JSON.stringify(found)).not.toContain('王敏');
    expect((await check((issued.verifyCode ?? '').toLowerCase().replaceAll('-', ' '))).number).toBe(issued.number);
    for (const wrong of ['', 'x', '0'.repeat(20), issued.verifyCode?.slice(0, -1) ?? '', "' or 1=1 --"]) await expect(check(wrong)).rejects.toMatchObject({ code: 'not-found' });
    await cancelPaper(leader(issued.version), { ...at(issued.id), body: { reason: '内容有误' } });
    expect(await check(issued.verifyCode ?? '')).toMatchObject({ isValid: false, cancelledOn: '2028-02-02' });
  });
});

describe('the same text for ever', () => {
  test('a paper issued on version 1 reads the same when the template has a version 2; one whose text would differ is not given out', async () => {
    const issued = await issue(await draftNotice());
    const row = await world.clerk().read((db) => readPaper(db, world.clerk().scope, issued.id));
    const v2 = withShape({ ...noticeV1, version: 2, bind: (data, head) => ({ ...noticeV1.bind(data, head), title: `新版：${data.subject}` }) }, Notice);
    const reading = { origin: world.kit.origin, today: localDate('2040-01-01'), code: '别的' };
    const again = documentOf(row, reading, [...templates, v2]);
    expect(textOf(again)).toBe(issued.text);
    expect(textHash(again)).toBe(row.textSha256);
    expect(textOf(documentOf({ ...row, templateVersion: 2 }, reading, [...templates, v2]))).not.toBe(issued.text);
    expect(textHash(documentOf(row, reading, [withShape({ ...noticeV1, bind: v2.bind }, Notice)]))).not.toBe(row.textSha256);
    expect((await downloadPdf(world.clerk(), at(issued.id))).content).toBeInstanceOf(Buffer);
  });
});

describe('what does not fit', () => {
  test('a character that no font has is named; the wrong estate, layout and kind are refused with a sentence', async () => {
    await expect(draftNotice(world.clerk(), { body: '请\u{3134B}先生到会。' })).rejects.toThrow(/U\+3134B.*空框/u);
    await expect(draftNotice(world.clerk(), { body: '会后聚餐😀。' })).rejects.toThrow(/😀/u);
    expect((await draftNotice(world.clerk(), { body: '定于\u200B周三\uFEFF开会。' })).data['body']).toBe('定于周三开会。');
    await expect(draftPaper('notice')(world.clerk(), { body: { ...notice, estateId: newId<'Estate'>() } })).rejects.toMatchObject({ code: 'estate.not-found' });
    const publicNotice = { estateName: '甲苑', subject: '名单', matter: '如下。', from: localDate('2028-02-03'), to: localDate('2028-02-09'), channel: '来电', contactName: '', contactPhone: '', attachments: '', estateId };
    await expect(draftPaper('public-notice')(world.clerk(), { body: { ...publicNotice, layout: 'document' } })).rejects.toThrow(/公示只能用普通格式/u);
    await expect(draftPaper('public-notice')(world.clerk(), { body: { ...publicNotice, layout: 'plain', to: localDate('2028-02-01') } })).rejects.toThrow(/早于起始日期/u);
    const made = await draftPaper('public-notice')(world.clerk(), { body: { ...publicNotice, layout: 'plain' } });
    await expect(editPaper('notice')(world.clerk(made.version), { ...at(made.id), body: notice })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  test('请示 goes up from an organ alone: signed by one whom the paper names; a committee is told why it cannot, a superior more than one is refused', async () => {
    await addIssuerCode(world.clerk(), { ...nobody, body: { paperKind: 'request', code: '试建', effectiveFrom: todayIn(world.clock.now()), basis: '局办公室规定' } });
    const request = { subject: '解决改造资金', addressee: '试验县人民政府', coIssuers: '', signers: '李局', body: '现请示如下。', contactName: '', contactPhone: '', attachments: '', copies: '', layout: 'document' as const, estateId: null };
    const draft = (more: Partial<typeof request> = {}, ctx = world.clerk()) => draftPaper('request')(ctx, { body: { ...request, ...more } });
    await expect(draft({ addressee: '试验县人民政府、市住建局' })).rejects.toMatchObject({ violations: [{ rule: 'paper.one-superior' }] });
    await expect(draft({ coIssuers: '试验县财政局' })).rejects.toMatchObject({ violations: [{ rule: 'paper.signers-per-body' }] });
    await expect(draft({}, member())).rejects.toThrow(/业主委员会不是党政机关/u);
    expect((await getPaperStart(member(), { ...nobody, query: { kind: 'request' } })).trouble).toContain('不能用公文格式制发请示');
    expect((await getPaperStart(world.clerk(), { ...nobody, query: { kind: 'request' } })).first).toMatchObject({ layout: 'document', addressee: '试验县人民政府' });
    const other = await draft({ signers: '张副局' });
    await expect(issue(other)).rejects.toMatchObject({ violations: [{ rule: 'paper.signed-as-told' }] });
    const issued = await issue(await draft());
    expect(issued).toMatchObject({ status: 'issued', isIntact: true, document: { signer: '李局' } });
    expect(issued.number).toMatch(/^试建〔\d{4}〕\d+号$/);
    expect(issued.text).toContain('签发人：李局');
  });

  test('a hand-over list is drafted by another module in its own transaction', async () => {
    const ctx = world.clerk();
    const made = await ctx.transact((tx) => draftHandOverList(tx, ctx, { fromName: '王敏', toName: '李强', supervisorName: '', post: '经办人', reason: '岗位调整', on: localDate('2028-02-02'), grants: '经办人｜试验县｜2025年1月1日', duties: '', files: '', remark: '' }));
    expect(made).toMatchObject({ kind: 'hand-over-list', layout: 'plain', status: 'draft' });
    expect(made.document.blocks.at(-1)).toEqual({ kind: 'sign-places', places: ['移交人', '接收人', '监交人'] });
  });

  test('what is on record is filled in: estate and place, reply day by working days, period by days, and the contact as it was given last', async () => {
    const start = (kind: 'transfer-letter' | 'public-notice' | 'hand-over-list') => getPaperStart(world.clerk(), { ...nobody, query: { kind, estateId } });
    world.clock.set('2026-11-20T02:00:00.000Z');
    expect(await start('transfer-letter')).toMatchObject({ issuer: '试验县住房和城乡建设局', layouts: ['letter', 'document', 'plain'], first: { layout: 'letter', estateName: '甲苑', place: '东街道东一社区', replyBy: '2026-12-04', contactName: '测试员' } });
    expect((await start('public-notice')).first).toMatchObject({ layout: 'plain', from: '2026-11-21', to: '2026-11-27' });
    await draftNotice(world.clerk(), { contactName: '王敏', contactPhone: '0793-1234567' });
    await draftNotice();
    expect((await start('transfer-letter')).first).toMatchObject({ contactName: '王敏', contactPhone: '0793-1234567' });
    expect((await start('hand-over-list')).first).toMatchObject({ fromName: '测试员', on: '2026-11-20' });
  });
});
