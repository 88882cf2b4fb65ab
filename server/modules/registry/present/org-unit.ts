import type { Output } from '#contract/define-route.ts';
import { putOrgUnit } from '#contract/administration/org-unit.ts';
import type { getOrgUnit } from '#contract/registry/org-unit.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { historyOf } from '#platform/audit/history.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { holds } from '../access.ts';
import { getOrgUnitRecord, orgLineageOf, type OrgUnitRecord } from '../store/org-units.ts';
import { visibleEstates } from '../store/visible.ts';

type Detail = Output<typeof getOrgUnit>;

/** 呈现机构, with its lineage and what was done to it. */
export async function presentOrgUnit(db: Db, ctx: Ctx, id: Id<'OrgUnit'>): Promise<Detail> {
  const row = await getOrgUnitRecord(db, ctx.scope, id);
  const [around, below, lineage, history, estates] = await Promise.all([
    db.selectFrom('platform.orgUnit').select(['id', 'name']).where('id', 'in', [row.parentId ?? row.id, row.mergedIntoId ?? row.id]).execute(),
    db.selectFrom('platform.orgUnit').select(['id', 'name']).where('parentId', '=', id).where('kind', '=', 'neighbourhood').where('archivedAt', 'is', null).orderBy('sortNo').orderBy('id').execute(),
    orgLineageOf(db, id), historyOf(db, 'OrgUnit', id, putOrgUnit.body), countEstates(db, ctx, row),
  ]);
  const named = (wanted: string | null) => around.find((one) => one.id === wanted) ?? null;
  const { parentId, kind, subkind, code, name, address, sortNo, archivedAt, version } = row;
  return {
    id, parentId, kind, subkind, code, name, address, sortNo, archivedAt, version, parent: named(parentId), mergedInto: named(row.mergedIntoId), neighbourhoods: below, estateCount: estates, lineage, history, can: orgUnitCan(ctx, row),
  };
}

async function countEstates(db: Db, ctx: Ctx, { id, kind }: OrgUnitRecord): Promise<number> {
  if (kind !== 'township' && kind !== 'neighbourhood') return 0;
  const { n } = await visibleEstates(db, ctx.scope).select((eb) => eb.fn.countAll<string>().as('n')).where(kind === 'township' ? 'e.townshipId' : 'e.neighbourhoodId', '=', id).where('e.archivedAt', 'is', null).executeTakeFirstOrThrow();
  return Number(n);
}

/** 机构可做的事. */
function orgUnitCan(ctx: Ctx, { kind, archivedAt }: OrgUnitRecord): Detail['can'] {
  const edit = !holds(ctx, 'administration.org.edit') ? '由系统管理员办理' : archivedAt !== null ? '已经撤销' : true;
  const unless = (isOdd: boolean, why: string) => (edit !== true ? edit : isOdd ? why : true);
  return { edit, archive: unless(kind === 'county', '县不能撤销'), merge: unless(kind !== 'township' && kind !== 'neighbourhood', '只有乡镇街道和社区（村）可以合并') };
}
