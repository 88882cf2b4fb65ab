import type * as route from '#contract/administration/org-unit.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { codeTaken, fieldsOf, lockUnit, refuseSameName, shown } from '../store/org-units.ts';

/** 修改机构. */
export function updateOrgUnit(ctx: Ctx, { params, body }: Input<typeof route.putOrgUnit>): Promise<Output<typeof route.putOrgUnit>> {
  return ctx.transact(async (tx) => {
    const before = await lockUnit(ctx, tx, params.orgUnitId);
    if (ctx.ifMatch !== null && before.version !== ctx.ifMatch) throw new Problem('state.stale', '这个机构已被别人修改，请刷新后再保存');
    await refuseSameName(ctx, tx, { parentId: before.parentId, name: body.name, exceptId: before.id });

    const after = await tx.db.updateTable('platform.orgUnit').set({ ...fieldsOf(body), code: body.code || null, version: before.version + 1, updatedAt: ctx.now })
      .where('id', '=', before.id).returningAll().executeTakeFirstOrThrow()
      .catch((error: unknown) => { throw isCodeTaken(error) ? codeTaken(body.code) : error; });
    tx.audit({ action: 'org-unit.edit', subject: ['OrgUnit', before.id], before, after });
    return shown(after);
  });
}

const isCodeTaken = (error: unknown) => error instanceof Error && 'constraint' in error && error.constraint === 'org_unit_code_key';
