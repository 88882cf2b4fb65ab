import type * as route from '#contract/administration/org-unit.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';

/** What is told of a body. */
export const orgUnitColumns = ['id', 'parentId', 'kind', 'subkind', 'code', 'name', 'address', 'sortNo', 'archivedAt', 'version'] as const;

/** Names of bodies are public within their county, at every level of scope; nobody reads another county's. */
export function countyUnits(db: Db, scope: Scope) {
  const units = db.selectFrom('platform.orgUnit');
  return scope.level === 'everything' ? units : units.where('countyId', '=', (scope.countyId ?? NOBODY) as Id<'OrgUnit'>);
}
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** 组织机构, the county's in order; the tree is made of `parentId`. */
export function listOrgUnits(ctx: Ctx, { query }: Input<typeof route.listOrgUnits>): Promise<Output<typeof route.listOrgUnits>> {
  return ctx.read(async (db) => {
    let units = countyUnits(db, ctx.scope).select(orgUnitColumns);
    if (query.kind !== undefined) units = units.where('kind', '=', query.kind);
    if (query.parentId !== undefined) units = units.where('parentId', '=', query.parentId);
    if (query.includeArchived !== true) units = units.where('archivedAt', 'is', null);
    return { rows: await units.orderBy('sortNo').orderBy('code').orderBy('id').limit(5000).execute() };
  });
}

/** 新增机构 under another of the same county. */
export function createOrgUnit(ctx: Ctx, { body }: Input<typeof route.postOrgUnit>): Promise<Output<typeof route.postOrgUnit>> {
  return ctx.transact(async (tx) => {
    const parent = await countyUnits(tx.db, ctx.scope).selectAll().where('id', '=', body.parentId).where('archivedAt', 'is', null).executeTakeFirst();
    if (!parent) throw new Problem('not-found', '没有这个上级机构，请重新选择', { errors: [{ pointer: '/parentId', message: '请重新选择上级' }] });
    refuseMisplaced(body.kind, parent.kind);
    await refuseSameName(ctx, tx, { parentId: parent.id, name: body.name });

    const id = newId<'OrgUnit'>();
    const row = await tx.db.insertInto('platform.orgUnit').values({
      id, countyId: parent.countyId, parentId: parent.id, kind: body.kind, ...fieldsOf(body),
      townshipId: body.kind === 'township' ? id : parent.townshipId, neighbourhoodId: body.kind === 'neighbourhood' ? id : parent.neighbourhoodId,
      code: body.code || null, isDemo: parent.isDemo, createdAt: ctx.now, updatedAt: ctx.now,
    }).onConflict((conflict) => conflict.doNothing()).returning(orgUnitColumns).executeTakeFirst();
    if (!row) throw codeTaken(body.code);
    tx.audit({ action: 'org-unit.create', subject: ['OrgUnit', id], before: null, after: row });
    return row;
  });
}

const codeTaken = (code: string | null | undefined) => new Problem('state.duplicate', `代码 ${code ?? ''} 已被使用，请核对`, { errors: [{ pointer: '/code', message: '代码已被使用' }] });

function refuseMisplaced(kind: string, parentKind: string): void {
  if (kind === 'township' && parentKind !== 'county') throw new Problem('rule.violated', '乡镇街道应建在县下面，请重新选择上级');
  if (kind === 'neighbourhood' && parentKind !== 'township') throw new Problem('rule.violated', '社区、村应建在乡镇街道下面，请重新选择上级');
  if (kind === 'bureau' && parentKind !== 'county') throw new Problem('rule.violated', '住建局应建在县下面，请重新选择上级');
}

async function refuseSameName(ctx: Ctx, tx: Tx, { parentId, name, exceptId }: { parentId: Id<'OrgUnit'> | null; name: string; exceptId?: Id<'OrgUnit'> }): Promise<void> {
  if (parentId === null) return;
  const same = await countyUnits(tx.db, ctx.scope).select('id').where('parentId', '=', parentId).where('matchKey', '=', normaliseName(name)).where('archivedAt', 'is', null).executeTakeFirst();
  if (same && same.id !== exceptId) throw new Problem('state.duplicate', `同一上级下已有「${name}」`, { errors: [{ pointer: '/name', message: '名称重复' }] });
}

const fieldsOf = (body: { name: string; subkind?: string | null | undefined; address?: string | null | undefined; sortNo?: number | undefined }) => ({
  name: body.name, matchKey: normaliseName(body.name), subkind: body.subkind || null, address: body.address || null, ...(body.sortNo === undefined ? {} : { sortNo: body.sortNo }),
});

async function lockUnit(ctx: Ctx, tx: Tx, id: Id<'OrgUnit'>) {
  const row = await countyUnits(tx.db, ctx.scope).selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('not-found', '没有这个机构');
  return row;
}

/** 修改机构. */
export function updateOrgUnit(ctx: Ctx, { params, body }: Input<typeof route.putOrgUnit>): Promise<Output<typeof route.putOrgUnit>> {
  return ctx.transact(async (tx) => {
    const before = await lockUnit(ctx, tx, params.orgUnitId);
    if (ctx.ifMatch !== null && before.version !== ctx.ifMatch) throw new Problem('state.stale', '这个机构已被别人修改，请刷新后再保存');
    await refuseSameName(ctx, tx, { parentId: before.parentId, name: body.name, exceptId: before.id });

    const after = await tx.db.updateTable('platform.orgUnit').set({ ...fieldsOf(body), code: body.code || null, version: before.version + 1, updatedAt: ctx.now })
      .where('id', '=', before.id).returningAll().executeTakeFirstOrThrow()
      .catch((error: unknown) => { throw isCodeTaken(error) ? codeTaken(body.code) : error; });
    tx.audit({ action: 'org-unit.edit', subject: ['OrgUnit', before.id], before, after });
    return shown(after);
  });
}

const isCodeTaken = (error: unknown) => error instanceof Error && 'constraint' in error && error.constraint === 'org_unit_code_key';

type Row = Awaited<ReturnType<typeof lockUnit>>;
const shown = ({ id, parentId, kind, subkind, code, name, address, sortNo, archivedAt, version }: Row) => ({ id, parentId, kind, subkind, code, name, address, sortNo, archivedAt, version });

/** 撤销或恢复机构; one with bodies below it or people in it stays. */
export function setOrgUnitStatus(ctx: Ctx, { params, body }: Input<typeof route.putOrgUnitStatus>): Promise<Output<typeof route.putOrgUnitStatus>> {
  return ctx.transact(async (tx) => {
    const before = await lockUnit(ctx, tx, params.orgUnitId);
    const archive = body.status === 'archived';
    if (archive === (before.archivedAt !== null)) throw new Problem('state.conflict', archive ? '这个机构已经撤销' : '这个机构没有撤销');
    if (archive) await refuseInUse(tx, before);

    const after = await tx.db.updateTable('platform.orgUnit').set({ archivedAt: archive ? ctx.now : null, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: archive ? 'org-unit.archive' : 'org-unit.restore', subject: ['OrgUnit', before.id], before: { archivedAt: before.archivedAt }, after: { archivedAt: after.archivedAt }, reason: body.reason });
    return shown(after);
  });
}

async function refuseInUse(tx: Tx, unit: Row): Promise<void> {
  if (unit.kind === 'county') throw new Problem('rule.violated', '县不能撤销');
  const below = await tx.db.selectFrom('platform.orgUnit').select('name').where('parentId', '=', unit.id).where('archivedAt', 'is', null).limit(1).executeTakeFirst();
  if (below) throw new Problem('rule.violated', `下面还有「${below.name}」等机构，请先调整或撤销`);
  const post = await tx.db.selectFrom('platform.userGrant').select('id').where((eb) => eb.or([eb('orgUnitId', '=', unit.id), eb('scopeId', '=', unit.id)])).where('endedAt', 'is', null).limit(1).executeTakeFirst();
  if (post) throw new Problem('rule.violated', '这个机构还有在任岗位，请先交接或终止');
}
