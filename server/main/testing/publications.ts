import { makeId, localDate } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import type { Side } from './world.ts';

/** 一件已发布的公开事项 of one half of the small world, by its township, as the module would have written it. */
export async function givePublication(db: Db, kit: Kit, { mark, ids }: Side, countyId: string): Promise<void> {
  const user = await db.selectFrom('platform.appUser').select('id').where('countyId', '=', makeId<'OrgUnit'>(countyId)).executeTakeFirst();
  if (user === undefined) return;
  const at = kit.clock.now();
  const digest = 'a'.repeat(64);
  await db.insertInto('publication.publication').values({
    id: makeId<'Publication'>(ids.publicationId ?? ''), countyId: makeId<'OrgUnit'>(countyId), townshipId: makeId<'OrgUnit'>(ids.townshipId ?? ''), level: 'township', issuerId: ids.townshipId ?? '', issuerName: `镇${mark.slice(0, 1)}街道办事处`, kind: 'announcement', aboutTownshipId: makeId<'OrgUnit'>(ids.townshipId ?? ''),
    title: `${mark}通知`, body: '开会。', content: JSON.stringify([{ kind: 'paragraph', text: '开会。' }]), contentSha256: digest, drawnOn: localDate('2026-11-20'), periodKind: 'none', sightings: '[]', answers: '[]', status: 'published', writerIds: [newId()], draftedByName: '某',
    reviewedBy: user.id, reviewedByName: '某', reviewedAt: at, reviewedSha256: digest, openAttribute: 'active', openCheck: JSON.stringify({ attribute: 'active', note: '', by: '某', at, answers: { stateSecret: 'none', workSecret: 'none', personal: 'none', commercial: 'none', thirdParty: 'none' } }),
    issuedBy: user.id, issuedByName: '某', issuedOn: localDate('2026-11-20'), issuedAt: at, publicId: ids.publicId ?? '', indexNo: `测试/${mark}`, createdAt: at, updatedAt: at,
  }).execute();
}
