import { afterAll, describe, expect, test } from 'vitest';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { localDate } from '#domain/kernel/brand.ts';
import { PASSWORD } from '#modules/administration/testing/world.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { makeContext } from '#platform/make-context.ts';
import { markOf } from './held.ts';
import { keepScan } from './use-cases/keep-scan.ts';
import { downloadScan, listMyHandOvers } from './use-cases/look-at-hand-overs.ts';
import { objectToItems, signWitness } from './use-cases/object.ts';
import { signInPlace } from './use-cases/sign-outgoing.ts';
import { handOverDesk } from './testing/desk.ts';

const { kit, as, manager, user, openPosts, draft, holderOf, begin, look, give, take } = await handOverDesk();
afterAll(() => kit.stop());

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
