import { Readable } from 'node:stream';
import type { Input, Output } from '#contract/define-route.ts';
import type { getCollection, postCollection } from '#contract/collection.ts';
import type { Role } from '#contract/permissions.ts';
import { localDate, makeId, type Id } from '#domain/kernel/brand.ts';
import { administration, addCounty, readDivisions } from '#modules/administration/index.ts';
import { committee } from '#modules/committee/index.ts';
import { registry } from '#modules/registry/index.ts';
import { countyScope, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import { testKit } from '#platform/testing/kit.ts';
import { collection } from '../index.ts';
import { draftCollection } from '../use-cases/draft.ts';
import { issueCollection } from '../use-cases/send-down.ts';

/** 云川县 with its twelve townships, two estates in each, a clerk and somebody in every township. */
export async function givenTownships(divisions: string, { slowMs }: { readonly slowMs?: number } = {}) {
  const world = await testKit([administration, registry, committee, collection], { at: '2026-11-20T02:00:00.000Z', ...(slowMs === undefined ? {} : { slowMs }) });
  const county = await addCounty(world.kit, { code: '990101', divisions: await readDivisions(divisions, '990101') });
  const countyId = makeId<'OrgUnit'>(county.id);
  const userId = newId<'AppUser'>();
  const townships = await systemContext(world.kit).transact(async (tx) => {
    await tx.db.insertInto('platform.appUser').values({ id: userId, countyId, login: 'jingban', name: '周敏', passwordHash: '-' }).execute();
    const found = await tx.db.selectFrom('platform.orgUnit').select(['id', 'name']).where('kind', '=', 'township').orderBy('sortNo').orderBy('code').execute();
    for (const township of found) {
      const id = newId<'AppUser'>();
      await tx.db.insertInto('platform.appUser').values({ id, countyId, login: township.id, name: `${township.name}经办`, passwordHash: '-' }).execute();
      await tx.db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId: id, countyId, role: 'township-officer', level: 'township', scopeId: township.id, orgUnitId: township.id, startedOn: localDate('2020-01-01') }).execute();
      for (const [at, name] of ['东苑', '西苑'].entries()) await tx.db.insertInto('registry.estate').values({ id: newId<'Estate'>(), countyId, townshipId: township.id, name: `${township.name}${name}`, matchKey: `${township.name}${name}`, managementKind: 'unknown', totalUnits: at === 0 ? 100 : null, occupiedUnits: at === 0 ? 90 : null, managerPhoneCipher: at === 0 ? world.kit.vault.seal('13900000001') : null, managerPhoneIndex: at === 0 ? world.kit.vault.index('phone', '13900000001') : null }).execute();
    }
    tx.auditNothing('test world');
    return found;
  });
  const as = (scope: Scope, role: Role, more: Partial<Pick<Ctx, 'ifMatch' | 'uploads'>> = {}): Ctx => makeContext(world.kit, { actor: { userId, name: '周敏', grantId: null, role, sessionId: null }, scope, requestId: newId(), ip: null, ...more });
  return {
    ...world, countyId, townships,
    clerk: (more: Partial<Pick<Ctx, 'ifMatch' | 'uploads'>> = {}) => as(countyScope(countyId), 'bureau-clerk', more),
    officer: (townshipId: string, more: Partial<Pick<Ctx, 'ifMatch' | 'uploads'>> = {}) => as({ level: 'township', id: townshipId, countyId }, 'township-officer', more),
    uploaded: async (name: string, bytes: Uint8Array) => [await world.kit.files.put(Readable.from([Buffer.from(bytes)]), { name, mediaType: 'application/octet-stream', limitBytes: 10_000_000 })],
  };
}
export type Given = Awaited<ReturnType<typeof givenTownships>>;

type Draft = Input<typeof postCollection>['body'];
const column = (key: string, title: string, kind: Draft['columns'][number]['kind'], field: string | null = null, isRequired = false): Draft['columns'][number] => ({ key, title, kind, field, isRequired, choices: [], help: null });
/** What the county asks of its townships, estate by estate. */
export const draftFor = (recipientIds: readonly string[], more: Partial<Draft> = {}): Draft => ({
  title: '小区基本情况核对', ground: '《物业管理条例》第五条', clause: null, issuerName: '县住建局', note: null, dueOn: localDate('2026-11-27'), endsOn: localDate('2026-12-04'), isByLink: false, condition: null, recipientKind: 'township', rowUnit: 'estate', recipientIds: [...recipientIds],
  columns: [column('c1', '总户数', 'whole', 'totalUnits', true), column('c2', '是否有消防隐患', 'flag'), column('c3', '负责人电话', 'text', 'managerPhone')], ...more,
});

/** 已下发的任务 to all townships. */
export async function givenIssued(given: Given, more: Partial<Draft> = {}): Promise<Output<typeof getCollection>> {
  const draft = await draftCollection(given.clerk(), { params: {}, query: {}, body: draftFor(given.townships.map(({ id }) => id), more) });
  return issueCollection(given.clerk({ ifMatch: draft.version }), { params: { collectionId: draft.id }, query: {}, body: {} });
}

/** The part of one of the townships. */
export async function partOf(given: Given, collectionId: Id<'Collection'>, townshipId: string): Promise<Id<'Part'>> {
  return (await systemContext(given.kit).read((db) => db.selectFrom('collection.part').select('id').where('collectionId', '=', collectionId).where('recipientId', '=', townshipId).executeTakeFirstOrThrow())).id;
}
