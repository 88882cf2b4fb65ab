import { sql } from 'kysely';
import * as route from '#contract/administration/api-key.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { apiKeyEnds } from '#domain/administration/api-key.ts';
import { apiKeyMostDays } from '#domain/administration/policy.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { keyHashOf, keyHintOf, newKeyText } from '#platform/identity/key-text.ts';
import { newId } from '#platform/ids.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { filteredApiKeys, getApiKey, lockApiKey, presentApiKey } from '../store/api-keys.ts';
import { cut, totalOf } from '../store/page.ts';

/** 接口密钥, newest first. */
export function listApiKeys(ctx: Ctx, { query }: Input<typeof route.listApiKeys>): Promise<Output<typeof route.listApiKeys>> {
  return ctx.read(async (db) => {
    const keys = filteredApiKeys(db, ctx.scope, query, ctx.today);
    const total = await totalOf(db, keys);
    const { after } = query;
    const rows = await (after === undefined ? keys : keys.where(sql<boolean>`k.id < ${after}`)).orderBy('k.id', 'desc').limit(query.limit + 1).execute();
    const page = cut(rows, query.limit, ({ id }) => id);
    return { ...total, next: page.next, rows: page.rows.map((row) => presentApiKey(row, ctx.today)) };
  });
}

/** 新建接口密钥: the answer alone holds it. */
export function createApiKey(ctx: Ctx, { body }: Input<typeof route.postApiKey>): Promise<Output<typeof route.postApiKey>> {
  return ctx.transact(async (tx) => {
    const { countyId, madeBy } = byWhom(ctx);
    const scope = await scopeOf(tx, body.scopeId);
    const mostDays = await parameterValue(tx, countyId, apiKeyMostDays, ctx.today);
    orRefuse(decide(apiKeyEnds.check({ today: ctx.today, endsOn: body.endsOn, mostDays }), null));

    const holder = body.holderId ? await holderOf(tx, body.holderId) : null;

    const secret = newKeyText();
    const permissions = [...new Set(body.permissions)];
    const addresses = [...new Set(route.addressesIn(body.addresses ?? ''))];
    const made = await tx.db.insertInto('platform.apiKey')
      .values({ id: newId<'ApiKey'>(), countyId, level: scope.kind, scopeId: body.scopeId, name: body.name, permissions, addresses, secretHash: keyHashOf(secret), hint: keyHintOf(secret), endsOn: body.endsOn, madeBy, holderId: holder?.id ?? null, createdAt: ctx.now })
      .onConflict((conflict) => conflict.columns(['countyId', 'name']).where('revokedAt', 'is', null).doNothing()).returning('id').executeTakeFirst();
    if (!made) throw new Problem('state.duplicate', `已有一把叫「${body.name}」的接口密钥，请换个名称，或先吊销那一把`, { errors: [{ pointer: '/name', message: '名称已被使用' }] });
    tx.audit({ action: 'api-key.make', subject: ['ApiKey', made.id], before: null, after: { name: body.name, scope: scope.name, permissions, addresses, endsOn: body.endsOn, hint: keyHintOf(secret), ...(holder === null ? {} : { holder: holder.name }) } });
    return { apiKey: await getApiKey(tx.db, ctx.scope, made.id, ctx.today), secret };
  });
}

/** Keys are the county's, made by a person. @throws Problem access.denied */
function byWhom({ scope, actor }: Ctx) {
  if (scope.level !== 'county' || scope.countyId === null || actor.userId === null) throw new Problem('access.denied', '接口密钥由本县的安全管理员办理');
  return { countyId: makeId<'OrgUnit'>(scope.countyId), madeBy: actor.userId };
}

/** 管辖范围: the county itself, or one of its townships or neighbourhoods. @throws Problem not-found */
async function scopeOf(tx: Tx, id: string) {
  const unit = await tx.db.selectFrom('platform.orgUnit').select(['kind', 'name']).where('id', '=', makeId<'OrgUnit'>(id)).where('archivedAt', 'is', null).executeTakeFirst();
  if (unit?.kind === 'county' || unit?.kind === 'township' || unit?.kind === 'neighbourhood') return { kind: unit.kind, name: unit.name };
  throw new Problem('not-found', '管辖范围应是本县，或本县的一个乡镇街道、社区，请重新选择', { errors: [{ pointer: '/scopeId', message: '请重新选择管辖范围' }] });
}

/** 保管人: somebody of the county whose account is in use. @throws Problem user.not-found */
async function holderOf(tx: Tx, id: Id<'AppUser'>) {
  const user = await tx.db.selectFrom('platform.appUser').select(['id', 'name']).where('id', '=', id).where('disabledAt', 'is', null).executeTakeFirst();
  if (!user) throw new Problem('user.not-found', '没有这个用户，或账号已停用，请另选保管人', { errors: [{ pointer: '/holderId', message: '请重新选择保管人' }] });
  return user;
}

/** 更换保管人. Who handed it over may still know the key: the list of a hand-over says to change it. */
export function giveApiKey(ctx: Ctx, { params, body }: Input<typeof route.putApiKeyHolder>): Promise<Output<typeof route.putApiKeyHolder>> {
  return ctx.transact(async (tx) => {
    const before = await lockApiKey(tx.db, ctx.scope, params.apiKeyId);
    if (before.revokedAt !== null) throw new Problem('state.conflict', '这把接口密钥已经吊销');
    const was = await getApiKey(tx.db, ctx.scope, before.id, ctx.today);
    const holder = await holderOf(tx, body.holderId);

    await tx.db.updateTable('platform.apiKey').set({ holderId: holder.id, version: before.version + 1 }).where('id', '=', before.id).execute();
    tx.audit({ action: 'api-key.give', subject: ['ApiKey', before.id], before: { holder: was.holder }, after: { holder: holder.name }, reason: body.reason });
    return getApiKey(tx.db, ctx.scope, before.id, ctx.today);
  });
}

/** 更换密钥, with the old one worth nothing from the next request on. */
export function rotateApiKey(ctx: Ctx, { params, body }: Input<typeof route.postApiKeyRotation>): Promise<Output<typeof route.postApiKeyRotation>> {
  return ctx.transact(async (tx) => {
    const before = await lockApiKey(tx.db, ctx.scope, params.apiKeyId);
    if (before.revokedAt !== null) throw new Problem('state.conflict', '这把接口密钥已经吊销，请另建一把');
    if (before.endsOn < ctx.today) throw new Problem('state.conflict', '这把接口密钥已经到期，请另建一把');

    const secret = newKeyText();
    await tx.db.updateTable('platform.apiKey').set({ secretHash: keyHashOf(secret), hint: keyHintOf(secret), rotatedAt: ctx.now, version: before.version + 1 }).where('id', '=', before.id).execute();
    tx.audit({ action: 'api-key.rotate', subject: ['ApiKey', before.id], before: { hint: before.hint }, after: { hint: keyHintOf(secret) }, reason: body.reason });
    return { apiKey: await getApiKey(tx.db, ctx.scope, before.id, ctx.today), secret };
  });
}

/** 吊销密钥. */
export function revokeApiKey(ctx: Ctx, { params, body }: Input<typeof route.putApiKeyRevocation>): Promise<Output<typeof route.putApiKeyRevocation>> {
  return ctx.transact(async (tx) => {
    const before = await lockApiKey(tx.db, ctx.scope, params.apiKeyId);
    if (before.revokedAt !== null) throw new Problem('state.conflict', '这把接口密钥已经吊销');

    await tx.db.updateTable('platform.apiKey').set({ revokedAt: ctx.now, revokedBy: byWhom(ctx).madeBy, revokedReason: body.reason, version: before.version + 1 }).where('id', '=', before.id).execute();
    tx.audit({ action: 'api-key.revoke', subject: ['ApiKey', before.id], before: { revokedAt: null }, after: { revokedAt: ctx.now }, reason: body.reason });
    return getApiKey(tx.db, ctx.scope, before.id, ctx.today);
  });
}
