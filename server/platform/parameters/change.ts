import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import type { Ctx, Tx } from '../context.ts';
import { newId } from '../ids.ts';
import { Problem } from '../problem.ts';
import { forgetParameters, parameter } from './read.ts';

export interface OverrideDraft { readonly value: unknown; readonly effectiveFrom: LocalDate; readonly basis: string }

/**
 * 设置参数 of the actor's county from a day on; the entry says what held on that day before.
 * @throws Problem input.invalid when the value is not acceptable, state.duplicate when one already begins that day
 */
export async function setOverride(ctx: Ctx, tx: Tx, definition: Parameter<unknown>, draft: OverrideDraft) {
  const { countyId, setBy } = officer(ctx);
  if (!definition.accepts(draft.value)) throw new Problem('input.invalid', `「${definition.title}」应为${definition.expected}`, { errors: [{ pointer: '/value', message: `应为${definition.expected}` }] });
  const before = await parameter(tx, countyId, definition, draft.effectiveFrom);
  const row = await tx.db.insertInto('platform.parameterOverride').values({
    id: newId<'ParameterOverride'>(), countyId, parameterId: definition.id, value: JSON.stringify(draft.value), effectiveFrom: draft.effectiveFrom, basis: draft.basis, setBy, createdAt: ctx.now,
  }).onConflict((conflict) => conflict.columns(['countyId', 'parameterId', 'effectiveFrom']).where('withdrawnAt', 'is', null).doNothing()).returning('id').executeTakeFirst();
  if (!row) throw new Problem('state.duplicate', `「${definition.title}」在这一天已有设置，请先撤回原来的设置`);
  forgetParameters(tx);
  tx.audit({
    action: 'parameter.set', subject: ['Parameter', definition.id], reason: draft.basis,
    before: { value: before.value, from: before.from, origin: before.origin }, after: { value: draft.value, from: draft.effectiveFrom, origin: 'county' },
  });
  return { id: row.id, before };
}

/** 撤回参数设置 from a day on. @throws Problem not-found, state.conflict when it was withdrawn before */
export async function withdrawOverride(ctx: Ctx, tx: Tx, overrideId: Id<'ParameterOverride'>, { from, reason }: { readonly from: LocalDate; readonly reason: string }): Promise<string> {
  const { countyId, setBy } = officer(ctx);
  const row = await tx.db.selectFrom('platform.parameterOverride').selectAll().where('id', '=', overrideId).where('countyId', '=', countyId).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('not-found', '没有这项参数设置');
  if (row.withdrawnAt !== null) throw new Problem('state.conflict', '这项设置已经撤回');
  await tx.db.updateTable('platform.parameterOverride').set({ withdrawnAt: ctx.now, withdrawnOn: from, withdrawnReason: reason, withdrawnBy: setBy }).where('id', '=', overrideId).execute();
  forgetParameters(tx);
  tx.audit({ action: 'parameter.withdraw', subject: ['Parameter', row.parameterId], reason, before: { value: row.value, from: row.effectiveFrom }, after: { withdrawnOn: from } });
  return row.parameterId;
}

function officer(ctx: Ctx): { countyId: Id<'OrgUnit'>; setBy: Id<'AppUser'> } {
  const countyId = ctx.scope.countyId;
  if (countyId === null || ctx.actor.userId === null) throw new Problem('access.denied', '只有本县的经办人可以设置参数');
  return { countyId: countyId as Id<'OrgUnit'>, setBy: ctx.actor.userId };
}
