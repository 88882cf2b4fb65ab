import type * as route from '#contract/administration/org-unit.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { lockUnit, shown, type OrgUnitRow } from '../store/org-units.ts';

/** 撤销或恢复机构; one with bodies below it or people in it stays. */
export function setOrgUnitStatus(ctx: Ctx, { params, body }: Input<typeof route.putOrgUnitStatus>): Promise<Output<typeof route.putOrgUnitStatus>> {
  return ctx.transact(async (tx) => {
    const before = await lockUnit(ctx, tx, params.orgUnitId);
    const archive = body.status === 'archived';
    if (archive === (before.archivedAt !== null)) throw new Problem('state.conflict', archive ? '这个机构已经撤销' : '这个机构没有撤销');
    if (archive) await refuseInUse(tx, before);

    const after = await tx.db.updateTable('platform.orgUnit').set({ archivedAt: archive ? ctx.now : null, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: archive ? 'org-unit.archive' : 'org-unit.restore', subject: ['OrgUnit', before.id], before: { archivedAt: before.archivedAt }, after: { archivedAt: after.archivedAt }, reason: body.reason });
    return shown(after);
  });
}

async function refuseInUse(tx: Tx, unit: OrgUnitRow): Promise<void> {
  if (unit.kind === 'county') throw new Problem('rule.violated', '县不能撤销');
  const below = await tx.db.selectFrom('platform.orgUnit').select('name').where('parentId', '=', unit.id).where('archivedAt', 'is', null).limit(1).executeTakeFirst();
  if (below) throw new Problem('rule.violated', `下面还有「${below.name}」等机构，请先调整或撤销`);
  const post = await tx.db.selectFrom('platform.userGrant').select('id').where((eb) => eb.or([eb('orgUnitId', '=', unit.id), eb('scopeId', '=', unit.id)])).where('endedAt', 'is', null).limit(1).executeTakeFirst();
  if (post) throw new Problem('rule.violated', '这个机构还有在任岗位，请先交接或终止');
}
