import { sql } from 'kysely';
import { managementKindLabels } from '#contract/registry/words.ts';
import { fits, fittingEstates, type AttributedEstate, type Conditions } from '#domain/collection/attribute.ts';
import type { CellContent, Column, RecipientKind, RowUnit, Values } from '#domain/collection/column.ts';
import { fieldsFor, subjectOf } from '#domain/collection/fields.ts';
import { instant, makeId, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { companyHoldings, estateHoldings, type Holding } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';

/** 采集对象 with where it lies; the scope columns of its part. */
export interface Recipient { readonly id: string; readonly name: string; readonly place: string | null; readonly townshipId: Id<'OrgUnit'> | null; readonly neighbourhoodId: Id<'OrgUnit'> | null; readonly companyId: Id<'Company'> | null }
/** 一行 with what the books hold of it. */
export interface HeldLine { readonly id: string; readonly title: string; readonly sinceOn: LocalDate | null; readonly fields: Readonly<Record<string, CellContent>> }
type Asking = Pick<Ctx, 'scope' | 'today'> & { readonly kit: Pick<Ctx['kit'], 'vault'> };

/** 可选的对象 of a kind: a township asks its neighbourhoods and the companies that serve within it, the county anybody in it. */
export async function recipientsOf(db: Db, { scope, today, kit }: Asking, kind: RecipientKind): Promise<Recipient[]> {
  if (scope.level === 'township' && kind === 'township') return [];
  if (kind === 'company') {
    const companies = await companyHoldings(db, { scope, today, vault: kit.vault });
    const within = scope.level === 'township' ? companies.filter(({ fields }) => typeof fields['estateCount'] === 'number' && fields['estateCount'] > 0) : companies;
    return within.map(({ id, name }) => ({ id, name, place: null, townshipId: scope.level === 'township' && scope.id !== null ? makeId<'OrgUnit'>(scope.id) : null, neighbourhoodId: null, companyId: makeId<'Company'>(id) }));
  }
  let query = db.selectFrom('platform.orgUnit as o').leftJoin('platform.orgUnit as t', 't.id', 'o.townshipId').select(['o.id', 'o.name', 'o.townshipId', 't.name as township']).where('o.kind', '=', kind).where('o.archivedAt', 'is', null).where('o.countyId', '=', sql<Id<'OrgUnit'>>`${scope.countyId}::uuid`);
  if (scope.level === 'township') query = query.where('o.townshipId', '=', sql<Id<'OrgUnit'>>`${scope.id}::uuid`);
  const rows = await query.orderBy('t.sortNo').orderBy('t.name').orderBy('o.sortNo').orderBy('o.code').orderBy('o.name').execute();
  return rows.map((row) => ({ id: row.id, name: row.name, place: kind === 'neighbourhood' ? row.township : null, townshipId: kind === 'township' ? row.id : row.townshipId, neighbourhoodId: kind === 'neighbourhood' ? row.id : null, companyId: null }));
}

/** 按条件选出的对象 and how many of their estates answer; the books' word for a kind of management is what is compared. */
export async function recipientsFitting(db: Db, asking: Asking, kind: RecipientKind, conditions: Conditions): Promise<(Recipient & { readonly estates: number | null })[]> {
  const recipients = await recipientsOf(db, asking, kind);
  if (Object.values(conditions).every((asked) => asked === null)) return recipients.map((recipient) => ({ ...recipient, estates: null }));
  const place = placeOf(kind);
  const estatesOf = Map.groupBy(await estateHoldings(db, { scope: asking.scope, today: asking.today, vault: asking.kit.vault }), (estate) => estate[place]);
  return recipients.flatMap((recipient) => {
    const estates = (estatesOf.get(recipient.id) ?? []).map(attributed);
    const { isFitting, count } = fittingEstates(conditions, { isCompany: kind === 'company', townshipId: recipient.townshipId }, estates);
    return isFitting ? [{ ...recipient, estates: count }] : [];
  });
}

const attributed = ({ townshipId, fields }: Holding): AttributedEstate => ({ townshipId, managementKind: typeof fields['managementKind'] === 'string' ? fields['managementKind'] : managementKindLabels.unknown, hasCommittee: fields['hasCommittee'] === true });

const placeOf = (kind: RecipientKind) => (kind === 'township' ? 'townshipId' : kind === 'neighbourhood' ? 'neighbourhoodId' : 'companyId');

/** 台账里的各行 of recipients: what each would be asked about, and what is held of it. Only estates that answer to the condition are listed, or the companies that serve them; a row for the recipient itself is about all it has. */
export async function loadLines(db: Db, { scope, today, kit }: Asking, kind: RecipientKind, unit: RowUnit, condition: Conditions | null = null): Promise<(recipient: Recipient) => HeldLine[]> {
  const wanted = { scope, today, vault: kit.vault };
  const subject = subjectOf(kind, unit);
  const isMeant = condition === null || unit === 'recipient' ? () => true : fits(condition);
  const estates = (await estateHoldings(db, wanted)).filter((estate) => isMeant(attributed(estate)));
  const companies = subject === 'company' ? (await companyHoldings(db, wanted)).map((company, at) => ({ company, at })) : [];
  const place = placeOf(kind);
  const byId = new Map(companies.map((one) => [one.company.id, one]));
  const estatesOf = Map.groupBy(estates, (estate) => estate[place]);
  return (recipient) => {
    const own = estatesOf.get(recipient.id) ?? [];
    if (subject === 'estate') return own.map(lineOf);
    if (subject === 'company') {
      // A company asked about itself has its row whatever it serves, unless the task means those that serve such estates.
      const ids = kind === 'company' && (condition === null || unit === 'recipient' || own.length > 0) ? [recipient.id] : kind === 'company' ? [] : own.flatMap(({ companyId }) => (companyId === null ? [] : [companyId]));
      return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []).toSorted((a, b) => a.at - b.at).map(({ company }) => lineOf(company));
    }
    const units = own.flatMap(({ fields }) => (typeof fields['totalUnits'] === 'number' ? [fields['totalUnits']] : []));
    return [{ id: recipient.id, title: recipient.name, sinceOn: today, fields: { estateCount: own.length, unitTotal: units.reduce((sum, one) => sum + one, 0), committeeCount: own.filter(({ fields }) => fields['hasCommittee'] === true).length } }];
  };
}

const lineOf = ({ id, name, updatedAt, fields }: Holding): HeldLine => ({ id, title: name, sinceOn: todayIn(updatedAt), fields });

/** 预填: the bound columns of these lines; a blank is not held. */
export function heldOf(columns: readonly Pick<Column, 'key' | 'field'>[], lines: readonly HeldLine[]): Record<string, Record<string, CellContent>> {
  return Object.fromEntries(lines.map(({ id, fields }) => [id, Object.fromEntries(columns.flatMap(({ key, field }) => { const held = field === null ? undefined : fields[field]; return held === undefined || held === null ? [] : [[key, held]]; }))]));
}

/** 已经掌握的: of so many lines, how many the books can fill, field by field. */
export function knowledgeOf(kind: RecipientKind, unit: RowUnit, lines: readonly HeldLine[]): { field: string; title: string; known: number; total: number }[] {
  return fieldsFor(kind, unit).map(({ id, title }) => ({ field: id, title, known: lines.filter(({ fields }) => fields[id] !== null && fields[id] !== undefined && fields[id] !== '').length, total: lines.length }));
}

/** 台账现载 of these records; the version is what an update must match. Of a body it is what its estates add up to, which has no version of its own. */
export async function booksNow(db: Db, asking: Asking, kind: RecipientKind, subject: 'estate' | 'company' | 'place', ids: readonly string[]): Promise<Map<string, Holding>> {
  const wanted = { scope: asking.scope, today: asking.today, vault: asking.kit.vault };
  if (subject !== 'place') return new Map((subject === 'estate' ? await estateHoldings(db, wanted, ids) : await companyHoldings(db, wanted, ids)).map((row) => [row.id, row]));
  if (ids.length === 0) return new Map();
  const [linesOf, asked] = [await loadLines(db, asking, kind, 'recipient'), new Set(ids)];
  return new Map((await recipientsOf(db, asking, kind)).filter(({ id }) => asked.has(id)).flatMap((recipient) => linesOf(recipient).map(({ id, title, fields }) => [id, { id, name: title, version: 1, updatedAt: NEVER, townshipId: null, neighbourhoodId: null, companyId: null, fields }] as const)));
}
const NEVER = instant('1970-01-01T00:00:00.000Z');

/** 上次填的 as what is held this time, where the books hold nothing of a column. */
export function withLastTime(held: Record<string, Record<string, CellContent>>, last: Values, columns: readonly Pick<Column, 'key' | 'field'>[]): Values {
  return Object.fromEntries(Object.entries(held).map(([row, cells]) => [row, { ...Object.fromEntries(columns.flatMap(({ key, field }) => { const before = last[row]?.[key]; return field === null && before !== undefined && before !== null ? [[key, before]] : []; })), ...cells }]));
}
