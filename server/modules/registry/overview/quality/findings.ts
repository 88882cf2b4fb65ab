import type { Input, Output } from '#contract/define-route.ts';
import type { getQuality } from '#contract/registry/sheet.ts';
import { inspect, type QualityLimits } from '#domain/registry/quality/quality-rule.ts';
import { unitQuality } from '#domain/registry/quality/units.ts';
import type { HeadFlagKind } from '#domain/registry/head-flags.ts';
import type { AreaSource } from '#domain/registry/area-source.ts';
import { sql } from 'kysely';
import type { AreaCm2, Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { holds } from '../../access.ts';
import type { AsOf } from '../../as-of.ts';
import { unitTitle } from '../../names.ts';
import { companyFindings, estateFindings, practitionerFindings, qualityLimits, type Located } from '../../quality.ts';
import { bestArea, headsOf } from '../../recount.ts';
import { factsOf, type EstateFacts } from '../../store/estates.ts';
import type { EstateRecord } from '../../store/records.ts';
import { visibleCompanies, visibleEstates, visiblePractitioners } from '../../store/visible.ts';

export type Finding = Output<typeof getQuality>['findings'][number];
/** 数据问题 with the township it is counted under; companies and their people belong to none. */
export type Placed = Finding & { readonly townshipId: Id<'OrgUnit'> | null };
type Query = Input<typeof getQuality>['query'];

/**
 * 全部数据问题 in scope and place, in a fixed number of queries. Companies and people are shown to those who can mend them: the county
 * and the company itself. The units of an estate are looked at one by one only where one estate is asked for.
 */
export async function findings(db: Db, ctx: Ctx, query: Query, at: AsOf): Promise<Placed[]> {
  const [estates, limits] = await Promise.all([estatesOf(db, ctx, query), qualityLimits(db, ctx.scope, at.on)]);
  const facts = await factsOf(db, estates, at);
  const ofEstates = estates.flatMap((row) => estateFindings(row, facts, limits, at).map((finding) => placed(finding, row.name, placeOf(row, facts))));
  const hasPlace = query.townshipId !== undefined || query.neighbourhoodId !== undefined || query.estateId !== undefined;
  const [only] = query.estateId === undefined ? [] : estates;
  return [...ofEstates, ...(hasPlace ? [] : await ofCompanies(db, ctx, limits, at)), ...(only ? await ofUnits(db, ctx, only, facts, limits, at) : [])];
}

function estatesOf(db: Db, { scope }: Ctx, { townshipId, neighbourhoodId, estateId }: Query): Promise<EstateRecord[]> {
  let query = visibleEstates(db, scope).selectAll('e').where('e.archivedAt', 'is', null);
  if (townshipId) query = query.where('e.townshipId', '=', townshipId);
  if (neighbourhoodId) query = query.where('e.neighbourhoodId', '=', neighbourhoodId);
  if (estateId) query = query.where('e.id', '=', estateId);
  return query.orderBy('e.id').execute();
}

const placeOf = (row: EstateRecord, { names }: EstateFacts) => ({ estateId: row.id, townshipId: row.townshipId, township: names.get(row.townshipId) ?? null });
const NOWHERE = { estateId: null, townshipId: null, township: null };

const placed = ({ rule, severity, title, message, target }: Located, subjectName: string, place: Pick<Placed, 'estateId' | 'townshipId' | 'township'>): Placed => ({ rule, severity, title, message, target, subjectName, ...place });

async function ofCompanies(db: Db, ctx: Ctx, limits: QualityLimits, at: AsOf): Promise<Placed[]> {
  if (!['everything', 'county', 'company'].includes(ctx.scope.level)) return [];
  const [companies, people] = await Promise.all([
    visibleCompanies(db, ctx.scope).selectAll('c').where('c.archivedAt', 'is', null).orderBy('c.id').execute(),
    visiblePractitioners(db, ctx.scope).selectAll('p').where('p.archivedAt', 'is', null).where('p.leftOn', 'is', null).orderBy('p.id').execute(),
  ]);
  return [
    ...companies.flatMap((row) => companyFindings(row, limits, at).map((finding) => placed(finding, row.name, NOWHERE))),
    ...people.flatMap((row) => practitionerFindings(row, ctx.kit.vault, limits, at).map((finding) => placed(finding, row.name, NOWHERE))),
  ];
}

interface UnitRow { readonly id: string; readonly building: string; readonly entrance: string; readonly room: string; readonly areaCm2: AreaCm2 | null; readonly areaSource: AreaSource | null }

/** What is doubtful about holders is told to those who may see owners; an estate whose owners nobody has loaded yet is not blamed for it. */
async function ofUnits(db: Db, ctx: Ctx, estate: EstateRecord, facts: EstateFacts, limits: QualityLimits, at: AsOf): Promise<Placed[]> {
  const units = (await sql<UnitRow>`
    select u.id, b.name as building, u.entrance, u.room, best.area_cm2, best.area_source from registry.unit u join registry.building b on b.id = u.building_id
      left join ${bestArea(at)} best on true where u.estate_id = ${estate.id} and u.archived_at is null order by u.match_key, u.id`.execute(db)).rows;
  const flags = holds(ctx, 'registry.owner.read') ? await flagsOf(db, estate, at) : new Map<string, HeadFlagKind[]>();
  return units.flatMap((unit) => inspect(unitQuality, { asOf: at.on, limits, facts: { area: unit.areaCm2, areaSource: unit.areaSource ?? 'unknown', headFlags: flags.get(unit.id) ?? [], isDuplicate: false } })
    .map((finding) => placed({ ...finding, target: { kind: 'unit', id: unit.id, field: finding.field } }, `${estate.name} ${unitTitle(unit.building, unit.entrance, unit.room)}`, placeOf(estate, facts))));
}

async function flagsOf(db: Db, estate: EstateRecord, at: AsOf): Promise<Map<string, HeadFlagKind[]>> {
  const count = (await headsOf(db, [estate.id], at)).get(estate.id)?.count;
  const flags = new Map<string, HeadFlagKind[]>();
  const hasOwners = count?.heads.some((head) => head.basis !== 'nobody') ?? false;
  for (const flag of hasOwners ? count?.flags ?? [] : []) for (const unitId of flag.unitIds) flags.set(unitId, [...flags.get(unitId) ?? [], flag.kind]);
  return flags;
}
