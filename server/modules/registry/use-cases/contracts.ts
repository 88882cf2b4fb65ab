import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/service.ts';
import { fen, type Id } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { estateCan, found, mustBeAble, mustBeFresh } from '../access.ts';
import { asOf, contractThen, knownThen, type AsOf } from '../as-of.ts';
import { assignManagers } from '../bulk/managers.ts';
import { moveScope, settleCompany } from '../move-scope.ts';
import { presentEstate } from '../present/estate.ts';
import { indexEstates } from '../search-entries.ts';
import { companyNames, getCompany, getPractitioner } from '../store/companies.ts';
import { lockEstate } from '../store/estates.ts';
import { counted, keyset, paged } from '../store/page.ts';
import type { ContractRecord } from '../store/records.ts';
import { supersede } from '../store/supersede.ts';
import { visibleContracts } from '../store/visible.ts';

type Contract = Output<typeof route.getContract>;
type Draft = Input<typeof route.postContract>['body'];

async function present(db: Db, ctx: Ctx, rows: readonly ContractRecord[], at: AsOf): Promise<Omit<Contract, 'versions'>[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.estateId);
  const [names, estates, current] = await Promise.all([
    companyNames(db, rows.map((row) => row.companyId)),
    sql<{ id: Id<'Estate'>; name: string; townshipId: Id<'OrgUnit'>; township: string; archivedAt: string | null }>`select e.id, e.name, e.township_id, t.name as township, e.archived_at from registry.estate e join platform.org_unit t on t.id = e.township_id where e.id = any(${ids}::uuid[])`.execute(db),
    sql<{ id: string }>`select distinct on (k.estate_id) k.id from registry.service_contract k where k.estate_id = any(${ids}::uuid[]) and ${knownThen('k', at)} and ${contractThen('k', at)} order by k.estate_id, k.starts_on desc nulls last, k.recorded_at desc, k.id desc`.execute(db),
  ]);
  const estateOf = new Map(estates.rows.map((row) => [row.id, row]));
  const now = new Set(current.rows.map((row) => row.id));
  return rows.flatMap((row) => {
    const estate = estateOf.get(row.estateId);
    if (!estate) return [];
    const edit = row.supersededAt === null ? estateCan(ctx, estate).contract : '这是以前的版本';
    return [{
      contractId: row.contractId as Id<'Contract'>, versionId: row.id, estate: { id: estate.id, name: estate.name }, township: { id: estate.townshipId, name: estate.township }, company: { id: row.companyId, name: names.get(row.companyId) ?? '' },
      kind: row.kind, feeBasis: row.feeBasis, feeFenPerM2Month: row.feeFenPerM2Month === null ? null : fen(row.feeFenPerM2Month), startsOn: row.startsOn, endsOn: row.endsOn, terminatedOn: row.terminatedOn,
      isCurrent: now.has(row.id), recordedAt: row.recordedAt, supersededAt: row.supersededAt, can: { edit, terminate: edit },
    }];
  });
}

/** 物业服务合同列表, as of a day. */
export function listContracts(ctx: Ctx, { query: f }: Input<typeof route.listContracts>): Promise<Output<typeof route.listContracts>> {
  const at = asOf(f, ctx.today);
  return ctx.read(async (db) => {
    let query = visibleContracts(db, ctx.scope).where(knownThen('k', at));
    if (f.estateId) query = query.where('k.estateId', '=', f.estateId);
    if (f.companyId) query = query.where('k.companyId', '=', f.companyId);
    if (f.townshipId) query = query.where('k.townshipId', '=', f.townshipId);
    if (f.neighbourhoodId) query = query.where('k.neighbourhoodId', '=', f.neighbourhoodId);
    if (f.endingBefore) query = query.where('k.endsOn', '<', f.endingBefore);
    if (f.current || f.endingBefore) query = query.where(contractThen('k', at));
    if (f.q) query = query.where(sql<boolean>`exists (select from registry.estate e where e.id = k.estate_id and e.name like ${`%${f.q}%`})`);
    const [rows, total] = await Promise.all([keyset(query.selectAll('k').select('k.contractId as name'), 'k', { ...f, sort: 'newest' }).execute(), counted(db, query)]);
    const page = paged(rows, f.limit);
    return { rows: await present(db, ctx, page.rows, at), next: page.next, ...total };
  });
}

async function currentVersion(db: Db, scope: Scope, contractId: string): Promise<ContractRecord> {
  return found(await visibleContracts(db, scope).selectAll('k').where('k.contractId', '=', contractId).where('k.supersededAt', 'is', null).executeTakeFirst(), 'not-found');
}

/** 合同详情 with every version of it. */
export function getContract(ctx: Ctx, { params }: Input<typeof route.getContract>): Promise<Output<typeof route.getContract>> {
  return ctx.read(async (db) => {
    const at = asOf({}, ctx.today);
    const row = await currentVersion(db, ctx.scope, params.contractId);
    const versions = await visibleContracts(db, ctx.scope).selectAll('k').where('k.contractId', '=', params.contractId).orderBy('k.recordedAt', 'desc').orderBy('k.id', 'desc').limit(100).execute();
    const [[shown], all] = await Promise.all([present(db, ctx, [row], at), present(db, ctx, versions, at)]);
    return { ...found(shown, 'not-found'), versions: all };
  });
}

/** 登记物业服务合同. The contract in force decides which company serves the estate; everything below follows. */
export function createContract(ctx: Ctx, { params, body }: Input<typeof route.postContract>): Promise<Output<typeof route.postContract>> {
  return write(ctx, params.estateId, body, null);
}

/** 修改物业服务合同: a new version; the old one stays known as of then. */
export function updateContract(ctx: Ctx, { params, body }: Input<typeof route.putContract>): Promise<Output<typeof route.putContract>> {
  const { basedOn, ...draft } = body;
  return write(ctx, null, draft, { contractId: params.contractId, basedOn });
}

function write(ctx: Ctx, estateId: Id<'Estate'> | null, body: Draft, edited: { contractId: string; basedOn: string } | null): Promise<Omit<Contract, 'versions'>> {
  return ctx.transact(async (tx) => {
    const old = edited ? await currentVersion(tx.db, ctx.scope, edited.contractId) : null;
    const estate = await lockEstate(tx.db, ctx.scope, old?.estateId ?? found(estateId ?? undefined, 'estate.not-found'));
    mustBeAble(estateCan(ctx, estate).contract);
    // Read again under the estate's lock: another version may have come while we waited.
    const before = old ? await currentVersion(tx.db, ctx.scope, old.contractId) : null;
    if (before && before.id !== edited?.basedOn) throw new Problem('state.stale', '这份合同已被别人修改,请刷新后核对再保存');
    await getCompany(tx.db, ctx.scope, body.companyId);
    refuseReversed(body);

    if (before) await supersede(tx.db, 'registry.service_contract', [before.id], ctx.now);
    const { countyId, townshipId, neighbourhoodId } = estate;
    const row = await tx.db.insertInto('registry.serviceContract').values({
      id: newId<'ServiceContract'>(), contractId: before?.contractId ?? newId(), countyId, townshipId, neighbourhoodId, estateId: estate.id, ...body, recordedAt: ctx.now,
    }).returningAll().executeTakeFirstOrThrow();
    const moved = await settleCompany(tx.db, [estate.id], ctx.today);
    if (moved.length > 0) {
      await moveScope(tx.db, moved);
      await indexEstates(tx.db, await tx.db.selectFrom('registry.estate').selectAll().where('id', 'in', moved).execute());
    }
    tx.audit({ action: 'estate.contract', subject: ['Estate', estate.id], before: before ? said(before) : null, after: said(row), countyId, townshipId });
    tx.emit({ name: 'registry.contract-recorded', key: row.id, payload: { contractId: row.contractId, estateId: estate.id } });
    return found((await present(tx.db, ctx, [row], asOf({}, ctx.today)))[0], 'not-found');
  });
}

const said = ({ companyId, kind, feeBasis, feeFenPerM2Month, startsOn, endsOn, terminatedOn }: ContractRecord) => ({ companyId, kind, feeBasis, feeFenPerM2Month, startsOn, endsOn, terminatedOn });

function refuseReversed({ startsOn, endsOn, terminatedOn }: Draft): void {
  const errors = [
    ...(startsOn && endsOn && endsOn < startsOn ? [{ pointer: '/endsOn', message: '合同止早于合同起,请对照合同更正' }] : []),
    ...(startsOn && terminatedOn && terminatedOn < startsOn ? [{ pointer: '/terminatedOn', message: '提前终止早于合同起,请更正' }] : []),
  ];
  if (errors.length > 0) throw new Problem('input.invalid', '合同日期颠倒,请对照合同更正', { errors });
}

/** 登记项目经理任职; null ends the present one. */
export function updateEstateManager(ctx: Ctx, { params, body }: Input<typeof route.putEstateManager>): Promise<Output<typeof route.putEstateManager>> {
  return ctx.transact(async (tx) => {
    const estate = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeFresh(ctx, estate);
    mustBeAble(estateCan(ctx, estate).manager);
    if (body.practitionerId !== null) {
      const person = await getPractitioner(tx.db, ctx.scope, body.practitionerId);
      if (person.archivedAt !== null || person.leftOn !== null) throw new Problem('state.conflict', `${person.name}已离职或归档,不能任项目经理`);
    }
    const before = (await presentEstate(tx.db, ctx, estate.id, asOf({}, ctx.today))).manager;

    await assignManagers(tx.db, [{ estateId: estate.id, practitionerId: body.practitionerId, since: body.validFrom }], { at: ctx.now, on: ctx.today, batchId: null });
    await tx.db.updateTable('registry.estate').set((eb) => ({ version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', estate.id).execute();
    const { manager, managers } = await presentEstate(tx.db, ctx, estate.id, asOf({}, ctx.today));
    tx.audit({ action: 'estate.manager', subject: ['Estate', estate.id], before: { managerName: before?.practitioner.name ?? null }, after: { managerName: manager?.practitioner.name ?? null, validFrom: body.validFrom }, countyId: estate.countyId, townshipId: estate.townshipId });
    return { manager, managers };
  });
}

