import { makeId, type Id } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { openKey, type KeyFacts } from '#platform/identity/open-key.ts';
import { noteKey } from '#platform/identity/known-keys.ts';
import type { Kit } from '#platform/kit.ts';
import type { DoorRequest } from '#platform/module.ts';
import { Problem } from '#platform/problem.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

/** 凭密钥: as `api_key` of the standard or as a bearer; it must be one that may register complaints. @throws Problem key.refused, access.denied */
export async function keyOf(kit: Kit, { query, form, authorization, ip, requestId }: DoorRequest): Promise<KeyFacts> {
  const given = form['api_key'] ?? query['api_key'];
  const shown = given === undefined ? authorization : `Bearer ${given}`;
  if (shown === undefined) throw new Problem('key.refused', '缺少 api_key，请向县里的安全管理员申请接口密钥');
  const key = await openKey(kit, { authorization: shown, ip, requestId, now: kit.clock.now() });
  noteKey(kit, shown);
  if (!key.permissions.includes('complaint.receive')) throw new Problem('access.denied', `接口密钥「${key.name}」没有登记投诉的权限，需要时请安全管理员另建一把`);
  return key;
}

/** 辖区: a county by its identifier; without a key any county of this server, with one its own. @throws Problem not-found */
export async function jurisdictionOf(kit: Kit, { query, form }: DoorRequest, key: KeyFacts | null): Promise<void> {
  const asked = form['jurisdiction_id'] ?? query['jurisdiction_id'];
  if (asked === undefined || asked === '') return;
  const isKnown = key === null ? UUID.test(asked) && await isCounty(kit, makeId<'OrgUnit'>(asked)) : key.county.id === asked;
  if (!isKnown) throw new Problem('not-found', `没有 jurisdiction_id 是“${asked.slice(0, 40)}”的辖区，请核对`);
}
const isCounty = async (kit: Kit, id: Id<'OrgUnit'>): Promise<boolean> => (await kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select('id').where('id', '=', id).where('kind', '=', 'county').where('archivedAt', 'is', null).executeTakeFirst())) !== undefined;
