import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '#contract/define-route.ts';
import type { postContact } from '#contract/registry/directory.ts';
import type { Ctx } from '#platform/context.ts';
import { testCounty, type County } from '../testing/county.ts';
import { addContact, archiveContact, getContact, updateContact } from './contacts.ts';
import { getDirectory } from './get-directory.ts';

let county: County;
beforeAll(async () => { county = await testCounty(); });
afterAll(() => county.stop());

type Draft = Input<typeof postContact>['body'];
const draft = (more: Partial<Draft> = {}): Draft => ({ name: '吴网格', post: '网格员', kind: 'grid-member', phone: '13500001111', isAllHours: false, sortNo: 10, orgUnitId: null, estateId: null, companyId: null, ...more });
const add = (ctx: Ctx, body: Draft) => addContact(ctx, { ...county.empty, body });
const book = (ctx: Ctx, query: Parameters<typeof getDirectory>[1]['query'] = {}) => getDirectory(ctx, { ...county.empty, query });
const names = async (ctx: Ctx, query: Parameters<typeof getDirectory>[1]['query'] = {}) => (await book(ctx, query)).groups.flatMap((group) => group.entries.map((entry) => entry.name));

test('everyone stands under their body, 24-hour telephones and grid members first, and the text says the same', async () => {
  await add(county.clerk(), draft({ orgUnitId: county.eastCommunity, estateId: county.gold }));
  await add(county.clerk(), draft({ name: '值班室', post: '总值班', kind: 'duty', phone: '0571-88001234', isAllHours: true, orgUnitId: county.county }));
  await add(county.clerk(), draft({ name: '钱经办', post: '物业科', kind: 'officer', phone: '13500002222', orgUnitId: county.east }));
  const { groups, total, text } = await book(county.clerk());
  expect(groups.map((group) => [group.kind, group.title, group.entries.map((entry) => [entry.name, entry.post, entry.phone])])).toEqual([
    ['all-hours', '24小时值班', [['值班室', '试验县 总值班', '0571-88001234']]], ['other', '东街道网格员', [['吴网格', '东一社区 网格员', '13500001111']]], ['township', '东街道', [['钱经办', '物业科', '13500002222']]],
    ['company', '安心物业有限公司', [['周安心', '法定代表人', '13900000001'], ['王敏', '项目经理', '13700007788']]], ['committee', '东街道业委会', [['孙主任', '业委会主任', '13611110000']]],
  ]);
  expect(total).toBe(6);
  for (const name of ['值班室', '吴网格', '钱经办', '周安心', '王敏', '孙主任']) expect(text).toContain(name);
});

test('filters by kind, township, name, initials and number', async () => {
  const clerk = county.clerk();
  expect(await names(clerk, { kind: 'grid' })).toEqual(['吴网格']);
  expect(await names(clerk, { kind: 'committee' })).toEqual(['孙主任']);
  expect(await names(clerk, { townshipId: county.west })).toEqual([]);
  for (const q of ['wm', '王敏', '7788', '项目经理']) expect([q, await names(clerk, { q })]).toEqual([q, ['王敏']]);
});

test('a sibling township reads contacts and companies of the county, but no manager, chair or estate beside it', async () => {
  const west = await book(county.township(county.west));
  const entries = west.groups.flatMap((group) => group.entries);
  expect(entries.map((entry) => entry.name)).toEqual(['值班室', '吴网格', '钱经办', '周安心']);
  expect(entries.every((entry) => entry.estate === null && entry.can.edit !== true)).toBe(true);
});

test('a company reads its own people only, and a chair there is masked', async () => {
  const own = county.as({ level: 'company', id: county.company, countyId: county.county }, 'company-head');
  const rows = (await book(own)).groups.flatMap((group) => group.entries.map((entry) => [entry.name, entry.phone]));
  expect(rows).toEqual([['周安心', '13900000001'], ['王敏', '13700007788'], ['孙主任', '136****0000']]);
  expect(await names(county.as({ level: 'company', id: county.other, countyId: county.county }, 'company-head'))).toEqual([]);
});

test('an entry is changed by its own body or the county, with the version that was read, and every change is on record', async () => {
  const made = await add(county.township(county.east), draft({ name: '郑新', estateId: county.gold }));
  expect(made).toMatchObject({ version: 1, phone: '13500001111', estate: { id: county.gold, name: '金色里' }, can: { edit: true } });
  const change = (ctx: Ctx, body: Draft) => updateContact(ctx, { params: { contactId: made.id }, query: {}, body });
  await expect(change(county.township(county.west, 1), draft())).rejects.toMatchObject({ code: 'not-found' });
  await expect(change(county.township(county.east, 7), draft({ estateId: county.gold }))).rejects.toMatchObject({ code: 'state.stale' });
  expect(await change(county.township(county.east, 1), draft({ name: '郑新新', phone: '13500003333', estateId: county.gold }))).toMatchObject({ name: '郑新新', phone: '13500003333', version: 2 });
  const gone = await archiveContact(county.clerk(2), { params: { contactId: made.id }, query: {}, body: { reason: '已经调离' } });
  expect(gone.can.edit).toBe('已归档，不能再修改');
  expect(await names(county.clerk())).not.toContain('郑新新');
  const entries = await county.clerk().read((db) => db.selectFrom('audit.entry').selectAll().where('subjectId', '=', made.id).orderBy('entryNo').execute());
  expect(entries.map((entry) => entry.action)).toEqual(['contact.create', 'contact.update', 'contact.archive']);
  expect(JSON.stringify(entries)).not.toContain('13500003333');
});

test('nobody registers a contact for a place outside their scope', async () => {
  const west = county.township(county.west);
  await expect(add(west, draft({ estateId: county.gold }))).rejects.toMatchObject({ code: 'estate.not-found' });
  await expect(add(west, draft({ orgUnitId: county.eastCommunity }))).rejects.toMatchObject({ code: 'access.denied' });
  expect(await add(west, draft({ name: '本镇人' }))).toMatchObject({ name: '本镇人' });
  const made = await add(county.as({ level: 'company', id: county.company, countyId: county.county }, 'company-head'), draft({ name: '企业客服', kind: 'other' }));
  expect(made.companyId).toBe(county.company);
  await expect(getContact(county.as({ level: 'company', id: county.other, countyId: county.county }, 'company-head'), { params: { contactId: made.id }, query: {}, body: {} })).rejects.toMatchObject({ code: 'not-found' });
});
