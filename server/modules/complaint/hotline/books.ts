import { sql } from 'kysely';
import { isCategory, type CategoryCode } from '#domain/complaint/category.ts';
import type { ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { canonicalEstateName, estateNameLevels } from '#domain/kernel/estate-name.ts';
import { typeKey } from '#domain/complaint/hotline/categories.ts';
import { isOrderField, type OrderField } from '#domain/ledger/orders/columns.ts';
import type { KnownHeadings } from '#domain/ledger/orders/headings.ts';
import type { Db } from '#platform/db/types.ts';
import { textsOf, type Texts } from './row-json.ts';

/** 在册小区 as an address may name it. `names` are canonical: its own, former and common ones; `address` is where it stands. */
export interface EstateFacts { readonly id: Id<'Estate'>; readonly name: string; readonly townshipId: Id<'OrgUnit'>; readonly neighbourhoodId: Id<'OrgUnit'> | null; readonly place: string; readonly names: readonly string[]; readonly address: string }
/** 单位 as an order may name it. */
export interface BodyFacts { readonly id: Id<'OrgUnit'>; readonly name: string; readonly kind: string; readonly key: string }
/** 已有的工单. */
export interface KnownOrder { readonly complaintId: Id<'Complaint'>; readonly status: ComplaintStatus; readonly originDueOn: LocalDate | null; readonly texts: Texts; readonly isExtensionPending: boolean; readonly estateId: Id<'Estate'> | null }
/** 核对工单要知道的. */
export interface Books { readonly estates: readonly EstateFacts[]; readonly bodies: readonly BodyFacts[]; readonly types: ReadonlyMap<string, CategoryCode>; readonly firstBodyId: Id<'OrgUnit'> }

const SHORTEST = 2;
/** A name of two signs is found where it stands alone, not inside an address. */
const namesFor = (name: string): string[] => [...new Set([canonicalEstateName(name), ...estateNameLevels(name).slice(2)])].filter((key) => key.length >= SHORTEST);

/** 读在册情况 of the county, once for a file. */
export async function openBooks(db: Db, countyId: Id<'OrgUnit'>, firstBodyId: Id<'OrgUnit'>, on: LocalDate): Promise<Books> {
  const estates = await db.selectFrom('registry.estate as e').leftJoin('platform.orgUnit as t', 't.id', 'e.townshipId').leftJoin('platform.orgUnit as n', 'n.id', 'e.neighbourhoodId')
    .select(['e.id', 'e.name', 'e.townshipId', 'e.neighbourhoodId', 'e.address', 't.name as township', 'n.name as neighbourhood']).where('e.countyId', '=', countyId).where('e.archivedAt', 'is', null).orderBy('e.id').execute();
  const further = Map.groupBy(await db.selectFrom('registry.estateName').select(['estateId', 'name']).where('countyId', '=', countyId).execute(), ({ estateId }) => estateId);
  const bodies = await db.selectFrom('platform.orgUnit').select(['id', 'name', 'kind']).where('countyId', '=', countyId).where('archivedAt', 'is', null).where('kind', '<>', 'county').orderBy('id').execute();
  return {
    estates: estates.map(({ id, name, townshipId, neighbourhoodId, address, township, neighbourhood }) => ({ id, name, townshipId, neighbourhoodId, place: [township, neighbourhood].filter((each) => each !== null).join(' '), address: normaliseName(address ?? ''), names: [name, ...(further.get(id) ?? []).map((each) => each.name)].flatMap(namesFor) })),
    bodies: bodies.map((body) => ({ ...body, key: normaliseName(body.name) })), types: await typesOn(db, countyId, on), firstBodyId,
  };
}

/** 诉求类型的归类 in force on a day. */
export async function typesOn(db: Db, countyId: Id<'OrgUnit'>, on: LocalDate): Promise<ReadonlyMap<string, CategoryCode>> {
  const lines = await db.selectFrom('complaint.hotlineSetting').distinctOn('words').select(['words', 'categoryCode']).where('countyId', '=', countyId).where('kind', '=', 'type').where('effectiveFrom', '<=', on).orderBy('words').orderBy('effectiveFrom', 'desc').execute();
  return new Map(lines.flatMap(({ words, categoryCode }): [string, CategoryCode][] => (categoryCode !== null && isCategory(categoryCode) ? [[typeKey(words), categoryCode]] : [])));
}

/** 列名约定 as they stand now: the last that was said of a heading counts. */
export async function headingsKnown(db: Db, countyId: Id<'OrgUnit'>): Promise<KnownHeadings> {
  const lines = await db.selectFrom('complaint.hotlineSetting').distinctOn('words').select(['words', 'field']).where('countyId', '=', countyId).where('kind', '=', 'heading').orderBy('words').orderBy('id', 'desc').execute();
  return new Map(lines.flatMap(({ words, field }): [string, OrderField | 'none'][] => (field !== null && (field === 'none' || isOrderField(field)) ? [[words, field]] : [])));
}

/** 已有的工单 by number, of those asked for. */
export async function knownOrders(db: Db, countyId: Id<'OrgUnit'>, numbers: readonly string[]): Promise<Map<string, KnownOrder>> {
  if (numbers.length === 0) return new Map();
  const rows = await db.selectFrom('complaint.hotlineOrder as o').innerJoin('complaint.complaint as c', 'c.id', 'o.complaintId').select(['o.orderNo', 'o.texts', 'o.extensionAskedAt', 'o.extensionSettled', 'c.id', 'c.status', 'c.originDueOn', 'c.estateId'])
    .where('o.countyId', '=', countyId).where(sql<boolean>`o.order_no = any(${[...new Set(numbers)]}::text[])`).execute();
  return new Map(rows.map((row) => [row.orderNo, { complaintId: row.id, status: row.status, originDueOn: row.originDueOn, texts: textsOf(row.texts), isExtensionPending: row.extensionAskedAt !== null && row.extensionSettled === null, estateId: row.estateId }]));
}
