import type { Output } from '#contract/define-route.ts';
import { CompanyDraft, type getCompany, type listCompanies } from '#contract/registry/company.ts';
import { PractitionerDraft, type getPractitioner, type listPractitioners } from '#contract/registry/practitioner.ts';
import { areaCm2, fen, type Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { companyCan, holds } from '../access.ts';
import type { AsOf } from '../as-of.ts';
import { maskedId, maskedPhone, open } from '../personal.ts';
import { assignmentsOf, companyNames, getCompany as loadCompany, servedBy, staffOf } from '../store/companies.ts';
import type { CompanyRecord, PractitionerRecord } from '../store/records.ts';
import { historyOf } from '#platform/audit/history.ts';

type Row = Output<typeof listCompanies>['rows'][number];
type Person = Output<typeof listPractitioners>['rows'][number];
const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((total, number) => total + (number ?? 0), 0);

/** 企业列表行, on a day. A company's phone is a work phone: shown to whoever may read the address book. */
export async function presentCompanies(db: Db, ctx: Ctx, rows: readonly CompanyRecord[], at: AsOf): Promise<Row[]> {
  const ids = rows.map((row) => row.id);
  const [served, staff] = await Promise.all([servedBy(db, ids, at), staffOf(db, ids)]);
  const [estates, posts] = [Map.groupBy(served, (row) => row.companyId), Map.groupBy(staff, (row) => row.companyId)];
  const phone = holds(ctx, 'registry.directory.read') ? open : maskedPhone;
  return rows.map((row) => ({
    id: row.id, name: row.name, shortName: row.shortName, creditCode: row.creditCode, creditCodeCheck: row.creditCodeCheck, legalPerson: row.legalPerson, phone: phone(ctx.kit.vault, row.phoneCipher), registeredOn: row.registeredOn,
    claimedEstates: row.claimedEstates, estateCount: estates.get(row.id)?.length ?? 0, practitionerCount: sum((posts.get(row.id) ?? []).map((line) => line.count)), status: row.status, isDemo: row.isDemo, archivedAt: row.archivedAt, version: row.version, can: companyCan(ctx, row),
  }));
}

const WARNINGS: Readonly<Record<CompanyRecord['creditCodeCheck'], string | null>> = {
  ok: null, missing: '未填统一社会信用代码，请尽快补上', malformed: '统一社会信用代码格式不对（应为18位），已保存，请对照营业执照核对', 'check-digit': '统一社会信用代码校验位不符，已按原样保存，请对照营业执照核对',
};

/** 企业详情, on a day. */
export async function presentCompany(db: Db, ctx: Ctx, id: Id<'Company'>, at: AsOf): Promise<Output<typeof getCompany>> {
  const row = await loadCompany(db, ctx.scope, id);
  const [[shown], served, staff, history, merged] = await Promise.all([
    presentCompanies(db, ctx, [row], at), servedBy(db, [id], at), staffOf(db, [id]), historyOf(db, 'Company', id, CompanyDraft), companyNames(db, [row.mergedIntoId]),
  ]);
  if (!shown) throw new Error('one row in, one row out');
  const warning = WARNINGS[row.creditCodeCheck];
  return {
    ...shown, address: row.address, note: row.note, claimedStaff: row.claimedStaff, registeredCapitalFen: row.registeredCapitalFen === null ? null : fen(row.registeredCapitalFen), contactName: row.contactName, formerNames: row.formerNames,
    mergedInto: row.mergedIntoId ? { id: row.mergedIntoId, name: merged.get(row.mergedIntoId) ?? '' } : null, on: at.on,
    estates: served.map(({ id: estateId, name, township, totalUnits, startsOn, endsOn }) => ({ id: estateId, name, township, totalUnits, startsOn, endsOn })),
    practitionersByPost: staff.map(({ post, count }) => ({ post, count })), totalCm2: areaCm2(sum(served.map((line) => line.totalCm2))), totalUnits: sum(served.map((line) => line.totalUnits)),
    history, warnings: warning ? [warning] : [],
  };
}

/** 人员列表行(脱敏). Heads and estate managers are found by phone: theirs is shown to whoever may read the address book. */
export async function presentPractitioners(db: Db, ctx: Ctx, rows: readonly PractitionerRecord[]): Promise<Person[]> {
  const names = await companyNames(db, rows.map((row) => row.companyId));
  const directory = holds(ctx, 'registry.directory.read');
  return rows.map((row) => ({
    id: row.id, name: row.name, company: row.companyId ? { id: row.companyId, name: names.get(row.companyId) ?? '' } : null, post: row.post,
    phone: directory && (row.post === 'head' || row.post === 'estate-manager') ? open(ctx.kit.vault, row.phoneCipher) : maskedPhone(ctx.kit.vault, row.phoneCipher), idNumber: maskedId(ctx.kit.vault, row.idCipher),
    hiredOn: row.hiredOn, leftOn: row.leftOn, certificate: row.certificate, isDemo: row.isDemo, archivedAt: row.archivedAt, version: row.version,
    can: { ...companyCan(ctx, row), reveal: holds(ctx, 'registry.owner.reveal') || '您的岗位不能查看完整号码' },
  }));
}

/** 人员详情(脱敏). */
export async function presentPractitioner(db: Db, ctx: Ctx, row: PractitionerRecord, warnings: readonly string[] = []): Promise<Output<typeof getPractitioner>> {
  const [[shown], managed, history, into] = await Promise.all([presentPractitioners(db, ctx, [row]), assignmentsOf(db, row.id), historyOf(db, 'Practitioner', row.id, PractitionerDraft),
    row.mergedIntoId === null ? undefined : db.selectFrom('registry.practitioner').select(['id', 'name']).where('id', '=', row.mergedIntoId).executeTakeFirst(),
  ]);
  if (!shown) throw new Error('one row in, one row out');
  return { ...shown, estates: managed.map((line) => ({ estate: { id: line.estateId, name: line.name }, validFrom: line.validFrom, validTo: line.validTo })), mergedInto: into ?? null, history, warnings: [...warnings] };
}
