import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { categoryCodes, type CategoryCode } from '#domain/complaint/category.ts';
import { categoryOffered } from '#domain/complaint/open311.ts';
import { publicCategories } from '#domain/complaint/policy.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { everything } from '#platform/access/scope.ts';
import { openKey, type KeyFacts } from '#platform/identity/open-key.ts';
import { noteKey } from '#platform/identity/known-keys.ts';
import type { Kit } from '#platform/kit.ts';
import { parameter } from '#platform/parameters/read.ts';
import type { DoorRequest } from '#platform/module.ts';
import { Problem } from '#platform/problem.ts';

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

/** 辖区: a county by its identifier; with a key its own, without one any of this server, and the only one where there is no other. @throws Problem not-found; input.invalid when nothing says which of several */
export async function jurisdictionOf(kit: Kit, { query, form }: DoorRequest, key: KeyFacts | null): Promise<Id<'OrgUnit'>> {
  const asked = form['jurisdiction_id'] ?? query['jurisdiction_id'] ?? '';
  const counties = key === null ? await countiesOf(kit) : [key.county.id];
  const [only, other] = asked === '' ? counties : counties.filter((id) => id === asked);
  if (only === undefined) throw new Problem('not-found', `没有 jurisdiction_id 是“${asked.slice(0, 40)}”的辖区，请核对`);
  if (other !== undefined) throw new Problem('input.invalid', '缺少 jurisdiction_id，这里有几个辖区，请写明是哪一个');
  return only;
}
/** 本机的各县. */
export const countiesOf = async (kit: Kit): Promise<Id<'OrgUnit'>[]> => (await kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').where('archivedAt', 'is', null).execute())).map(({ id }) => id);

/** 今天对外公开的类别 of a county, in the order of their codes, and since when. */
export async function offeredOf(kit: Kit, countyId: Id<'OrgUnit'>): Promise<{ readonly offered: readonly CategoryCode[]; readonly from: LocalDate }> {
  const { value, from } = await kit.database.read(everything, (db) => parameter(db, countyId, publicCategories, todayIn(kit.clock.now())));
  return { offered: categoryCodes.filter((code) => value.includes(code)), from };
}
/** 限于公开的类别. @throws Problem not-found, as of a service that is not there */
export function refuseUnoffered(code: string, offered: readonly string[]): asserts code is CategoryCode {
  const [broken] = categoryOffered.check({ code, offered });
  if (broken !== undefined) throw new Problem('not-found', broken.message);
}
