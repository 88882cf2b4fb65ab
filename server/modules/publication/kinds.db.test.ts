import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input, Output } from '#contract/define-route.ts';
import type { getPublication as oneRoute, postPublication } from '#contract/publication.ts';
import { makeId, localDate } from '#domain/kernel/brand.ts';
import { cancelPaper } from '#modules/paper/use-cases/cancel-paper.ts';
import { draftPaper } from '#modules/paper/use-cases/draft-paper.ts';
import { issuePaper } from '#modules/paper/use-cases/issue-paper.ts';
import { reportFormation } from '#modules/target/use-cases/report-formation.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { officeWorld, type OfficeWorld } from './testing/office.ts';
import { draftPublication } from './use-cases/draft-publication.ts';
import { getPublication, getPublicationTurns } from './use-cases/look-at-publications.ts';
import { issuePublication, reviewPublication, submitPublication, withdrawPublication } from './use-cases/pass-on.ts';
import { downloadPublicFile, getPublicItem } from './use-cases/public-page.ts';
import { getPublicationStart } from './use-cases/start-publication.ts';

type Item = Output<typeof oneRoute>;
type Draft = Input<typeof postPublication>['body'];
let world: OfficeWorld;
beforeAll(async () => { world = await officeWorld(); });
afterAll(() => world.stop());

const nobody = { params: {}, query: {}, body: {} };
const at = (item: Pick<Item, 'id'>) => ({ ...nobody, params: { publicationId: item.id } });
const draft = (body: Pick<Draft, 'kind' | 'subjectId'> & Partial<Draft>) => draftPublication(world.who('drafter'), { ...nobody, body: { title: '', body: '', periodKind: 'none', periodDays: null, periodUntilOn: null, ...body } });
async function out(made: Item): Promise<Item> {
  const waiting = await submitPublication(world.who('drafter', made.version), { ...at(made), body: { opinion: '' } });
  const signing = await reviewPublication(world.who('reviewer', waiting.version), { ...at(made), body: { attribute: 'active', stateSecret: 'none', workSecret: 'none', personal: 'none', commercial: 'none', thirdParty: 'none', attachmentsSeen: false, note: '', opinion: '' } });
  return issuePublication(world.who('leader', signing.version), { ...at(made), body: { opinion: '' } });
}
/** Of what is not out there is none: one that nobody has. */
const publicId = (item: Item) => (item.publicUrl === null ? newId<'PublicItem'>() : makeId<'PublicItem'>(item.publicUrl.split('/').at(-1) ?? ''));

describe('counts of what is overdue', () => {
  const kept = async (grouping: 'township', lines: readonly object[]) => {
    const id = newId<'OverdueReading'>();
    await world.kit.database.write(everything, async (db) => { await db.insertInto('complaint.overdueReading').values({ id, countyId: world.county, grouping, asOfOn: localDate('2026-11-20'), lines: JSON.stringify(lines), least: 3, createdBy: null, createdAt: world.kit.clock.now() }).execute(); });
    return id;
  };

  test('go out as they were kept, what is small told together, and are gone once withdrawn; kept by township they are not published by company', async () => {
    const id = await kept('township', [{ label: '东街道', count: 7 }, { label: '西镇', count: 4 }, { label: '南镇', count: 1 }]);
    await expect(draft({ kind: 'overdue-company', subjectId: id })).rejects.toMatchObject({ code: 'rule.violated' });
    await expect(draft({ kind: 'overdue-township', subjectId: null })).rejects.toThrow(/逾期件数/u);
    const made = await draft({ kind: 'overdue-township', subjectId: id });
    expect(made).toMatchObject({ title: '投诉办理逾期件数（按乡镇街道，截至2026年11月20日）', isCurrent: true });
    const published = await out(made);
    const seen = await getPublicItem(world.visitor(), { ...nobody, params: { publicId: publicId(published) } });
    expect(seen.blocks[1]).toEqual({ kind: 'table', columns: ['乡镇街道', '逾期（件）'], rows: [['东街道', '7'], ['其他2个（合计）', '5']] });
    expect(seen.text).toContain('共12件');
    await withdrawPublication(world.who('leader', published.version), { ...at(published), body: { reason: '件数统计有误，更正后重发' } });
    expect((await getPublicItem(world.visitor(), { ...nobody, params: { publicId: publicId(published) } })).blocks).toEqual([]);
  });
});

describe('an issued paper', () => {
  const notice = { layout: 'plain' as const, estateId: null, subject: '冬季检查', addressee: '各物业服务企业', body: '一、检查时间。\n本周内。', contactName: '', contactPhone: '', attachments: '', copies: '' };

  test('goes out as its words and its PDF, byte for byte what the office downloads; cancelled afterwards, the office is told', async () => {
    const paper = await draftPaper('notice')(world.who('drafter'), { body: notice });
    await expect(draft({ kind: 'paper', subjectId: paper.id })).rejects.toThrow(/请先签发/u);
    const issued = await issuePaper(world.who('leader', paper.version), { ...nobody, params: { paperId: paper.id }, body: { signer: '李局' } });
    const made = await draft({ kind: 'paper', subjectId: paper.id });
    expect(made).toMatchObject({ title: '试验县住房和城乡建设局关于冬季检查的通知', files: [{ name: '编号：2026-1 试验县住房和城乡建设局关于冬季检查的通知.pdf', isDrawn: true, note: null }], sightings: [], isCurrent: true });
    const published = await out(made);
    const seen = await getPublicItem(world.visitor(), { ...nobody, params: { publicId: publicId(published) } });
    expect(seen.text).toContain('各物业服务企业：');
    expect(seen.files).toHaveLength(1);
    const file = await downloadPublicFile(world.visitor(), { ...nobody, params: { publicId: publicId(published), fileNo: 1 } });
    expect([file.mediaType, (await readAll(file.content as never)).startsWith('%PDF')]).toEqual(['application/pdf', true]);
    await cancelPaper(world.who('leader', issued.version), { ...nobody, params: { paperId: paper.id }, body: { reason: '通知作废' } });
    expect((await getPublication(world.who('drafter'), at(published))).isCurrent).toBe(false);
  });

  test('a 公示 stands until its own last day; what passes between offices is not published', async () => {
    const data = { layout: 'plain' as const, estateId: null, estateName: '甲苑', subject: '维修方案', matter: '更换水泵。', from: localDate('2026-11-21'), to: localDate('2026-11-30'), channel: '书面送交物业服务中心', contactName: '', contactPhone: '', attachments: '' };
    const paper = await draftPaper('public-notice')(world.who('drafter'), { body: data });
    await issuePaper(world.who('leader', paper.version), { ...nobody, params: { paperId: paper.id }, body: { signer: '李局' } });
    expect(await getPublicationStart(world.who('drafter'), { ...nobody, query: { kind: 'paper', subjectId: paper.id } })).toMatchObject({ periodKind: 'until', periodUntilOn: '2026-11-30', trouble: null });
    const list = await draftPaper('hand-over-list')(world.who('drafter'), { body: { layout: 'plain', fromName: '甲', toName: '乙', supervisorName: '', post: '经办', reason: '调整', on: localDate('2026-11-20'), grants: '', duties: '', files: '', remark: '' } });
    await issuePaper(world.who('leader', list.version), { ...nobody, params: { paperId: list.id }, body: { signer: '李局' } });
    await expect(draft({ kind: 'paper', subjectId: list.id })).rejects.toThrow(/内部往来文书/u);
  });
});

test('a figure goes out as it was reported, with its definition and no place\'s name', async () => {
  const reading = await reportFormation(world.who('drafter'), { ...nobody, body: { on: localDate('2026-11-20'), reportedTo: '市局', signer: '李局' } });
  const published = await out(await draft({ kind: 'formation', subjectId: reading.id }));
  const seen = await getPublicItem(world.visitor(), { ...nobody, params: { publicId: publicId(published) } });
  expect(seen.title).toBe('业主委员会组建情况（截至2026年11月20日）');
  expect(seen.text).toContain('口径：');
  expect(seen.text).not.toMatch(/甲苑|街道/);
});

test('the companies\' list holds those with a contract in force, without telephones or persons', async () => {
  await world.kit.database.write(everything, async (db) => {
    const companyId = newId<'Company'>();
    const phone = { phoneCipher: world.kit.vault.seal('13700001111'), phoneIndex: world.kit.vault.index('phone', '13700001111'), phoneLast4: world.kit.vault.index('phone-last4', '1111') };
    await db.insertInto('registry.company').values({ id: companyId, countyId: world.county, name: '甲物业服务有限公司', matchKey: '甲物业', legalPerson: '某法人', address: '东街1号', ...phone }).execute();
    await db.insertInto('registry.serviceContract').values({ id: newId<'ServiceContract'>(), contractId: newId(), countyId: world.county, townshipId: world.east, neighbourhoodId: world.eastCommunity, estateId: world.estateId, companyId, startsOn: localDate('2026-01-01'), endsOn: localDate('2027-12-31'), recordedAt: world.clock.now() }).execute();
  });
  const made = await draft({ kind: 'companies', subjectId: null });
  expect(made.blocks).toContainEqual({ kind: 'table', columns: ['企业名称', '统一社会信用代码', '地址', '在管小区（个）'], rows: [['甲物业服务有限公司', '未登记', '东街1号', '1']] });
  expect(JSON.stringify(made)).not.toMatch(/某法人|1370000/);
});

test('whose turn it is hears of it, nobody of his or her own act, and what is done waits no more', async () => {
  const unread = (login: string) => world.kit.database.read(everything, async (db) => (await db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id').innerJoin('platform.appUser as u', 'u.id', 'r.userId')
    .select('n.text').where('u.login', '=', login).where('r.readAt', 'is', null).where('n.subjectId', '=', made.id).orderBy('n.id').execute()).map(({ text }) => text));
  const made = await draft({ kind: 'announcement', subjectId: null, title: '通知', body: '内容。' });
  const waiting = await submitPublication(world.who('drafter', made.version), { ...at(made), body: { opinion: '' } });
  // The leader is the only one who could issue it, so the review is the reviewer's.
  expect([await unread('reviewer'), await unread('drafter'), await unread('alone'), await unread('leader')]).toEqual([['一件公开事项（通知公告）等待审核'], [], [], []]);
  expect([await getPublicationTurns(world.who('reviewer')), await getPublicationTurns(world.who('leader')), await getPublicationTurns(world.who('drafter'))].map(({ toReview }) => toReview)).toEqual([1, 0, 0]);
  await reviewPublication(world.who('reviewer', waiting.version), { ...at(made), body: { attribute: 'active', stateSecret: 'none', workSecret: 'none', personal: 'none', commercial: 'none', thirdParty: 'none', attachmentsSeen: false, note: '', opinion: '' } });
  expect(await getPublicationTurns(world.who('leader'))).toEqual({ toReview: 0, toIssue: 1, toMend: 0 });
  expect([await unread('reviewer'), await unread('leader')]).toEqual([[], ['一件公开事项（通知公告）已审核，等待签发']]);
});
