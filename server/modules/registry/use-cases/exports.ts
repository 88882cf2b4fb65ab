import type { Input, Output } from '#contract/define-route.ts';
import type { exportCompanies as companiesRoute } from '#contract/registry/company.ts';
import type { exportEstates as estatesRoute } from '#contract/registry/estate.ts';
import type { exportPractitioners as practitionersRoute } from '#contract/registry/practitioner.ts';
import type { exportUnits as unitsRoute } from '#contract/registry/unit.ts';
import { areaSourceLabels, feeBasisLabels, managementKindLabels, postLabels, usageLabels } from '#contract/registry/words.ts';
import type { Ctx } from '#platform/context.ts';
import { area, column, count, day, exportList, money, percent, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { asOf } from '../as-of.ts';
import { open } from '../personal.ts';
import { companyNames, managedBy, pageCompanies, pagePractitioners, servedBy, staffOf } from '../store/companies.ts';
import { factsOf, pageEstates, type EstateFacts } from '../store/estates.ts';
import { orgNames } from '../store/org-units.ts';
import { cursorOf } from '../store/page.ts';
import { pageUnits } from '../store/units.ts';
import type { EstateRecord } from '../store/records.ts';
import { withProblem } from './list-estates.ts';

type File = Output<typeof estatesRoute>;
const PAGE = 2_000;

/** All pages of what is filtered, one after the other. */
async function every<T extends { readonly id: string; readonly name: string }>(page: (after: string | undefined) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | undefined; ;) {
    const rows = await page(after);
    const shown = rows.slice(0, PAGE);
    all.push(...shown);
    const last = shown.at(-1);
    if (rows.length <= PAGE || !last) return all;
    after = cursorOf(last);
  }
}

interface EstateLine { readonly row: EstateRecord; readonly facts: EstateFacts; readonly aliases: string; readonly managerPhone: string | null; readonly chairPhone: string | null }

const estateColumns: readonly ExportColumn<EstateLine>[] = [
  column('乡镇（街道）', 'text', ({ row, facts }) => text(facts.names.get(row.townshipId))), column('社区', 'text', ({ row, facts }) => text(row.neighbourhoodId && facts.names.get(row.neighbourhoodId))),
  column('小区名称', 'text', ({ row }) => text(row.name)), column('别名', 'text', ({ aliases }) => text(aliases)), column('地址', 'text', ({ row }) => text(row.address)), column('建设单位', 'text', ({ row }) => text(row.developerName)),
  column('交付时间', 'date', ({ row }) => day(row.deliveredOn)), column('总建筑面积', 'area', ({ row }) => area(row.totalCm2)), column('已交付面积', 'area', ({ row }) => area(row.deliveredCm2)),
  column('总户数', 'count', ({ row }) => count(row.totalUnits)), column('入住户数', 'count', ({ row }) => count(row.occupiedUnits)), column('楼栋数', 'count', ({ row }) => count(row.buildingCount)),
  column('电梯数', 'count', ({ row }) => count(row.liftCount)), column('车位数', 'count', ({ row }) => count(row.parkingCount)), column('充电桩数', 'count', ({ row }) => count(row.chargingCount)),
  column('管理方式', 'text', ({ row }) => (row.managementKind === 'unknown' ? null : text(managementKindLabels[row.managementKind]))),
  column('物业服务企业', 'text', ({ row, facts }) => { const id = facts.contracts.get(row.id)?.companyId; return text(id && facts.names.get(id)); }),
  column('项目经理', 'text', ({ row }) => text(row.managerName)), column('项目经理电话', 'text', ({ managerPhone }) => text(managerPhone)),
  column('物业费标准', 'money', ({ row }) => money(row.feeFenPerM2Month)), column('收费方式', 'text', ({ row }) => text(row.feeBasis && feeBasisLabels[row.feeBasis])), column('收缴率', 'percent', ({ row }) => percent(row.collectionRateBp)),
  column('合同起始日期', 'date', ({ row, facts }) => day(facts.contracts.get(row.id)?.startsOn)), column('合同到期日期', 'date', ({ row, facts }) => day(facts.contracts.get(row.id)?.endsOn)),
  column('是否成立业委会', 'text', ({ row, facts }) => text({ established: '是', preparing: '筹备中', dissolved: '否' }[facts.committees.get(row.id)?.status ?? 'dissolved'])),
  column('业委会成立时间', 'date', ({ row, facts }) => day(facts.committees.get(row.id)?.sinceOn)), column('业委会届满时间', 'date', ({ row, facts }) => day(facts.committees.get(row.id)?.untilOn)),
  column('业委会主任', 'text', ({ row, facts }) => text(facts.committees.get(row.id)?.chairName)), column('业委会主任电话', 'text', ({ chairPhone }) => text(chairPhone)), column('备注', 'text', ({ row }) => text(row.note)),
];

/** 导出小区台账: exactly what is filtered, in the words of the ledger, so that importing it again changes nothing. */
export function exportEstates(ctx: Ctx, { query }: Input<typeof estatesRoute>): Promise<File> {
  const at = asOf(query, ctx.today);
  return exportList(ctx, {
    ...at, title: '住宅小区台账', kind: 'estate', columns: estateColumns, query,
    rows: async (db) => {
      const only = await withProblem(db, ctx, query, at);
      const rows = await every(async (after) => (await pageEstates(db, ctx.scope, { ...query, after, limit: PAGE }, at, only)).rows);
      const facts = await factsOf(db, rows, at);
      const names = rows.length === 0 ? [] : await db.selectFrom('registry.estateName').select(['estateId', 'name']).where('estateId', 'in', rows.map((row) => row.id)).orderBy('id').execute();
      const aliases = Map.groupBy(names, (row) => row.estateId);
      return rows.map((row): EstateLine => ({ row, facts, aliases: (aliases.get(row.id) ?? []).map((one) => one.name).join('、'), managerPhone: open(ctx.kit.vault, row.managerPhoneCipher), chairPhone: open(ctx.kit.vault, facts.committees.get(row.id)?.chairPhoneCipher ?? null) }));
    },
  });
}

/** 导出企业台账. */
export function exportCompanies(ctx: Ctx, { query }: Input<typeof companiesRoute>): Promise<File> {
  const at = asOf(query, ctx.today);
  type Line = Awaited<ReturnType<typeof pageCompanies>>['rows'][number] & { readonly phone: string | null; readonly served: number; readonly staff: number };
  const columns: readonly ExportColumn<Line>[] = [
    column('企业名称', 'text', (row) => text(row.name)), column('统一社会信用代码', 'text', (row) => text(row.creditCode)), column('法定代表人', 'text', (row) => text(row.legalPerson)), column('联系电话', 'text', (row) => text(row.phone)),
    column('注册时间', 'date', (row) => day(row.registeredOn)), column('地址', 'text', (row) => text(row.address)), column('在管项目数', 'count', (row) => count(row.claimedEstates)), column('从业人数', 'count', (row) => count(row.claimedStaff)),
    column('注册资本（元）', 'money', (row) => money(row.registeredCapitalFen)), column('联系人', 'text', (row) => text(row.contactName)), column('备注', 'text', (row) => text(row.note)),
    column('合同在册小区', 'count', (row) => count(row.served)), column('人员在册', 'count', (row) => count(row.staff)),
  ];
  return exportList(ctx, {
    ...at, title: '物业服务企业台账', kind: 'company', columns, query,
    rows: async (db) => {
      const rows = await every(async (after) => (await pageCompanies(db, ctx.scope, { ...query, after, limit: PAGE })).rows);
      const ids = rows.map((row) => row.id);
      const [served, staff] = [Map.groupBy(await servedBy(db, ids, at), (row) => row.companyId), Map.groupBy(await staffOf(db, ids), (row) => row.companyId)];
      return rows.map((row) => ({ ...row, phone: open(ctx.kit.vault, row.phoneCipher), served: served.get(row.id)?.length ?? 0, staff: (staff.get(row.id) ?? []).reduce((sum, one) => sum + one.count, 0) }));
    },
  });
}

/** 导出从业人员名册: identity numbers stay at home; a blank cell keeps what is on record when it is imported again. */
export function exportPractitioners(ctx: Ctx, { query }: Input<typeof practitionersRoute>): Promise<File> {
  const at = asOf(query, ctx.today);
  type Line = Awaited<ReturnType<typeof pagePractitioners>>['rows'][number] & { readonly phone: string | null; readonly company: string | undefined; readonly estate: string | undefined };
  const columns: readonly ExportColumn<Line>[] = [
    column('姓名', 'text', (row) => text(row.name)), column('手机号', 'text', (row) => text(row.phone)), column('所属企业', 'text', (row) => text(row.company)), column('岗位', 'text', (row) => text(row.postText ?? postLabels[row.post])),
    column('服务小区', 'text', (row) => text(row.estate)), column('入职日期', 'date', (row) => day(row.hiredOn)), column('持证情况', 'text', (row) => text(row.certificate)), column('备注', 'text', (row) => text(row.note)),
  ];
  return exportList(ctx, {
    ...at, title: '物业服务从业人员名册', kind: 'practitioner', columns, query,
    rows: async (db) => {
      const rows = await every(async (after) => (await pagePractitioners(db, ctx.scope, { ...query, after, limit: PAGE })).rows);
      const names = await companyNames(db, rows.map((row) => row.companyId));
      const managed = Map.groupBy(await managedBy(db, rows.map((row) => row.id), at), (row) => row.practitionerId);
      return rows.map((row) => ({ ...row, phone: open(ctx.kit.vault, row.phoneCipher), company: row.companyId ? names.get(row.companyId) : undefined, estate: managed.get(row.id)?.[0]?.name }));
    },
  });
}

/** 导出房屋业主名册, on a day. Holders by name; numbers are looked at one by one, with a reason, and are not in the file. */
export function exportUnits(ctx: Ctx, { query }: Input<typeof unitsRoute>): Promise<File> {
  const at = asOf(query, ctx.today);
  type Line = Awaited<ReturnType<typeof pageUnits>>['rows'][number] & { readonly township: string | undefined };
  const columns: readonly ExportColumn<Line>[] = [
    column('乡镇（街道）', 'text', (row) => text(row.township)), column('小区', 'text', (row) => text(row.estateName)), column('楼栋', 'text', (row) => text(row.building)), column('单元', 'text', (row) => text(row.entrance)), column('房号', 'text', (row) => text(row.room)), column('用途', 'text', (row) => text(usageLabels[row.usage])),
    column('建筑面积', 'area', (row) => area(row.areaCm2)), column('产权人', 'text', (row) => text(row.holders[0]?.name)), column('共有人', 'text', (row) => text(row.holders.slice(1).map((line) => line.name).join('、'))), column('登记依据', 'text', (row) => (row.areaSource === null || row.areaSource === 'unknown' ? null : text(areaSourceLabels[row.areaSource]))), column('交付日期', 'date', (row) => day(row.deliveredOn)),
  ];
  return exportList(ctx, {
    ...at, title: '房屋及业主名册', kind: 'unit', columns, query,
    rows: async (db) => {
      const rows = await every(async (after) => (await pageUnits(db, ctx.scope, { ...query, after, limit: PAGE }, { ...at, withHolders: true })).rows);
      const townships = await orgNames(db, rows.map((row) => row.townshipId));
      return rows.map((row) => ({ ...row, township: townships.get(row.townshipId) }));
    },
  });
}
