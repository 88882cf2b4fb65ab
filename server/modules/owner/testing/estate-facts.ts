import type { Id } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import type { Side } from '#server/main/testing/world.ts';

/** 已公开的小区信息 of one half of the small world: its township's notice, rewritten as the facts of its estate. */
export const giveEstateFacts = (kit: Kit, side: Side, company: string): Promise<Id<'Publication'>> => give(kit, side, { kind: 'estate', subjectId: side.ids.estateId ?? null, title: `${side.mark}小区物业服务信息`, indexNo: `测试/${side.mark}小区` }, [{ kind: 'facts', facts: [{ label: '物业服务企业', value: company }] }]);

/** 已公开的逾期件数 of the county, under the index number `indexNo`. */
export const giveOverdueCounts = (kit: Kit, side: Side, indexNo: string): Promise<Id<'Publication'>> => give(kit, side, { kind: 'overdue-category', subjectId: newId(), title: `投诉办理逾期件数${indexNo}`, indexNo, aboutTownshipId: null, townshipId: null, neighbourhoodId: null }, [{ kind: 'table', columns: ['类别', '逾期（件）'], rows: [['物业服务', '5']] }]);

function give(kit: Kit, { ids }: Side, more: object, blocks: readonly object[]): Promise<Id<'Publication'>> {
  const id = newId<'Publication'>();
  return kit.database.write(everything, async (db) => {
    const like = await db.selectFrom('publication.publication').selectAll().where('id', '=', ids.publicationId as never).executeTakeFirstOrThrow();
    const json = { sightings: '[]', answers: '[]', openCheck: JSON.stringify(like.openCheck), content: JSON.stringify(blocks) };
    await db.insertInto('publication.publication').values({ ...like, ...json, id, publicId: newId(), ...more }).execute();
    return id;
  });
}
