import { sql } from 'kysely';
import type { Output } from '#contract/define-route.ts';
import { BuildingDraft, type getBuilding, type listBuildings } from '#contract/registry/unit.ts';
import { areaCm2, type AreaCm2 } from '#domain/kernel/brand.ts';
import { historyOf } from '#platform/audit/history.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { found, unitCan } from '../access.ts';
import { asOf } from '../as-of.ts';
import { bestArea } from '../store/best-area.ts';
import { getEstate } from '../store/estates.ts';
import type { BuildingRecord, EstateRecord } from '../store/records.ts';

type Row = Output<typeof listBuildings>['rows'][number];

/** 楼栋列表行 of one estate, with their units and area today. */
export async function presentBuildings(db: Db, ctx: Ctx, rows: readonly BuildingRecord[], { id, name }: Pick<EstateRecord, 'id' | 'name'>): Promise<Row[]> {
  const sums = new Map((await sql<{ id: string; units: number; area: AreaCm2 }>`
    select u.building_id as id, count(*) as units, coalesce(sum(best.area_cm2), 0)::bigint as area from registry.unit u left join lateral ${bestArea(asOf({}, ctx.today))} best on true
     where u.estate_id = ${id} and u.archived_at is null group by u.building_id`.execute(db)).rows.map((row) => [row.id, row]));
  return rows.map((row) => {
    const { edit, archive, merge } = unitCan(ctx, row);
    return {
      id: row.id, estate: { id, name }, name: row.name, floors: row.floors, liftCount: row.liftCount, unitCount: sums.get(row.id)?.units ?? 0, areaCm2: sums.get(row.id)?.area ?? areaCm2(0),
      archivedAt: row.archivedAt, version: row.version, can: { edit, archive, merge },
    };
  });
}

/** 楼栋(刚写入的). */
export async function presentBuilding(db: Db, ctx: Ctx, row: BuildingRecord): Promise<Row> {
  const [shown] = await presentBuildings(db, ctx, [row], await getEstate(db, ctx.scope, row.estateId));
  return found(shown, 'not-found');
}

/** 楼栋详情 with its history and where it went when it was merged. */
export async function presentBuildingDetail(db: Db, ctx: Ctx, row: BuildingRecord): Promise<Output<typeof getBuilding>> {
  const [shown, history, into] = await Promise.all([
    presentBuilding(db, ctx, row), historyOf(db, 'Building', row.id, BuildingDraft),
    row.mergedIntoId === null ? undefined : db.selectFrom('registry.building').select(['id', 'name']).where('id', '=', row.mergedIntoId).executeTakeFirst(),
  ]);
  return { ...shown, mergedInto: into ?? null, history };
}
