import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/practitioner.ts';
import { checkIdentityNumber, normaliseIdentifier } from '#domain/kernel/identifier.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { companyCan, found, mustBeAble, mustBeFresh, orDuplicate } from '../access.ts';
import { idChange, phoneChange } from '../bulk/old.ts';
import { practitionerKey } from '../bulk/practitioners.ts';
import { open, sealId, sealPhone } from '../personal.ts';
import { presentPractitioner, presentPractitioners } from '../present/company.ts';
import { dropEntries, indexPractitioners } from '../search-entries.ts';
import { getCompany, getPractitioner as loadPractitioner, pagePractitioners } from '../store/companies.ts';
import { paged } from '../store/page.ts';
import type { PractitionerRecord } from '../store/records.ts';

const TAKEN = '同一人已登记，请打开原有记录修改';

/** 从业人员列表(脱敏). */
export function listPractitioners(ctx: Ctx, { query }: Input<typeof route.listPractitioners>): Promise<Output<typeof route.listPractitioners>> {
  return ctx.read(async (db) => {
    const { rows, ...total } = await pagePractitioners(db, ctx.scope, query);
    const page = paged(rows, query.limit);
    return { rows: await presentPractitioners(db, ctx, page.rows), next: page.next, ...total };
  });
}

/** 从业人员详情(脱敏). */
export function getPractitioner(ctx: Ctx, { params }: Input<typeof route.getPractitioner>): Promise<Output<typeof route.getPractitioner>> {
  return ctx.read(async (db) => presentPractitioner(db, ctx, await loadPractitioner(db, ctx.scope, params.practitionerId)));
}

type Draft = Input<typeof route.postPractitioner>['body'];

/** 登记从业人员. */
export function createPractitioner(ctx: Ctx, { body }: Input<typeof route.postPractitioner>): Promise<Output<typeof route.postPractitioner>> {
  return ctx.transact(async (tx) => {
    const { countyId } = ctx.scope;
    if (countyId === null) throw new Problem('access.denied', '从业人员由企业、乡镇街道或县住建局登记');
    refuseWrongNumber(body.idNumber);
    if (ctx.scope.level === 'company' && body.companyId !== ctx.scope.id) throw new Problem('access.denied', '只能登记本企业的人员');
    if (body.companyId !== null) await getCompany(tx.db, ctx.scope, body.companyId);

    const fields = stored(ctx, body, null);
    const row = await orDuplicate(tx.db.insertInto('registry.practitioner').values({ id: newId<'Practitioner'>(), countyId: countyId as Id<'OrgUnit'>, ...fields, matchKey: practitionerKey({ idIndex: null, phoneIndex: null, ...fields }), createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow(), 'practitioner_match_key', TAKEN);
    await indexPractitioners(tx.db, [row]);
    tx.audit({ action: 'practitioner.create', subject: ['Practitioner', row.id], before: null, after: row, countyId });
    return presentPractitioner(tx.db, ctx, row);
  });
}

const stored = (ctx: Ctx, { idNumber, phone, ...plain }: Draft, old: PractitionerRecord | null) => ({ ...plain, ...idChange(ctx.kit.vault, idNumber, old, sealId), ...phoneChange(ctx.kit.vault, phone, old, sealPhone) });

function refuseWrongNumber(number: string | null | undefined): void {
  if (!number) return;
  const verdict = checkIdentityNumber(normaliseIdentifier(number));
  if (verdict !== 'ok' && verdict !== 'old-form') throw new Problem('input.invalid', '身份证号有误', { errors: [{ pointer: '/idNumber', message: verdict === 'check-digit' ? '校验位不符，请对照身份证核对' : '不合编码规则，请对照身份证核对' }] });
}

/** 修改从业人员. A number left out stays as it is; null removes it. */
export function updatePractitioner(ctx: Ctx, { params, body }: Input<typeof route.putPractitioner>): Promise<Output<typeof route.putPractitioner>> {
  return ctx.transact(async (tx) => {
    const before = await loadPractitioner(tx.db, ctx.scope, params.practitionerId, true);
    mustBeFresh(ctx, before);
    mustBeAble(companyCan(ctx, before).edit);
    refuseWrongNumber(body.idNumber);
    if (ctx.scope.level === 'company' && body.companyId !== ctx.scope.id) throw new Problem('access.denied', '调往其他企业由县住建局登记');
    if (body.companyId !== null) await getCompany(tx.db, ctx.scope, body.companyId);

    const fields = stored(ctx, body, before);
    const base = practitionerKey({ ...before, ...fields });
    const matchKey = before.matchKey.split('#')[0] === base ? before.matchKey : base;
    const after = await orDuplicate(tx.db.updateTable('registry.practitioner').set((eb) => ({ ...fields, matchKey, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(), 'practitioner_match_key', TAKEN);
    await indexPractitioners(tx.db, [after]);
    tx.audit({ action: 'practitioner.update', subject: ['Practitioner', after.id], before, after, countyId: after.countyId });
    return presentPractitioner(tx.db, ctx, after);
  });
}

/** 归档从业人员. */
export function archivePractitioner(ctx: Ctx, { params, body }: Input<typeof route.archivePractitioner>): Promise<Output<typeof route.archivePractitioner>> {
  return ctx.transact(async (tx) => {
    const before = await loadPractitioner(tx.db, ctx.scope, params.practitionerId, true);
    mustBeFresh(ctx, before);
    mustBeAble(companyCan(ctx, before).archive);
    const after = await tx.db.updateTable('registry.practitioner').set((eb) => ({ archivedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await dropEntries(tx.db, 'practitioner', [after.id]);
    tx.audit({ action: 'practitioner.archive', subject: ['Practitioner', after.id], before, after, reason: body.reason, countyId: after.countyId });
    return presentPractitioner(tx.db, ctx, after);
  });
}

/** 合并从业人员: assignments go over; what the other lacks is taken from this one. */
export function mergePractitioner(ctx: Ctx, { params, body }: Input<typeof route.mergePractitioner>): Promise<Output<typeof route.mergePractitioner>> {
  return ctx.transact(async (tx) => {
    if (params.practitionerId === body.intoId) throw new Problem('state.conflict', '不能并入自己');
    const locked = new Map<string, PractitionerRecord>();
    for (const id of [params.practitionerId, body.intoId].toSorted()) locked.set(id, await loadPractitioner(tx.db, ctx.scope, id, true));
    const [from, into] = [found(locked.get(params.practitionerId), 'practitioner.not-found'), found(locked.get(body.intoId), 'practitioner.not-found')];
    mustBeFresh(ctx, from);
    mustBeAble(companyCan(ctx, from).merge);
    if (into.archivedAt !== null) throw new Problem('state.conflict', '并入的人员已归档');

    await sql`update registry.estate_manager set practitioner_id = ${into.id} where practitioner_id = ${from.id}`.execute(tx.db);
    const gone = await tx.db.updateTable('registry.practitioner').set((eb) => ({ archivedAt: ctx.now, mergedIntoId: into.id, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', from.id).returningAll().executeTakeFirstOrThrow();
    const taken = {
      ...(into.idIndex === null ? { idCipher: from.idCipher, idIndex: from.idIndex, idLast4: from.idLast4 } : {}), ...(into.phoneIndex === null ? { phoneCipher: from.phoneCipher, phoneIndex: from.phoneIndex, phoneLast4: from.phoneLast4 } : {}),
      certificate: into.certificate ?? from.certificate, hiredOn: into.hiredOn ?? from.hiredOn,
    };
    const after = await tx.db.updateTable('registry.practitioner').set((eb) => ({ ...taken, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', into.id).returningAll().executeTakeFirstOrThrow();
    await dropEntries(tx.db, 'practitioner', [from.id]);
    tx.audit({ action: 'practitioner.merge', subject: ['Practitioner', from.id], before: from, after: gone, reason: body.reason, countyId: from.countyId });
    tx.audit({ action: 'practitioner.merge', subject: ['Practitioner', into.id], before: into, after, reason: body.reason, countyId: into.countyId });
    return presentPractitioner(tx.db, ctx, after);
  });
}

/** 查看从业人员完整号码: the look itself is recorded, with its reason. */
export function revealPractitioner(ctx: Ctx, { params, body }: Input<typeof route.revealPractitioner>): Promise<Output<typeof route.revealPractitioner>> {
  return ctx.transact(async (tx) => {
    // People of the whole county can be looked up by every township; whose full number it is, only the county may look at.
    if (ctx.scope.level !== 'county' && ctx.scope.level !== 'everything') throw new Problem('access.denied', '从业人员的完整号码由县住建局查看');
    const row = await loadPractitioner(tx.db, ctx.scope, params.practitionerId);
    tx.audit({ action: 'practitioner.reveal', subject: ['Practitioner', row.id], before: null, after: { field: body.field }, reason: body.reason, countyId: row.countyId });
    return { value: open(ctx.kit.vault, body.field === 'phone' ? row.phoneCipher : row.idCipher) };
  });
}
