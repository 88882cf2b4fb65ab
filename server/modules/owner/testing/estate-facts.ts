import type { Id } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import type { Side } from '#server/main/testing/world.ts';

/** 已公开的小区信息 of one half of the small world: its township's notice, rewritten as the facts of its estate. */
export function giveEstateFacts(kit: Kit, { mark, ids }: Side, company: string): Promise<Id<'Publication'>> {
  const id = newId<'Publication'>();
  return kit.database.write(everything, async (db) => {
    const like = await db.selectFrom('publication.publication').selectAll().where('id', '=', ids.publicationId as never).executeTakeFirstOrThrow();
    const json = { sightings: '[]', answers: '[]', openCheck: JSON.stringify(like.openCheck), content: JSON.stringify([{ kind: 'facts', facts: [{ label: '物业服务企业', value: company }] }]) };
    await db.insertInto('publication.publication').values({ ...like, ...json, id, publicId: newId(), kind: 'estate', subjectId: ids.estateId ?? null, title: `${mark}小区物业服务信息`, indexNo: `测试/${mark}小区` }).execute();
    return id;
  });
}
