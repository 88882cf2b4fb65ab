import type { Selectable } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { under } from './context.ts';
import type { OwnerTables } from './tables.gen.ts';

// 越出小区的只有这三处. Whatever else an owner does runs under the place it is about (context.ts).

/** 按令牌的哈希找手机登录: before it is found nobody knows which county it is of. */
export const sessionByHash = (ctx: Ctx, hash: string): Promise<Selectable<OwnerTables['owner.phoneSession']> | undefined> =>
  under(ctx, everything).read((db) => db.selectFrom('owner.phoneSession').selectAll().where('id', '=', hash).where('endedAt', 'is', null).where('validUntil', '>', ctx.now).executeTakeFirst());

/** 跨小区计数: limits per telephone and address count wherever something was asked; `work` counts and writes marks of this module's own two tables, nothing else. */
export const acrossEstates = <T>(tx: Pick<Tx, 'db'>, work: () => Promise<T>): Promise<T> => beyondScope(tx, work);

/** 只有一个县时的县; null where several share the product. */
export async function soleCounty(ctx: Ctx): Promise<Id<'OrgUnit'> | null> {
  const counties = await under(ctx, everything).read((db) => db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').where('archivedAt', 'is', null).limit(2).execute());
  return counties.length === 1 ? counties[0]?.id ?? null : null;
}
