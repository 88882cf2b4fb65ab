import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/directory.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { found, mustBeAble, mustBeFresh } from '../../access.ts';
import { open, sealPhone } from '../../personal.ts';
import type { ContactRecord } from '../../store/records.ts';
import { visibleCompanies, visibleContacts, visibleEstates } from '../../store/visible.ts';
import { contactCan, isWithin } from './access.ts';

type Contact = Output<typeof route.getContact>;
type Draft = Input<typeof route.postContact>['body'];

/** 通讯录条目. */
export function getContact(ctx: Ctx, { params }: Input<typeof route.getContact>): Promise<Contact> {
  return ctx.read(async (db) => present(db, ctx, found(await visibleContacts(db, ctx.scope).selectAll('t').where('t.id', '=', params.contactId).executeTakeFirst(), 'not-found')));
}

/** 登记通讯录条目. */
export function addContact(ctx: Ctx, { body }: Input<typeof route.postContact>): Promise<Contact> {
  return ctx.transact(async (tx) => {
    const place = await placeOf(tx.db, ctx, body);

    const row = await tx.db.insertInto('registry.contact').values({ ...columnsOf(ctx, body), ...place, id: newId<'Contact'>(), createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow();

    tx.audit({ action: 'contact.create', subject: ['Contact', row.id], before: null, after: row, countyId: row.countyId, ...(row.townshipId ? { townshipId: row.townshipId } : {}) });
    return present(tx.db, ctx, row);
  });
}

/** 修改通讯录条目. */
export function updateContact(ctx: Ctx, { params, body }: Input<typeof route.putContact>): Promise<Contact> {
  return ctx.transact(async (tx) => {
    const before = await lock(tx.db, ctx.scope, params.contactId);
    mustBeFresh(ctx, before);
    mustBeAble(contactCan(ctx, before));
    const place = await placeOf(tx.db, ctx, body);

    const after = await tx.db.updateTable('registry.contact').set((eb) => ({ ...columnsOf(ctx, body), ...place, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();

    tx.audit({ action: 'contact.update', subject: ['Contact', after.id], before, after, countyId: after.countyId, ...(after.townshipId ? { townshipId: after.townshipId } : {}) });
    return present(tx.db, ctx, after);
  });
}

/** 归档通讯录条目. */
export function archiveContact(ctx: Ctx, { params, body }: Input<typeof route.archiveContact>): Promise<Contact> {
  return ctx.transact(async (tx) => {
    const before = await lock(tx.db, ctx.scope, params.contactId);
    mustBeFresh(ctx, before);
    mustBeAble(contactCan(ctx, before));

    const after = await tx.db.updateTable('registry.contact').set((eb) => ({ archivedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();

    tx.audit({ action: 'contact.archive', subject: ['Contact', after.id], before, after, reason: body.reason, countyId: after.countyId, ...(after.townshipId ? { townshipId: after.townshipId } : {}) });
    return present(tx.db, ctx, after);
  });
}

/** Of one's own scope only: what a public body may read of its neighbours it may not change. @throws Problem not-found */
async function lock(db: Db, scope: Scope, id: Id<'Contact'>): Promise<ContactRecord> {
  return found(await within(scope, db.selectFrom('registry.contact as t'), { alias: 't' }).selectAll('t').where('t.id', '=', id).forUpdate().executeTakeFirst(), 'not-found');
}

function columnsOf(ctx: Ctx, { name, post, kind, phone, isAllHours, sortNo }: Draft) {
  return { name, post, kind, isAllHours, sortNo, ...sealPhone(ctx.kit.vault, phone) };
}

/** 所属: the estate's place, else the body's, else the scope's own; it must lie within the scope. @throws Problem estate.not-found, company.not-found, access.denied */
async function placeOf(db: Db, ctx: Pick<Ctx, 'scope'>, { orgUnitId, estateId, companyId }: Draft) {
  const estate = estateId === null ? null : found(await visibleEstates(db, ctx.scope).select(['e.countyId', 'e.townshipId', 'e.neighbourhoodId']).where('e.id', '=', estateId).executeTakeFirst(), 'estate.not-found');
  const company = companyId === null ? null : found(await visibleCompanies(db, ctx.scope).select(['c.countyId']).where('c.id', '=', companyId).executeTakeFirst(), 'company.not-found');
  const body = orgUnitId === null ? null : found(await db.selectFrom('platform.orgUnit').select(['countyId', 'townshipId', 'neighbourhoodId']).where('id', '=', orgUnitId).where('archivedAt', 'is', null).executeTakeFirst(), 'not-found');
  const own = await ownPlace(db, ctx.scope);
  const base = estate ?? body ?? own;
  const countyId = base.countyId ?? company?.countyId;
  if (!countyId) throw new Problem('input.invalid', '请选择单位、小区或企业', { errors: [{ pointer: '/orgUnitId', message: '请选择单位、小区或企业' }] });
  const place = { countyId, townshipId: base.townshipId, neighbourhoodId: base.neighbourhoodId, orgUnitId, estateId, companyId: ctx.scope.level === 'company' ? ctx.scope.id as Id<'Company'> : companyId };
  if (!isWithin(ctx.scope, place)) throw new Problem('access.denied', '只能登记本单位管辖范围内的联系人');
  return place;
}

async function ownPlace(db: Db, { level, id, countyId }: Scope): Promise<{ countyId: Id<'OrgUnit'> | null; townshipId: Id<'OrgUnit'> | null; neighbourhoodId: Id<'OrgUnit'> | null }> {
  const none = { countyId: countyId as Id<'OrgUnit'> | null, townshipId: null, neighbourhoodId: null };
  if (level !== 'township' && level !== 'neighbourhood') return none;
  return await db.selectFrom('platform.orgUnit').select(['countyId', 'townshipId', 'neighbourhoodId']).where('id', '=', id as Id<'OrgUnit'>).executeTakeFirst() ?? none;
}

async function present(db: Db, ctx: Ctx, row: ContactRecord): Promise<Contact> {
  const names = await db.selectFrom('registry.contact as t').leftJoin('platform.orgUnit as b', 'b.id', 't.orgUnitId').leftJoin('registry.estate as e', 'e.id', 't.estateId').leftJoin('registry.company as k', 'k.id', 't.companyId')
    .select(['b.name as body', 'e.name as estate', 'k.name as company']).where('t.id', '=', row.id).executeTakeFirst();
  const ref = <K extends string>(id: Id<K> | null, name: string | null | undefined) => (id !== null && name ? { id, name } : null);
  return {
    id: row.id, name: row.name, post: row.post, kind: row.kind, phone: open(ctx.kit.vault, row.phoneCipher), isAllHours: row.isAllHours, sortNo: row.sortNo,
    orgUnitId: row.orgUnitId, estateId: row.estateId, companyId: row.companyId, orgUnit: ref(row.orgUnitId, names?.body), estate: ref(row.estateId, names?.estate), company: ref(row.companyId, names?.company),
    version: row.version, can: { edit: contactCan(ctx, row) },
  };
}
