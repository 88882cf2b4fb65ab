import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { categoryCodes, categoryOf, groupOf, type CategoryCode } from '#domain/complaint/category.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { bodyOf } from '../parts.ts';
import { responsibilitiesOn } from '../responsibility.ts';

type Row = Output<typeof route.postResponsibility>;

/** 责任清单: every category with the county's line in force today, or the default that nobody has confirmed. */
export function listResponsibilities(ctx: Ctx): Promise<Output<typeof route.listResponsibilities>> {
  return ctx.read(async (db) => ({ rows: await rowsOf(db, ctx) }));
}

async function rowsOf(db: Db, ctx: Ctx): Promise<Row[]> {
  const own = new Map((ctx.scope.countyId === null ? [] : await responsibilitiesOn(db, makeId<'OrgUnit'>(ctx.scope.countyId), ctx.today)).map((line) => [line.categoryCode, line]));
  return categoryCodes.map((code) => rowOf(code, own.get(code)));
}

function rowOf(code: CategoryCode, line: Awaited<ReturnType<typeof responsibilitiesOn>>[number] | undefined): Row {
  const { lead, assisting, basis, pace } = categoryOf(code);
  const shared = { category: code, group: groupOf(code), pace };
  return line === undefined
    ? { ...shared, leadId: null, lead, assisting, basis, effectiveFrom: null, setBy: null, isDefault: true }
    : { ...shared, leadId: line.leadId, lead: line.lead, assisting: line.assisting, basis: line.basis, effectiveFrom: line.effectiveFrom, setBy: line.setByName, isDefault: false };
}

/** 登记责任清单: a line begins today or later; what was assigned before stays where it is. */
export function recordResponsibility(ctx: Ctx, { body }: Input<typeof route.postResponsibility>): Promise<Row> {
  return ctx.transact(async (tx) => {
    const countyId = makeId<'OrgUnit'>(ctx.scope.countyId ?? '');
    if (body.effectiveFrom < ctx.today) throw new Problem('input.invalid', '只能从今天或者以后起用，已经交办的不受影响', { errors: [{ pointer: '/effectiveFrom', message: '请选择今天或者以后的日期' }] });
    const lead = await bodyOf(tx, countyId, body.leadId, '/leadId');
    const line = await tx.db.insertInto('complaint.responsibility').values({ id: newId<'Responsibility'>(), countyId, categoryCode: body.category, leadId: lead.id, assisting: body.assisting, basis: body.basis, effectiveFrom: body.effectiveFrom, setBy: ctx.actor.userId, setByName: ctx.actor.name, createdAt: ctx.now })
      .onConflict((conflict) => conflict.columns(['countyId', 'categoryCode', 'effectiveFrom']).doNothing()).returningAll().executeTakeFirst();
    if (line === undefined) throw new Problem('state.duplicate', '这一类在这一天已经登记过，请换一个起用日期');
    tx.audit({ action: 'complaint.responsibility', subject: ['Responsibility', line.id], before: null, after: { category: body.category, lead: lead.name, effectiveFrom: body.effectiveFrom, basis: body.basis } });
    return rowOf(body.category, { categoryCode: body.category, leadId: lead.id, lead: lead.name, assisting: body.assisting, basis: body.basis, effectiveFrom: body.effectiveFrom, setByName: ctx.actor.name });
  });
}
