import type { Input, Output } from '#contract/define-route.ts';
import type { postPersonRequest as route } from '#contract/person-request.ts';
import { decide } from '#domain/kernel/rule.ts';
import { requestIdentified } from '#domain/privacy/request-rules.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { countyOf } from '../county.ts';
import { clueOf } from '../person/find-person.ts';
import { tellRequest } from '../request-fact.ts';
import { startSearch } from '../search-job.ts';

/** 登记个人信息请求: who asks, how that was checked, what is asked. Name and numbers are sealed; the answer and the audit entry name nobody. */
export function registerRequest(ctx: Ctx, { body }: Input<typeof route>): Promise<Output<typeof route>> {
  const { userId, name: actorName } = ctx.actor;
  if (userId === null) throw new Problem('session.required', '请先登录');
  const { kind, asker, name, idNumber, phone, receivedOn, identityCheck, asked } = body;
  orRefuse(decide(requestIdentified.check({ receivedOn, today: ctx.today, hasNumber: idNumber !== '' || phone !== '' }), null));
  const { vault } = ctx.kit;
  const countyId = countyOf(ctx);
  const { idIndex, phoneIndexes } = clueOf(vault, countyId, ctx.today, { name, idNumber: idNumber || null, phone: phone || null });
  return ctx.transact(async (tx) => {
    const id = newId<'PersonRequest'>();
    const dueOn = await tellRequest(tx, ctx, 'privacy.request-received', { id, countyId, kind, receivedOn });
    if (dueOn === null) throw new Error('a request that is received has a day by which it is answered');
    await tx.db.insertInto('privacy.personRequest').values({
      id, countyId, kind, asker, identityCheck, asked, nameCipher: vault.seal(name), idCipher: idNumber === '' ? null : vault.seal(idNumber), idIndex, phoneCipher: phone === '' ? null : vault.seal(phone), phoneIndex: phoneIndexes[0] ?? null, receivedOn, dueOn,
      registeredBy: userId, registeredByName: actorName, createdAt: ctx.now, updatedAt: ctx.now,
    }).execute();
    await startSearch(ctx, tx, { id, countyId });
    tx.audit({ action: 'privacy.register', subject: ['PersonRequest', id], before: null, after: { kind, asker, receivedOn, dueOn } });
    return { id };
  });
}
