import type * as route from '#contract/administration/org-unit.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { codeTaken, countyUnits, fieldsOf, orgUnitColumns, refuseSameName } from '../store/org-units.ts';

/** 新增机构 under another of the same county. */
export function createOrgUnit(ctx: Ctx, { body }: Input<typeof route.postOrgUnit>): Promise<Output<typeof route.postOrgUnit>> {
  return ctx.transact(async (tx) => {
    const parent = await countyUnits(tx.db, ctx.scope).selectAll().where('id', '=', body.parentId).where('archivedAt', 'is', null).executeTakeFirst();
    if (!parent) throw new Problem('not-found', '没有这个上级机构，请重新选择', { errors: [{ pointer: '/parentId', message: '请重新选择上级' }] });
    refuseMisplaced(body.kind, parent.kind);
    await refuseSameName(ctx, tx, { parentId: parent.id, name: body.name });

    const id = newId<'OrgUnit'>();
    const row = await tx.db.insertInto('platform.orgUnit').values({
      id, countyId: parent.countyId, parentId: parent.id, kind: body.kind, ...fieldsOf(body),
      townshipId: body.kind === 'township' ? id : parent.townshipId, neighbourhoodId: body.kind === 'neighbourhood' ? id : parent.neighbourhoodId,
      code: body.code || null, isDemo: parent.isDemo, createdAt: ctx.now, updatedAt: ctx.now,
    }).onConflict((conflict) => conflict.doNothing()).returning(orgUnitColumns).executeTakeFirst();
    if (!row) throw codeTaken(body.code);
    tx.audit({ action: 'org-unit.create', subject: ['OrgUnit', id], before: null, after: row });
    return row;
  });
}

function refuseMisplaced(kind: string, parentKind: string): void {
  if (kind === 'township' && parentKind !== 'county') throw new Problem('rule.violated', '乡镇街道应建在县下面，请重新选择上级');
  if (kind === 'neighbourhood' && parentKind !== 'township') throw new Problem('rule.violated', '社区、村应建在乡镇街道下面，请重新选择上级');
  if (kind === 'bureau' && parentKind !== 'county') throw new Problem('rule.violated', '住建局应建在县下面，请重新选择上级');
}
