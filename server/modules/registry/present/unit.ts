import { z } from 'zod';
import type { Output } from '#contract/define-route.ts';
import { ownerKind } from '#contract/registry/words.ts';
import { UnitDraft, type getOwner, type getUnit as getUnitRoute, type listUnits } from '#contract/registry/unit.ts';
import { areaCm2, type Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { found, holds, unitCan } from '../access.ts';
import type { AsOf } from '../as-of.ts';
import { unitTitle } from '../names.ts';
import { maskedId, maskedPhone } from '../personal.ts';
import { areaVersions, getUnit, holdingsOf, ownershipsOf, unitTitles, type HolderLine, type UnitLine, type UnitReading } from '../store/units.ts';
import type { OwnerRecord } from '../store/records.ts';
import { historyOf } from '#platform/audit/history.ts';

type UnitRow = Output<typeof listUnits>['rows'][number];
type UnitDetail = Output<typeof getUnitRoute>;
type Holder = UnitRow['holders'][number];
type OwnerDetail = Output<typeof getOwner>;

const shareText = (part: number | null, whole: number | null): string | null => (part === null || whole === null ? null : `${part}/${whole}`);

/** 产权人(脱敏). */
export const presentHolder = (ctx: Ctx, line: HolderLine): Holder => ({
  ownershipId: line.id, ownerId: line.ownerId, name: line.name, ownerKind: line.ownerKind, kind: line.kind, share: shareText(line.sharePart, line.shareWhole), basis: line.basis,
  phone: maskedPhone(ctx.kit.vault, line.phoneCipher), idNumber: maskedId(ctx.kit.vault, line.idCipher), validFrom: line.validFrom, validTo: line.validTo, recordedAt: line.recordedAt, supersededAt: line.supersededAt,
});

/** How this person may read units: holders only for those who may see owners. */
export const readingOf = (ctx: Ctx, at: AsOf): UnitReading => ({ ...at, withHolders: holds(ctx, 'registry.owner.read') });

/** 房屋列表行, on a day. */
export const presentUnitRow = (ctx: Ctx, row: UnitLine): UnitRow => ({
  id: row.id, estate: { id: row.estateId, name: row.estateName }, building: { id: row.buildingId, name: row.building }, entrance: row.entrance, room: row.room, title: unitTitle(row.building, row.entrance, row.room), usage: row.usage,
  areaCm2: row.areaCm2, areaSource: row.areaSource, deliveredOn: row.deliveredOn, holders: row.holders.map((line) => presentHolder(ctx, line)), archivedAt: row.archivedAt, version: row.version, can: unitCan(ctx, row),
});

/** 房屋详情. */
export async function presentUnit(db: Db, ctx: Ctx, id: Id<'Unit'>, at: AsOf): Promise<UnitDetail> {
  const row = await getUnit(db, ctx.scope, id, readingOf(ctx, at));
  const shown = presentUnitRow(ctx, row);
  const [areas, lines, history] = await Promise.all([areaVersions(db, id), ownershipsOf(db, id), historyOf(db, 'Unit', id, UnitDraft)]);
  const merged = row.mergedIntoId === null ? undefined : (await unitTitles(db, [row.mergedIntoId])).get(row.mergedIntoId);
  return {
    ...shown, ...at, mergedInto: merged ?? null, areas: areas.map(({ areaCm2: area, areaSource, validFrom, validTo, recordedAt, supersededAt }) => ({ areaCm2: area, areaSource, validFrom, validTo, recordedAt, supersededAt })),
    ownerships: lines.map((line) => presentHolder(ctx, line)), history, warnings: shown.areaCm2 === null ? ['没有建筑面积，表决和统计将缺少这一户'] : [],
  };
}

/** 业主(脱敏), with what they hold on a day. */
export async function presentOwners(db: Db, ctx: Ctx, rows: readonly OwnerRecord[], at: AsOf): Promise<Omit<OwnerDetail, 'history' | 'purpose' | 'mergedInto' | 'on' | 'knownOn'>[]> {
  const lines = await holdingsOf(db, rows.map((row) => row.id), at);
  const titles = await unitTitles(db, lines.map((line) => line.unitId));
  const names = rows.length === 0 ? [] : await db.selectFrom('registry.estate').select(['id', 'name']).where('id', 'in', [...new Set(rows.map((row) => row.estateId))]).execute();
  const nameOf = new Map(names.map((row) => [row.id, row.name]));
  const byOwner = Map.groupBy(lines, (line) => line.ownerId);
  return rows.map((row) => {
    const mine = byOwner.get(row.id) ?? [];
    const { edit, archive, merge, reveal } = unitCan(ctx, row);
    return {
      id: row.id, estate: { id: row.estateId, name: nameOf.get(row.estateId) ?? '' }, name: row.name, kind: row.kind, phone: maskedPhone(ctx.kit.vault, row.phoneCipher), idNumber: maskedId(ctx.kit.vault, row.idCipher),
      unitCount: mine.length, areaCm2: areaCm2(mine.reduce((sum, line) => sum + (line.areaCm2 ?? 0), 0)), archivedAt: row.archivedAt, version: row.version, can: { edit, archive, merge, reveal },
      units: mine.map((line) => ({ unit: titles.get(line.unitId) ?? { id: line.unitId, name: '' }, kind: line.kind, share: shareText(line.sharePart, line.shareWhole), validFrom: line.validFrom, validTo: line.validTo })),
    };
  });
}

/** The fields of an owner that a page may write, for the words of its history. */
const OwnerDraft = z.object({ name: z.string().meta({ title: '产权人' }), kind: ownerKind });

/** 业主详情(脱敏), as of a day. */
export async function presentOwner(db: Db, ctx: Ctx, row: OwnerRecord, at: AsOf): Promise<OwnerDetail> {
  const [[shown], purpose, into, history] = await Promise.all([
    presentOwners(db, ctx, [row], at),
    row.purposeId === null ? undefined : db.selectFrom('registry.ownerPurpose').select(['purpose', 'document', 'deleteOn']).where('id', '=', row.purposeId).executeTakeFirst(),
    row.mergedIntoId === null ? undefined : db.selectFrom('registry.owner').select(['id', 'name']).where('id', '=', row.mergedIntoId).executeTakeFirst(), historyOf(db, 'Owner', row.id, OwnerDraft),
  ]);
  return { ...found(shown, 'owner.not-found'), ...at, purpose: purpose ?? null, mergedInto: into ?? null, history };
}
