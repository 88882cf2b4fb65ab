import { makeId, localDate } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import type { Side } from './world.ts';

/** 一个采集任务和它的一份 of one half of the small world: its township asks its neighbourhood, which has handed in. */
export async function giveCollection(db: Db, kit: Kit, { mark, ids }: Side, countyId: string): Promise<void> {
  const at = kit.clock.now();
  const place = { countyId: makeId<'OrgUnit'>(countyId), townshipId: makeId<'OrgUnit'>(ids.townshipId ?? '') };
  const below = { ...place, neighbourhoodId: makeId<'OrgUnit'>(ids.neighbourhoodId ?? '') };
  const sealed = (values: unknown): string => kit.vault.seal(JSON.stringify(values));
  await db.insertInto('collection.collection').values({
    ...place, id: makeId<'Collection'>(ids.collectionId ?? ''), title: `${mark}采集`, ground: '《物业管理条例》第五条', issuerName: `${mark}街道`, dueOn: localDate('2026-11-27'), endsOn: localDate('2026-12-04'), recipientKind: 'neighbourhood', recipientIds: JSON.stringify([ids.neighbourhoodId]), rowUnit: 'estate',
    columns: JSON.stringify([{ key: 'c1', title: '总户数', kind: 'whole', isRequired: false, choices: [], field: 'totalUnits', help: null }]), isByLink: true, status: 'issued', issuedAt: at, createdByName: `${mark}经办`, createdAt: at, updatedAt: at,
  }).execute();
  await db.insertInto('collection.part').values({
    ...below, id: makeId<'Part'>(ids.partId ?? ''), collectionId: makeId<'Collection'>(ids.collectionId ?? ''), recipientId: makeId<'OrgUnit'>(ids.neighbourhoodId ?? ''), recipientName: `${mark}社区`, rows: JSON.stringify([{ id: ids.estateId, title: `${mark}小区`, sinceOn: null }]), heldCipher: sealed({}), choosings: '{}', status: 'answered', answeredAt: at, createdAt: at, updatedAt: at,
  }).execute();
  await db.insertInto('collection.answer').values({ ...below, id: newId<'Answer'>(), partId: makeId<'Part'>(ids.partId ?? ''), source: 'online', status: 'handed-in', valuesCipher: sealed({ [ids.estateId ?? '']: { c1: 12 } }), byName: `${mark}社区`, handedInAt: at, createdAt: at, updatedAt: at }).execute();
}
