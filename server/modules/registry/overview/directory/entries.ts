import type { Output } from '#contract/define-route.ts';
import type { getDirectory } from '#contract/registry/directory.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { CommitteeAt } from '#modules/committee/index.ts';
import { maskedPhone, open } from '../../personal.ts';
import { contactCan } from './access.ts';
import type { companyHeads, contactRows, EstateLine } from './sources.ts';

export type Group = Output<typeof getDirectory>['groups'][number];
export type Entry = Group['entries'][number];
export type Shelf = 'all-hours' | 'grid' | 'company' | 'committee' | 'office';

/** 通讯录一行: an entry, the body it stands under and what it may be filtered by. */
export interface Line {
  readonly entry: Entry;
  readonly group: Pick<Group, 'key' | 'title' | 'kind'>;
  readonly shelf: Shelf;
  readonly townshipId: Id<'OrgUnit'> | null;
  readonly sort: number;
  /** The group is one of each township and is called after it. */
  readonly isByTownship?: boolean;
}

/** Keys of the grid members' groups begin so; they stand right behind the 24-hour telephones. */
export const GRID = 'grid-';
const VIEW_ONLY = { edit: '在原记录中修改' } as const;
type Who = Pick<Ctx, 'actor' | 'scope' | 'kit'>;

const GROUP_KIND: Readonly<Record<string, Group['kind']>> = { county: 'county', bureau: 'county', township: 'township', neighbourhood: 'neighbourhood', department: 'department', party: 'department' };

/** 联系人 of bodies, estates and companies. */
export function contactLines(who: Who, rows: Awaited<ReturnType<typeof contactRows>>): Line[] {
  return rows.map((row) => ({
    entry: {
      subject: { kind: 'contact', id: row.id }, name: row.name, post: row.isAllHours || row.kind === 'grid-member' ? [row.bodyName, row.post].filter(Boolean).join(' ') : row.post, phone: open(who.kit.vault, row.phoneCipher), isAllHours: row.isAllHours,
      estate: row.estateId && row.estateName !== null ? { id: row.estateId, name: row.estateName } : null, version: row.version, can: { edit: contactCan(who, row) },
    },
    group: contactGroup(row), shelf: row.isAllHours ? 'all-hours' : row.kind === 'grid-member' ? 'grid' : row.companyId && !row.orgUnitId ? 'company' : 'office', townshipId: row.townshipId ?? row.bodyTownshipId,
    isByTownship: !row.isAllHours && row.kind === 'grid-member', sort: (row.isAllHours ? 0 : row.kind === 'grid-member' ? 100_000 : 200_000) + row.sortNo,
  }));
}

function contactGroup(row: Awaited<ReturnType<typeof contactRows>>[number]): Line['group'] {
  if (row.isAllHours) return { key: 'all-hours', title: '24小时值班', kind: 'all-hours' };
  if (row.kind === 'grid-member') return gridGroup(row.townshipId ?? row.bodyTownshipId);
  if (row.orgUnitId && row.bodyName !== null) return { key: row.orgUnitId, title: row.bodyName, kind: GROUP_KIND[row.bodyKind ?? ''] ?? 'other' };
  if (row.companyId && row.companyName !== null) return { key: row.companyId, title: row.companyName, kind: 'company' };
  return { key: 'other', title: '其他', kind: 'other' };
}

const gridGroup = (townshipId: string | null): Line['group'] => ({ key: `${GRID}${townshipId ?? ''}`, title: '网格员', kind: 'other' });

/** 企业负责人, of every company in sight. */
export function headLines({ kit }: Who, { companies, heads }: Awaited<ReturnType<typeof companyHeads>>): Line[] {
  const line = (company: (typeof companies)[number], subject: Entry['subject'], name: string, post: string, phone: string | null): Line => ({
    entry: { subject, name, post, phone, isAllHours: false, estate: null, version: null, can: VIEW_ONLY },
    group: { key: company.id, title: company.name, kind: 'company' }, shelf: 'company', townshipId: null, sort: 300_000,
  });
  return companies.flatMap((company) => {
    const people = heads.get(company.id) ?? [];
    if (people.length > 0) return people.map((person) => line(company, { kind: 'practitioner', id: person.id }, person.name, '企业负责人', open(kit.vault, person.phoneCipher) ?? open(kit.vault, company.phoneCipher)));
    const name = company.legalPerson ?? company.contactName;
    if (name === null && company.phoneCipher === null) return [];
    return [line(company, { kind: 'company', id: company.id }, name ?? '（未登记姓名）', company.legalPerson ? '法定代表人' : '联系人', open(kit.vault, company.phoneCipher))];
  });
}

/** 项目经理 under their company, or under the township where the estate has none; grid members that only the estate's ledger names. */
export function managerLines({ kit }: Who, estates: readonly EstateLine[], names: ReadonlyMap<string, { name: string }>): Line[] {
  return estates.flatMap((row) => {
    const estate = { id: row.id, name: row.name };
    const place = row.companyId && names.get(row.companyId) ? { key: row.companyId, title: names.get(row.companyId)?.name ?? '', kind: 'company' as const } : { key: row.townshipId, title: names.get(row.townshipId)?.name ?? '', kind: 'township' as const };
    const name = row.assigned ?? row.managerName;
    const subject: Entry['subject'] = row.practitionerId ? { kind: 'practitioner', id: row.practitionerId } : { kind: 'estate', id: row.id };
    return [
      ...(name === null ? [] : [{
        entry: { subject, name, post: place.kind === 'company' ? '项目经理' : '小区负责人', phone: open(kit.vault, row.assigned ? row.assignedPhone ?? null : row.managerPhoneCipher), isAllHours: false, estate, version: null, can: VIEW_ONLY },
        group: place, shelf: 'company' as const, townshipId: row.townshipId, sort: 310_000,
      }]),
      ...gridText(row.gridMember).map((one) => ({
        entry: { subject: { kind: 'estate' as const, id: row.id }, name: one.name, post: '网格员', phone: one.phone, isAllHours: false, estate, version: null, can: VIEW_ONLY },
        group: gridGroup(row.townshipId), shelf: 'grid' as const, townshipId: row.townshipId, isByTownship: true, sort: 150_000,
      })),
    ];
  });
}

/** '李梅 13900000001' as ledgers write it: the name, and what looks like a telephone. */
function gridText(text: string | null): { name: string; phone: string | null }[] {
  if (text === null || text.trim() === '') return [];
  const phone = /1[3-9]\d{9}|0\d{2,3}-?\d{7,8}/.exec(text)?.[0] ?? null;
  return [{ name: text.replace(phone ?? '', '').replaceAll(/[\s,、:()（）]+/g, ' ').trim() || '网格员', phone }];
}

/** 业委会主任. A private telephone: open to public bodies only, masked for companies and estates. */
export function chairLines({ kit, scope }: Who, estates: readonly EstateLine[], committees: ReadonlyMap<Id<'Estate'>, CommitteeAt>): Line[] {
  const seen = scope.level === 'company' || scope.level === 'estate' ? maskedPhone : open;
  return estates.flatMap((row) => {
    const committee = committees.get(row.id);
    if (!committee?.chairName) return [];
    return [{
      entry: { subject: { kind: 'committee', id: committee.committeeId }, name: committee.chairName, post: committee.kind === 'management-committee' ? '物管会主任' : '业委会主任', phone: seen(kit.vault, committee.chairPhoneCipher), isAllHours: false, estate: { id: row.id, name: row.name }, version: null, can: VIEW_ONLY },
      group: { key: `committee-${row.townshipId}`, title: '业委会', kind: 'committee' }, shelf: 'committee', townshipId: row.townshipId, isByTownship: true, sort: 400_000,
    }];
  });
}
