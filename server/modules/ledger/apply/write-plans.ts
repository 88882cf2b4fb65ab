import { bulkWriteCommittees, type CommitteeWrite } from '#modules/committee/index.ts';
import {
  bulkWriteCompanies, bulkWriteEstates, bulkWritePractitioners, UnitWriter,
  type BulkOptions, type Change, type CompanyFields, type EstateFields, type HolderFields, type OpenRows, type PractitionerFields, type UnitFields, type UnitWrite, type Write,
} from '#modules/registry/index.ts';
import { basisPoints, makeId, type Id } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import type { Tx } from '#platform/context.ts';
import type { CompanyPlan } from '../judge/companies.ts';
import { aliasesOf, type EstatePlan } from '../judge/estates.ts';
import type { Plans } from '../judge/judge.ts';
import { postOf, type PractitionerPlan } from '../judge/practitioners.ts';
import { usageOf, type UnitPlan } from '../judge/units.ts';

/** 写入结果:the record of each plan in their order, and all that was changed. */
export interface Applied { readonly ids: readonly string[]; readonly changes: readonly Change[] }

/** 一次确认的写手: the next plans are opened while these are written; `stored` settles when PostgreSQL has taken them. */
export interface PlanWriter<K extends LedgerKind, Opened = unknown> {
  open(plans: readonly Plans[K][]): Promise<Opened>;
  write(opened: Opened): Promise<Applied & { readonly stored: Promise<void> }>;
  /** After the last part: what is counted from all of them. */
  finish(): Promise<void>;
}

type Writer<K extends LedgerKind> = (tx: Tx, plans: readonly Plans[K][], options: BulkOptions) => Promise<Applied>;

const atOnce = <K extends LedgerKind>(write: Writer<K>) => (tx: Tx, options: BulkOptions): PlanWriter<K, readonly Plans[K][]> => ({
  open: (plans) => Promise.resolve(plans),
  write: async (plans) => ({ ...await write(tx, plans, options), stored: Promise.resolve() }),
  finish: () => Promise.resolve(),
});

/** 按计划写入:each kind of ledger through the registry's own doors. */
export const writers = { companies: atOnce<'companies'>(writeCompanies), estates: atOnce<'estates'>(writeEstates), practitioners: atOnce<'practitioners'>(writePractitioners), units: unitsInParts };

const joined = (phones: readonly string[] | null | undefined): string | null => (phones && phones.length > 0 ? phones.join('、') : null);
/** Drops what the row does not set. */
const only = <T extends object>(set: ReadonlySet<string>, pairs: { readonly [field: string]: Partial<T> }): Partial<T> =>
  Object.assign({}, ...Object.entries(pairs).filter(([field]) => set.has(field)).map(([, part]) => part)) as Partial<T>;

function writeCompanies(tx: Tx, plans: readonly CompanyPlan[], options: BulkOptions): Promise<Applied> {
  return bulkWriteCompanies(tx, plans.map(({ state, values, set }): Write<'Company', CompanyFields> => ({
    id: idOf(state),
    set: only<CompanyFields>(set, {
      name: { name: values.name ?? '' }, creditCode: { creditCode: values.creditCode ?? null }, legalRepresentative: { legalPerson: values.legalRepresentative ?? null },
      phones: { phone: joined(values.phones) }, registeredOn: { registeredOn: values.registeredOn ?? null }, address: { address: values.address ?? null },
      estateCount: { claimedEstates: values.estateCount ?? null }, staffCount: { claimedStaff: values.staffCount ?? null },
      registeredCapitalFen: { registeredCapitalFen: values.registeredCapitalFen ?? null }, contactName: { contactName: values.contactName ?? null }, remark: { note: values.remark ?? null },
    }),
  })), options);
}

const CONTRACT = ['company', 'contractFrom', 'contractUntil', 'feeFen', 'feeBasis'];
const COMMITTEE = ['committee', 'committeeSince', 'committeeUntil', 'committeeHead', 'committeePhones', 'committeeMembers'];

async function writeEstates(tx: Tx, plans: readonly EstatePlan[], options: BulkOptions): Promise<Applied> {
  const written = await bulkWriteEstates(tx, plans.map((plan): Write<'Estate', EstateFields> => ({ id: idOf(plan.state), set: estateFields(plan) })), options);
  const committees = plans.flatMap((plan, at) => {
    const estateId = written.ids[at];
    return estateId === undefined || !COMMITTEE.some((field) => plan.set.has(field)) ? [] : [committeeOf(estateId, plan)];
  });
  await bulkWriteCommittees(tx, committees, options);
  return written;
}

function estateFields({ state, values, set, townshipId, neighbourhoodId, company, managementKind, contractEndsOn }: EstatePlan): Partial<EstateFields> {
  const companyId = company?.is === 'known' ? company.company.id : state?.companyId ?? null;
  return {
    ...only<EstateFields>(set, {
      name: { name: values.name ?? '', townshipId: makeId<'OrgUnit'>(townshipId) },
      neighbourhood: { neighbourhoodId: neighbourhoodId === null ? null : makeId<'OrgUnit'>(neighbourhoodId) },
      alias: { aliases: aliasesOf(values) }, address: { address: values.address ?? null }, developer: { developerName: values.developer ?? null },
      deliveredOn: { deliveredOn: values.deliveredOn ?? null }, totalAreaCm2: { totalCm2: values.totalAreaCm2 ?? null }, deliveredAreaCm2: { deliveredCm2: values.deliveredAreaCm2 ?? null },
      unitCount: { totalUnits: values.unitCount ?? null }, occupiedCount: { occupiedUnits: values.occupiedCount ?? null }, buildingCount: { buildingCount: values.buildingCount ?? null },
      liftCount: { liftCount: values.liftCount ?? null }, parkingCount: { parkingCount: values.parkingCount ?? null }, chargingCount: { chargingCount: values.chargingCount ?? null },
      managementKind: managementKind === null ? {} : { managementKind }, managerName: { managerName: values.managerName ?? null }, managerPhones: { managerPhone: joined(values.managerPhones) },
      feeFen: { feeFenPerM2Month: values.feeFen ?? null }, feeBasis: { feeBasis: values.feeBasis ?? null },
      collectionRateBp: { collectionRateBp: typeof values.collectionRateBp === 'number' ? basisPoints(values.collectionRateBp) : null },
      contractFrom: { contractFrom: values.contractFrom ?? null }, contractUntil: { contractUntil: values.contractUntil ?? null }, remark: { note: values.remark ?? null },
    }),
    ...(contractEndsOn === null ? {} : { contractEndsOn }),
    ...(companyId !== null && contractEndsOn === null && CONTRACT.some((field) => set.has(field)) ? { companyId: makeId<'Company'>(companyId) } : {}),
  };
}

function committeeOf(estateId: Id<'Estate'>, { state, values, set }: EstatePlan): CommitteeWrite {
  return {
    estateId,
    ...only<CommitteeWrite>(set, {
      committee: { status: values.committee }, committeeSince: { sinceOn: values.committeeSince }, committeeUntil: { untilOn: values.committeeUntil },
      committeeHead: { chairName: values.committeeHead, chairPhone: joined(values.committeePhones) },
      committeePhones: { chairName: values.committeeHead ?? state?.committee?.headName, chairPhone: joined(values.committeePhones) },
      committeeMembers: { claimedMembers: values.committeeMembers },
    }),
  };
}

function writePractitioners(tx: Tx, plans: readonly PractitionerPlan[], options: BulkOptions): Promise<Applied> {
  return bulkWritePractitioners(tx, plans.map(({ state, values, set, companyId, managesId }): Write<'Practitioner', PractitionerFields> => ({
    id: idOf(state),
    set: {
      ...only<PractitionerFields>(set, {
        name: { name: values.name ?? '' }, idNumber: { idNumber: values.idNumber ?? null }, phones: { phone: joined(values.phones) },
        company: { companyId: companyId === null ? null : makeId<'Company'>(companyId) },
        post: { post: values.post ? postOf(values.post) : 'other', postText: values.postText ?? null },
        hiredOn: { hiredOn: values.hiredOn ?? null }, certificate: { certificate: values.certificate ?? null }, remark: { note: values.remark ?? null },
      }),
      ...(managesId === null ? {} : { managesEstateId: makeId<'Estate'>(managesId) }),
    },
  })), options);
}

const HOLDERS = ['ownerName', 'ownerIdNumber', 'ownerPhones', 'coOwners', 'share', 'registeredOn'];

/** Units outnumber all else: they are written part by part, each decided while PostgreSQL takes the one before. */
function unitsInParts(tx: Tx, options: BulkOptions): PlanWriter<'units', OpenRows> {
  const writer = new UnitWriter(tx, options);
  return { open: (plans) => writer.open(plans.map(unitOf)), write: (opened) => writer.write(opened), finish: () => writer.recount() };
}

function unitOf(plan: UnitPlan): UnitWrite {
  const { state, values, set, estateId, number, areaSource } = plan;
  return {
    id: idOf<'Unit'>(state), estateId: makeId<'Estate'>(estateId),
    set: {
      ...number,
      ...only<UnitFields>(set, {
        use: values.use ? { usage: usageOf(values.use) } : {}, deliveredOn: { deliveredOn: values.deliveredOn ?? null }, remark: { note: values.remark ?? null },
        areaCm2: values.areaCm2 ? { areaCm2: values.areaCm2, areaSource } : {},
      }),
      ...(HOLDERS.some((field) => set.has(field)) ? { holders: holdersOf(plan), heldFrom: plan.heldFrom, startsOn: plan.startsOn } : {}),
    },
  };
}

/** The owner as the row tells it (else as we have it), then the co-owners; those of a former owner do not stay. */
function holdersOf({ state, values, isNewOwner }: UnitPlan): HolderFields[] {
  const name = values.ownerName ?? state?.owner?.name;
  if (!name) return [];
  const others = values.coOwners ?? (isNewOwner ? [] : state?.coOwners.map((other) => other.name) ?? []);
  return [{ name, idNumber: values.ownerIdNumber, phone: joined(values.ownerPhones), share: values.share }, ...others.map((other) => coHolderOf(values, other))];
}

function coHolderOf({ coHolders }: UnitPlan['values'], name: string): HolderFields {
  const told = coHolders?.find((one) => normaliseName(one.name) === normaliseName(name));
  return told === undefined ? { name } : { name, idNumber: told.idNumber, phone: joined(told.phones), share: told.share };
}

function idOf<Kind extends string>(state: { readonly id: string } | null): Id<Kind> | null {
  return state === null ? null : makeId<Kind>(state.id);
}
