import { sql } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { committeesAt, standingCommittee, type CommitteeAt } from '#modules/committee/index.ts';
import { validThen, type AsOf } from '../../as-of.ts';
import { visibleCompanies, visibleContacts, visibleEstates, visiblePractitioners } from '../../store/visible.ts';

/** 通讯录联系人 with the names of what they belong to; an estate out of sight has no name here. */
export async function contactRows(db: Db, scope: Scope) {
  return visibleContacts(db, scope)
    .leftJoin('platform.orgUnit as b', 'b.id', 't.orgUnitId').leftJoin('registry.estate as e', 'e.id', 't.estateId').leftJoin('registry.company as k', 'k.id', 't.companyId')
    .selectAll('t').select(['b.name as bodyName', 'b.kind as bodyKind', 'b.sortNo as bodySort', 'b.townshipId as bodyTownshipId', 'e.name as estateName', 'k.name as companyName'])
    .where('t.archivedAt', 'is', null).orderBy('t.sortNo').orderBy('t.id').execute();
}

/** 企业负责人: practitioners in that post, and of companies without one the legal person with the company's telephone. */
export async function companyHeads(db: Db, scope: Scope) {
  const [companies, heads] = await Promise.all([
    visibleCompanies(db, scope).select(['c.id', 'c.name', 'c.legalPerson', 'c.contactName', 'c.phoneCipher']).where('c.archivedAt', 'is', null).orderBy('c.name').orderBy('c.id').execute(),
    visiblePractitioners(db, scope).select(['p.id', 'p.name', 'p.companyId', 'p.phoneCipher']).where('p.post', '=', 'head').where('p.leftOn', 'is', null).where('p.archivedAt', 'is', null).orderBy('p.id').execute(),
  ]);
  return { companies, heads: Map.groupBy(heads, (row) => row.companyId) };
}

/** 在管小区 with the manager of the day: the one assigned, else the one the ledger names. */
export async function estateManagers(db: Db, scope: Scope, at: AsOf) {
  return visibleEstates(db, scope)
    .leftJoinLateral((eb) => eb.selectFrom('registry.estateManager as m').innerJoin('registry.practitioner as p', 'p.id', 'm.practitionerId').select(['p.id as practitionerId', 'p.name', 'p.phoneCipher', 'p.companyId as employerId'])
      .whereRef('m.estateId', '=', 'e.id').where('m.supersededAt', 'is', null).where(validThen('m', at)).orderBy('m.id', 'desc').limit(1).as('who'), (join) => join.onTrue())
    .select(['e.id', 'e.name', 'e.townshipId', 'e.neighbourhoodId', 'e.companyId', 'e.managerName', 'e.managerPhoneCipher', 'e.gridMember', 'who.practitionerId', 'who.name as assigned', 'who.phoneCipher as assignedPhone'])
    .where('e.archivedAt', 'is', null).orderBy('e.name').orderBy('e.id').execute();
}

export type EstateLine = Awaited<ReturnType<typeof estateManagers>>[number];

/** 业委会主任 of the committees standing that day. */
export async function chairs(db: Db, estates: readonly EstateLine[], at: AsOf): Promise<Map<Id<'Estate'>, CommitteeAt>> {
  const all = Map.groupBy(await committeesAt(db, estates.map((row) => row.id), at), (row) => row.estateId);
  return new Map([...all].flatMap(([id, of]) => { const one = standingCommittee(of, at.on); return one?.chairName ? [[id, one] as const] : []; }));
}

/** 乡镇街道、社区 in their own order, for sorting and titles. */
export async function bodies(db: Db) {
  const rows = (await sql<{ id: Id<'OrgUnit'>; name: string; townshipId: Id<'OrgUnit'> | null; neighbourhoodId: Id<'OrgUnit'> | null; kind: string; sortNo: number }>`
    select id, name, township_id, neighbourhood_id, kind, sort_no from platform.org_unit where kind in ('county', 'township', 'neighbourhood') order by sort_no, code nulls last, id`.execute(db)).rows;
  return new Map(rows.map((row) => [row.id, row]));
}
