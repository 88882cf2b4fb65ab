import { sql } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Kit } from '#platform/kit.ts';
import type { Db } from '#platform/db/types.ts';
import { visibleBuildings } from '../../store/visible.ts';
import { readSearch } from '../search/search-query.ts';

/** 门口看得到的小区: what a passer-by reads on its gate. */
export interface OpenEstateLine { readonly estateId: Id<'Estate'>; readonly name: string; readonly phase: string | null; readonly countyName: string; readonly townshipName: string; readonly neighbourhoodName: string | null }
/** 同上, with the ids by which a complaint finds its way. Those are for the server, no page shows them. */
export interface OpenEstate extends OpenEstateLine { readonly countyId: Id<'OrgUnit'>; readonly townshipId: Id<'OrgUnit'>; readonly neighbourhoodId: Id<'OrgUnit'> | null; readonly companyId: Id<'Company'> | null }
/** 单元门; `entrance` is blank where a building has one or its units are not recorded. */
export interface Entrance { readonly buildingId: Id<'Building'>; readonly building: string; readonly entrance: string }

/**
 * 业主找小区 by name, other name or initials, for anybody: through functions with their owner's rights, because whoever asks has no scope. What finds nothing is tried without its
 * marks, without the building and room behind the name, and last by its sound: 花園 and 花圓 sound like 花园. @returns `isNear`: none has the name as it was written
 */
export async function findOpenEstates({ database }: Kit, words: string, most: number): Promise<{ readonly rows: OpenEstateLine[]; readonly isNear: boolean }> {
  const found = (wanted: readonly string[]) => (wanted.length === 0 ? [] : database.ask(async (db) => (await sql<OpenEstateLine>`select * from registry.public_estates(${wanted}::text[], ${most}::integer)`.execute(db)).rows));
  const asWritten = readSearch(words).words;
  const rows = await found(asWritten);
  if (rows.length > 0) return { rows, isNear: false };
  const tried = new Set([asWritten.join(' ')]);
  for (const nearer of [unmarked, unnumbered, sounding]) {
    const wanted = (await nearer(words)).slice(0, MOST_WORDS);
    if (tried.has(wanted.join(' '))) continue;
    tried.add(wanted.join(' '));
    const near = await found(wanted);
    if (near.length > 0) return { rows: near, isNear: nearer !== unmarked };
  }
  return { rows: [], isNear: false };
}

const MOST_WORDS = 6;
/** Without 。，“” and the like, which a telephone's keyboard adds. */
const unmarked = (words: string): string[] => readSearch(words.replaceAll(/[^\p{L}\p{N}\s]+/gu, ' ')).words.slice();
/** 万年小区3栋2单元 → 万年小区: what stands behind the name begins with a number. One that begins with a number, as 518小区, keeps it. */
const unnumbered = (words: string): string[] => readSearch(words.replaceAll(/[^\p{L}\p{N}\s]+/gu, ' ').replace(/(?<=\p{Script=Han})\s*[0-9０-９一二三四五六七八九十]+\s*(?:号楼|号|栋|幢|座|楼|单元|室|期).*$/u, '')).words.slice();
/** By full spelling, in which traditional and simplified characters and those that sound alike are the same. */
async function sounding(words: string): Promise<string[]> {
  const { spelling } = await import('../../search-text.ts');
  return unnumbered(words).map((word) => (/\p{Script=Han}{2}/u.test(word) ? spelling(word) : word));
}

/** 业主看小区; undefined where there is none, or none any more. One merged into another answers as the other. */
export const openEstate = ({ database }: Kit, estateId: string): Promise<OpenEstate | undefined> =>
  database.ask(async (db) => (await sql<OpenEstate>`select * from registry.public_estate(${estateId}::uuid)`.execute(db)).rows[0]);

/** 小区的各个单元门, for anybody. */
export const openEntrances = async ({ database }: Kit, estateId: string): Promise<Entrance[]> =>
  inOrder(await database.ask(async (db) => (await sql<Entrance>`select * from registry.public_entrances(${estateId}::uuid)`.execute(db)).rows));

/** 小区的各个单元门, within the scope of whoever prints their posters. */
export async function entrancesOf(db: Db, scope: Scope, estateId: Id<'Estate'>): Promise<Entrance[]> {
  const rows = await visibleBuildings(db, scope).leftJoin('registry.unit as u', (join) => join.onRef('u.buildingId', '=', 'b.id').on('u.archivedAt', 'is', null))
    .select((eb) => ['b.id as buildingId', 'b.name as building', eb.fn.coalesce('u.entrance', eb.val('')).as('entrance')]).distinct()
    .where('b.estateId', '=', estateId).where('b.archivedAt', 'is', null).limit(MOST_ENTRANCES).execute();
  return inOrder(rows);
}

const MOST_ENTRANCES = 3_000;
/** 2 before 10. A blank entrance beside named ones is what nobody recorded, no door. */
function inOrder(entrances: readonly Entrance[]): Entrance[] {
  const named = new Set(entrances.filter(({ entrance }) => entrance !== '').map(({ buildingId }) => buildingId));
  const compare = (a: string, b: string) => a.localeCompare(b, 'zh-CN', { numeric: true });
  return entrances.filter(({ buildingId, entrance }) => entrance !== '' || !named.has(buildingId)).toSorted((a, b) => compare(a.building, b.building) || compare(a.entrance, b.entrance));
}
