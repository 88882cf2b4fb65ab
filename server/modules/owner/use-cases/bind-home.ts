import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/owner-binding.ts';
import { doorName } from '#contract/owner-paths.ts';
import { consentOfNow, endsWhatStands } from '#domain/owner/binding.ts';
import { CONSENT_NOW } from '#domain/owner/consent.ts';
import { decide } from '#domain/kernel/rule.ts';
import { holderNamed, homeSaid, openEntrances } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { sealPhone } from '#platform/personal/seal-phone.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { changeBinding, MOST_HOMES, presentMine, standsAlready, tellBinding } from '../binding.ts';
import { inCounty, inEstate } from '../context.ts';
import { phoneOwnerOf } from '../phone-session.ts';
import { estateForOwners } from './look-at-estate.ts';

type Mine = Output<typeof route.getMine>;

/**
 * 业主绑定房屋: at once where the telephone and the name are those of a holder on record; else the community or the committee is asked. What the register holds is
 * not told: a home that is not on record is asked about like any other. @throws Problem session.required, estate.not-found, input.invalid, state.duplicate, rate.limited
 */
export async function bindHome(ctx: Ctx, { body }: Input<typeof route.postBinding>): Promise<Mine> {
  const owner = await phoneOwnerOf(ctx);
  const estate = await estateForOwners(ctx, body.estateId);
  if (estate.countyId !== owner.countyId) throw new Problem('estate.not-found', '这个小区在别的县，请用手机在那里重新登录');
  orRefuse(decide(consentOfNow.check({ agreed: body.consent, now: CONSENT_NOW }), null));
  const door = (await openEntrances(ctx.kit, estate.estateId)).find(({ buildingId }) => buildingId === body.buildingId);
  if (door === undefined) throw new Problem('input.invalid', '这个小区没有这栋楼，请重新选择', { errors: [{ pointer: '/buildingId', message: '请重新选择楼栋' }] });
  const own = inEstate(ctx, estate);
  await own.transact(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${owner.phoneIndex}, 0))`.execute(tx.db);
    const { n } = await tx.db.selectFrom('owner.binding').select((eb) => eb.fn.countAll<number>().as('n')).where('phoneIndex', '=', owner.phoneIndex).where('status', 'in', ['asked', 'bound']).executeTakeFirstOrThrow();
    if (n >= MOST_HOMES) throw new Problem('rate.limited', `一个手机号在一个小区最多绑定${MOST_HOMES}套，请先解除不用的；确实更多的，请到社区窗口办理`);
    const unitId = await homeSaid(tx.db, { estateId: estate.estateId, buildingId: body.buildingId, entrance: body.entrance, room: body.room });
    const ownerId = unitId === undefined ? undefined : await holderNamed(tx.db, unitId, { name: body.name, phoneIndex: owner.phoneIndex, on: own.today });
    const isHolder = ownerId !== undefined;
    const place = `${doorName(door.building, body.entrance)}${body.room}`;
    if (await standsAlready(tx.db, { estateId: estate.estateId, phoneIndex: owner.phoneIndex, unitId: unitId ?? null, place })) throw new Problem('state.duplicate', '这套房屋已经绑定或者正在核对，不用再提交');
    const { phoneCipher, phoneIndex, phoneLast4 } = sealPhone(ctx.kit.vault, owner.phone);
    const row = await tx.db.insertInto('owner.binding').values({
      id: newId<'Binding'>(), countyId: estate.countyId, townshipId: estate.townshipId, neighbourhoodId: estate.neighbourhoodId, estateId: estate.estateId, unitId: unitId ?? null, ownerId: ownerId ?? null,
      place, nameCipher: ctx.kit.vault.seal(body.name), phoneCipher, phoneIndex, phoneLast4, status: isHolder ? 'bound' : 'asked', how: isHolder ? 'register' : null,
      consentVersion: body.consent, consentedAt: tx.now, askedOn: own.today, decidedAt: isHolder ? tx.now : null, createdAt: tx.now, updatedAt: tx.now,
    }).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: isHolder ? 'binding.bound' : 'binding.asked', subject: ['Binding', row.id], before: null, after: { status: row.status, unitId: row.unitId, how: row.how, consent: row.consentVersion }, countyId: row.countyId, townshipId: row.townshipId });
    if (!isHolder) await tellBinding(tx, own, row, 'asked');
  });
  return mineOf(ctx, owner);
}

/** 本人解除绑定, taking the consent back. @throws Problem session.required, not-found, rule.violated */
export async function endOwnBinding(ctx: Ctx, { body }: Input<typeof route.endOwnBinding>): Promise<Mine> {
  const owner = await phoneOwnerOf(ctx);
  const own = inCounty(ctx, owner.countyId);
  await own.transact(async (tx) => {
    const row = await tx.db.selectFrom('owner.binding').selectAll().where('id', '=', body.bindingId).where('phoneIndex', '=', owner.phoneIndex).forUpdate().executeTakeFirst();
    if (row === undefined) throw new Problem('not-found', '没有这套房屋，或不是用这个手机号绑定的');
    orRefuse(decide(endsWhatStands.check(row), null));
    await changeBinding(tx, own, row, 'ended', { status: 'ended', endedOn: own.today, withdrawnAt: tx.now }, '本人解除，撤回同意');
  });
  return mineOf(ctx, owner);
}

const mineOf = (ctx: Ctx, owner: Awaited<ReturnType<typeof phoneOwnerOf>>): Promise<Mine> => { const own = inCounty(ctx, owner.countyId); return own.read((db) => presentMine(db, own, owner)); };
