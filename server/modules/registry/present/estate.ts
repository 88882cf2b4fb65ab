import type { Output } from '#contract/define-route.ts';
import { CommitteeDraft } from '#contract/committee.ts';
import { ContractDraft } from '#contract/registry/service.ts';
import { EstateDraft, type getEstate, type listEstates } from '#contract/registry/estate.ts';
import { fen, instant, makeId, type Fen, type Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { committeeIds, committeesAt, membersAt } from '#modules/committee/index.ts';
import { estateCan, holds } from '../access.ts';
import type { AsOf } from '../as-of.ts';
import { maskedPhone, open } from '../personal.ts';
import { estateFindings, qualityLimits } from '../quality.ts';
import { headsOf } from '../recount.ts';
import { factsOf, getEstate as loadEstate, isPast, type EstateFacts } from '../store/estates.ts';
import { contractsOf, managersOf, namesOf, lineageOf } from '../store/estate-history.ts';
import type { EstateRecord } from '../store/records.ts';
import { historyOfAll, type HistoryEntry } from '#platform/audit/history.ts';

export type EstateRow = Output<typeof listEstates>['rows'][number];
export type EstateDetail = Output<typeof getEstate>;
type Who = Pick<Ctx, 'actor' | 'scope'>;

/** 小区列表行: as of a day. Before anyone knew otherwise, today's company stands in for a contract not on record. */
export function presentEstateRow(who: Who, row: EstateRecord, facts: EstateFacts, at: AsOf): EstateRow {
  const contract = facts.contracts.get(row.id);
  const companyId = contract?.companyId ?? null;
  const committee = facts.committees.get(row.id);
  const rollup = facts.rollups.get(row.id);
  const ref = <K extends string>(id: Id<K>) => ({ id, name: facts.names.get(id) ?? '' });
  return {
    id: row.id, name: row.name, township: ref(row.townshipId), neighbourhood: row.neighbourhoodId ? ref(row.neighbourhoodId) : null, company: companyId ? ref(companyId) : null,
    managementKind: row.managementKind, totalUnits: row.totalUnits, occupiedUnits: row.occupiedUnits, totalCm2: row.totalCm2, buildingCount: row.buildingCount, deliveredOn: row.deliveredOn,
    managerName: facts.managers.get(row.id)?.name ?? row.managerName, feeFenPerM2Month: feeOf(row.feeFenPerM2Month), feeBasis: row.feeBasis, collectionRateBp: row.collectionRateBp,
    committee: committee ? { committeeId: committee.committeeId, name: committee.name, kind: committee.kind, status: committee.status, sinceOn: committee.sinceOn, untilOn: committee.untilOn, isExpired: isPast(committee.untilOn, at.on) } : null,
    unitsRecorded: rollup?.unitCount ?? 0, headCount: rollup?.headCount ?? null, isDemo: row.isDemo, archivedAt: row.archivedAt, version: row.version, can: estateCan(who, row),
  };
}

/** 小区详情, as of a day, loaded in a fixed number of queries. */
export async function presentEstate(db: Db, ctx: Ctx, id: Id<'Estate'>, at: AsOf, warnings: readonly string[] = []): Promise<EstateDetail> {
  const row = await loadEstate(db, ctx.scope, id);
  const facts = await factsOf(db, [row], at);
  const [contracts, managers, names, lineage, limits, history, committees] = await Promise.all([
    contractsOf(db, id, at), managersOf(db, id, at), namesOf(db, id), lineageOf(db, id), qualityLimits(db, ctx.scope, at.on), historyOfEstate(db, id), committeesAt(db, [id], at),
  ]);
  const rollup = facts.rollups.get(id);
  const counted = rollup ? (await headsOf(db, [id], at)).get(id) : undefined;
  const committee = facts.committees.get(id);
  const members = committee ? await membersAt(db, committee.committeeId, at) : [];
  const merged = row.mergedIntoId ? await db.selectFrom('registry.estate').select(['id', 'name']).where('id', '=', row.mergedIntoId).executeTakeFirst() : undefined;
  const current = facts.contracts.get(id);
  const phones = holds(ctx, 'registry.directory.read');
  const present = contracts.map((contract) => contractBrief(contract, current?.id === contract.id));
  const manager = facts.managers.get(id);
  const presentManager = (line: (typeof managers)[number]) => ({
    id: line.id, practitioner: { id: line.practitionerId, name: line.name }, phone: phones ? open(ctx.kit.vault, line.phoneCipher) : maskedPhone(ctx.kit.vault, line.phoneCipher),
    company: line.companyId ? { id: line.companyId, name: line.companyName ?? '' } : null, validFrom: line.validFrom, validTo: line.validTo, recordedAt: line.recordedAt, supersededAt: line.supersededAt,
  });
  const standing = managers.find((line) => line.id === manager?.id);
  return {
    ...presentEstateRow(ctx, row, facts, at), phase: row.phase, address: row.address, deliveredCm2: row.deliveredCm2, developerName: row.developerName, liftCount: row.liftCount, parkingCount: row.parkingCount,
    chargingCount: row.chargingCount, fireSystem: row.fireSystem, gridMember: row.gridMember, note: row.note, archivedReason: row.archivedReason, mergedInto: merged ?? null, on: at.on, knownOn: at.knownOn,
    names, lineage, contract: present.find((contract) => contract.isCurrent) ?? null, contracts: present,
    manager: standing ? presentManager(standing) : null, managers: managers.map(presentManager),
    members: members.map((member) => ({ name: member.name, post: member.post, phone: phones ? open(ctx.kit.vault, member.phoneCipher) : maskedPhone(ctx.kit.vault, member.phoneCipher) })),
    rollup: counted && rollup ? { unitCount: counted.unitCount, areaCm2: counted.count.area, headCount: counted.count.count, weakHeadCount: rollup.weakHeadCount, explanation: counted.count.explanation, updatedAt: instant(rollup.updatedAt) } : null,
    findings: estateFindings(ctx, row, facts, limits, at).map(({ rule, severity, title, message, target, repair }) => ({ rule, severity, title, message, target, repair })), history,
    warnings: [...warnings, ...(committees.length > 0 && committee === undefined ? ['登记过业委会，但在截至日期没有存续的'] : [])],
  };
}

/** What was done to the estate itself, its contracts and its committees, archived ones too. */
async function historyOfEstate(db: Db, id: Id<'Estate'>): Promise<HistoryEntry[]> {
  const [contracts, committees] = await Promise.all([
    db.selectFrom('registry.serviceContract').select('contractId').where('estateId', '=', id).execute(), committeeIds(db, id),
  ]);
  return historyOfAll(db, [
    { kind: 'Estate', ids: [id], draft: EstateDraft }, { kind: 'Contract', ids: contracts.map((row) => row.contractId), draft: ContractDraft }, { kind: 'Committee', ids: committees, draft: CommitteeDraft },
  ]);
}

type ContractLine = Awaited<ReturnType<typeof contractsOf>>[number];

const contractBrief = (contract: ContractLine, isCurrent: boolean): EstateDetail['contracts'][number] => ({
  contractId: makeId<'Contract'>(contract.contractId), company: { id: contract.companyId, name: contract.companyName }, kind: contract.kind, feeBasis: contract.feeBasis, feeFenPerM2Month: feeOf(contract.feeFenPerM2Month),
  startsOn: contract.startsOn, endsOn: contract.endsOn, terminatedOn: contract.terminatedOn, isCurrent, recordedAt: contract.recordedAt, supersededAt: contract.supersededAt,
});


const feeOf = (value: number | null): Fen | null => (value === null ? null : fen(value));
