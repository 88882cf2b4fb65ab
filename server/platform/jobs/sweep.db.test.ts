import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '../access/scope.ts';
import { newId } from '../ids.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { sweepFiles } from './sweep.ts';

let world: TestKit;
beforeAll(async () => { world = await testKit([], { at: new Date(Date.now()).toISOString() }); });
afterAll(() => world.stop());

test('content that belongs to nothing is forgotten after two days; what belongs to something stays', async () => {
  const { kit, clock } = world;
  const county = newId<'OrgUnit'>(), user = newId<'AppUser'>();
  const put = (content: string) => kit.files.put(Readable.from([Buffer.from(content)]), { name: '台账.xlsx', mediaType: 'x', limitBytes: 100 });
  const [owned, orphan] = [await put('owned'), await put('orphan')];
  await kit.database.write(everything, async (db) => {
    await db.insertInto('platform.orgUnit').values({ id: county, countyId: county, kind: 'county', name: '测试县', matchKey: '测试县' }).execute();
    await db.insertInto('platform.appUser').values({ id: user, countyId: county, login: 'clerk', name: '经办', passwordHash: 'x' }).execute();
    await db.insertInto('platform.file').values({ id: newId<'File'>(), countyId: county, hash: owned.hash, sizeBytes: 5, mediaType: 'x', name: '台账.xlsx', subjectKind: 'Batch', subjectId: newId(), uploadedBy: user }).execute();
  });
  expect(await sweepFiles(kit)).toBe(0);
  clock.set(new Date(Date.parse(clock.now()) + 8 * 86_400_000).toISOString());
  expect(await sweepFiles(kit)).toBe(1);
  await expect(kit.files.open(orphan.hash)).rejects.toMatchObject({ code: 'file.not-found' });
  (await kit.files.open(owned.hash)).destroy();
});
