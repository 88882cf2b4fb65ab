import type { Id } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';

/** What is told of a body. */
export const orgUnitColumns = ['id', 'parentId', 'kind', 'subkind', 'code', 'name', 'address', 'sortNo', 'archivedAt', 'version'] as const;

/** Names of bodies are public within their county, at every level of scope; nobody reads another county's. */
export function countyUnits(db: Db, scope: Scope) {
  const units = db.selectFrom('platform.orgUnit');
  return scope.level === 'everything' ? units : units.where('countyId', '=', (scope.countyId ?? NOBODY) as Id<'OrgUnit'>);
}
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** 锁机构 for change. @throws Problem not-found — also when it is another county's */
export async function lockUnit(ctx: Ctx, tx: Tx, id: Id<'OrgUnit'>) {
  const row = await countyUnits(tx.db, ctx.scope).selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('not-found', '没有这个机构');
  return row;
}

/** 机构的一行. */
export type OrgUnitRow = Awaited<ReturnType<typeof lockUnit>>;

/** 呈现机构. */
export const shown = ({ id, parentId, kind, subkind, code, name, address, sortNo, archivedAt, version }: OrgUnitRow) => ({ id, parentId, kind, subkind, code, name, address, sortNo, archivedAt, version });

/** 写入的字段. */
export const fieldsOf = (body: { name: string; subkind?: string | null | undefined; address?: string | null | undefined; sortNo?: number | undefined }) => ({
  name: body.name, matchKey: normaliseName(body.name), subkind: body.subkind || null, address: body.address || null, ...(body.sortNo === undefined ? {} : { sortNo: body.sortNo }),
});

/** 代码已被使用. */
export const codeTaken = (code: string | null | undefined) => new Problem('state.duplicate', `代码 ${code ?? ''} 已被使用，请核对`, { errors: [{ pointer: '/code', message: '代码已被使用' }] });

/** 同一上级下不得重名. @throws Problem state.duplicate */
export async function refuseSameName(ctx: Ctx, tx: Tx, { parentId, name, exceptId }: { parentId: Id<'OrgUnit'> | null; name: string; exceptId?: Id<'OrgUnit'> }): Promise<void> {
  if (parentId === null) return;
  const same = await countyUnits(tx.db, ctx.scope).select('id').where('parentId', '=', parentId).where('matchKey', '=', normaliseName(name)).where('archivedAt', 'is', null).executeTakeFirst();
  if (same && same.id !== exceptId) throw new Problem('state.duplicate', `同一上级下已有「${name}」`, { errors: [{ pointer: '/name', message: '名称重复' }] });
}
