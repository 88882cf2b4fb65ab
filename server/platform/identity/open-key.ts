import { sql } from 'kysely';
import { BlockList, isIP } from 'node:net';
import { permissions, type Permission } from '#contract/permissions.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { dateText, epochOf, instantOf, todayIn } from '#domain/kernel/local-date.ts';
import { everything, type Scope } from '../access/scope.ts';
import type { Actor } from '../context.ts';
import type { Kit } from '../kit.ts';
import { makeContext } from '../make-context.ts';
import { Problem } from '../problem.ts';
import { isKeyText, keyHashOf } from './key-text.ts';

/** 接口密钥 that was accepted: whose county, what it covers, what was chosen for it. */
export interface KeyFacts {
  readonly id: Id<'ApiKey'>;
  readonly name: string;
  readonly county: { readonly id: Id<'OrgUnit'>; readonly name: string };
  readonly level: 'county' | 'township' | 'neighbourhood';
  readonly scopeId: string;
  readonly scopeName: string;
  readonly permissions: readonly Permission[];
  readonly endsOn: LocalDate;
  readonly actor: Actor;
  readonly scope: Scope;
}

interface Row {
  readonly id: Id<'ApiKey'>; readonly name: string; readonly hint: string; readonly permissions: readonly string[]; readonly addresses: readonly string[]; readonly endsOn: LocalDate; readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null; readonly lastRefusedAt: Instant | null; readonly countyId: Id<'OrgUnit'>; readonly countyName: string; readonly level: KeyFacts['level']; readonly scopeId: string; readonly scopeName: string | null;
}
export interface KeyUse { readonly authorization: string; readonly ip: string; readonly requestId: string; readonly now: Instant }

const MINUTE_MS = 60_000;
const isPermission = (name: string): name is Permission => Object.hasOwn(permissions, name);

/** 是否带了接口密钥: other schemes (a proxy's own) are none of ours. */
export const isBearer = (authorization: string | undefined): authorization is string => authorization !== undefined && /^bearer(?:\s|$)/iu.test(authorization);

/**
 * 打开接口密钥: asked for at every request, never remembered, so that a revoked key opens nothing from the next one on.
 * The times of use and of refusal are written at most once a minute. @throws Problem key.refused, saying why to whoever holds a key of ours
 */
export async function openKey(kit: Kit, use: KeyUse): Promise<KeyFacts> {
  const text = use.authorization.replace(/^bearer\s*/iu, '').trim();
  if (!isKeyText(text)) throw new Problem('key.refused', '接口密钥不完整或有错字，应写成“Authorization: Bearer sz_…”，请核对后再试');
  const [row] = (await kit.database.ask((db) => sql<Row>`select * from platform.open_api_key(${keyHashOf(text)})`.execute(db))).rows;
  if (!row) throw new Problem('key.refused', '没有这把接口密钥，可能已经更换，请联系安全管理员');
  const refusal = refusalOf(row, use);
  if (refusal !== null) {
    if (isLongAgo(row.lastRefusedAt, use.now)) await noteRefusal(kit, row, use, refusal);
    throw new Problem('key.refused', refusal);
  }
  if (isLongAgo(row.lastUsedAt, use.now)) await kit.database.write(everything, (db) => db.updateTable('platform.apiKey').set({ lastUsedAt: use.now }).where('id', '=', row.id).execute());
  return factsOf(row);
}

const isLongAgo = (at: Instant | null, now: Instant): boolean => at === null || epochOf(now) - epochOf(at) > MINUTE_MS;

function refusalOf(row: Row, { ip, now }: KeyUse): string | null {
  if (row.revokedAt !== null) return `接口密钥「${row.name}」已吊销，请联系安全管理员`;
  if (row.endsOn < todayIn(now)) return `接口密钥「${row.name}」已于${dateText(row.endsOn)}到期，请联系安全管理员另建一把`;
  if (row.scopeName === null) return `接口密钥「${row.name}」管辖的机构已撤销，请联系安全管理员`;
  return row.addresses.length === 0 || isAmong(row.addresses, ip) ? null : `接口密钥「${row.name}」不允许从这个网络地址使用，请联系安全管理员`;
}

/** 来源地址是否在内, of addresses and networks. */
function isAmong(addresses: readonly string[], ip: string): boolean {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/iu, '');
  const list = new BlockList();
  for (const each of addresses) {
    const [address = '', length] = each.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (length === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(length), family);
  }
  return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/** Filed with the county's auditors and shown beside the key: a key tried from elsewhere may have leaked. */
async function noteRefusal(kit: Kit, row: Row, { ip, requestId, now }: KeyUse, refusal: string): Promise<void> {
  const ctx = makeContext(kit, { actor: actorOf(row), scope: everything, requestId, ip });
  await ctx.transact(async (tx) => {
    const noted = await tx.db.updateTable('platform.apiKey').set({ lastRefusedAt: now, lastRefusal: refusal }).where('id', '=', row.id)
      .where((eb) => eb.or([eb('lastRefusedAt', 'is', null), eb('lastRefusedAt', '<', instantOf(epochOf(now) - MINUTE_MS))])).executeTakeFirst();
    if (noted.numUpdatedRows === 1n) tx.audit({ action: 'api-key.refuse', subject: ['ApiKey', row.id], before: null, after: null, reason: refusal, countyId: row.countyId });
    else tx.auditNothing('noted a moment ago');
  });
}

const permissionsOf = (row: Row): Permission[] => row.permissions.filter(isPermission);
const actorOf = (row: Row): Actor => ({ userId: null, name: `接口密钥「${row.name}」（…${row.hint}）`, grantId: null, role: 'machine', sessionId: null, key: { id: row.id, permissions: permissionsOf(row) } });

const factsOf = (row: Row): KeyFacts => ({
  id: row.id, name: row.name, county: { id: row.countyId, name: row.countyName }, level: row.level, scopeId: row.scopeId, scopeName: row.scopeName ?? '', endsOn: row.endsOn, permissions: permissionsOf(row),
  actor: actorOf(row), scope: { level: row.level, id: row.scopeId, countyId: row.countyId },
});
