import type { Input } from '#contract/define-route.ts';
import type { getTownshipSheet as route } from '#contract/registry/sheet.ts';
import { committeeStatusLabels, managementKindLabels } from '#contract/registry/words.ts';
import { definitionText, formationDefinition, formationRate, formationRateText } from '#domain/committee/formation.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { estateStage } from '#domain/registry/estate-stage.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { overridesOf } from '#platform/parameters/read.ts';
import { committeesAt } from '#modules/committee/index.ts';
import { found, holds } from '../../access.ts';
import { asOf } from '../../as-of.ts';
import { maskedPhone, open } from '../../personal.ts';
import { factsOf, isPast, type EstateFacts } from '../../store/estates.ts';
import type { EstateRecord } from '../../store/records.ts';
import { visibleEstates } from '../../store/visible.ts';
import { areaWords, asOfNotes, dayWords, fact, numberWords, section, sheetOf, UNKNOWN, type Section, type Sheet } from './words.ts';

/** 一镇一表: all estates of a township on one sheet; the rate by the same definition as the cockpit's. */
export function getTownshipSheet(ctx: Ctx, { params, query }: Input<typeof route>): Promise<Sheet> {
  const at = asOf(query, ctx.today);
  return ctx.read(async (db) => {
    const township = await townshipOf(db, ctx.scope, params.townshipId);
    const estates = await visibleEstates(db, ctx.scope).selectAll('e').where('e.townshipId', '=', township.id).where('e.archivedAt', 'is', null).orderBy('e.id').execute();
    const [facts, committees, overrides] = await Promise.all([factsOf(db, estates, at), committeesAt(db, estates.map((row) => row.id), at), overridesOf(db, township.countyId)]);
    const byEstate = Map.groupBy(committees, (row) => row.estateId);
    const rate = formationRate(estates.map((row) => ({ estateId: row.id, isOccupied: estateStage(row, at.on) === 'occupied', committees: byEstate.get(row.id) ?? [] })), formationDefinition(overrides, at.on), at.on);
    const phone = (sealed: string | null) => (holds(ctx, 'registry.directory.read') ? open : maskedPhone)(ctx.kit.vault, sealed);
    const total = (pick: (row: EstateRecord) => number | null) => estates.reduce((sum, row) => sum + (pick(row) ?? 0), 0);
    const companies = new Set(estates.flatMap((row) => facts.contracts.get(row.id)?.companyId ?? []));
    return sheetOf({
      title: `${township.name}住宅小区一览`, subtitle: `${estates.length}个小区`, at,
      sections: [
        section('总况', [
          fact('小区数', `${estates.length}个`), fact('已入住小区', `${rate.occupied}个`), fact('总户数', numberWords(total((row) => row.totalUnits), '户')), fact('入住户数', numberWords(total((row) => row.occupiedUnits), '户')), fact('总建筑面积', areaWords(total((row) => row.totalCm2))),
          fact('管理方式', [...Map.groupBy(estates, (row) => row.managementKind)].map(([kind, of]) => `${managementKindLabels[kind]}${of.length}个`).join('、')), fact('物业服务企业', `${companies.size}家`),
          fact('业委会组建率', `${formationRateText(rate)}（${rate.withCommittee}/${rate.occupied}）`), fact('届满未换届', `${rate.expired}个`), fact('筹备中', `${rate.preparing}个`),
        ]),
        section('各小区', [], estates.length === 0 ? null : tableOf(estates, facts, at.on, phone)),
      ],
      notes: [`组建率口径：${definitionText(rate.definition, at.on)}`, ...(estates.some((row) => row.totalUnits === null || row.occupiedUnits === null || row.totalCm2 === null) ? ['户数、面积合计不含未登记的小区'] : []), ...asOfNotes(at, ctx.today)],
    });
  });
}

/** The whole of a township is shown to it and to the county; a neighbourhood, estate or company sees only parts of it and gets no such sheet. */
async function townshipOf(db: Db, { level, id }: Scope, townshipId: Id<'OrgUnit'>) {
  const row = await db.selectFrom('platform.orgUnit').select(['id', 'name', 'countyId']).where('id', '=', townshipId).where('kind', '=', 'township').executeTakeFirst();
  const isSeen = row !== undefined && (level === 'everything' || (level === 'county' && row.countyId === id) || (level === 'township' && row.id === id));
  return found(isSeen ? row : undefined, 'not-found');
}

function tableOf(estates: readonly EstateRecord[], facts: EstateFacts, on: Parameters<typeof isPast>[1], phone: (sealed: string | null) => string | null): Section['table'] {
  return {
    columns: ['小区', '社区', '户数', '企业或管理方式', '项目经理', '电话', '合同止', '业委会', '届满'],
    rows: estates.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')).map((row) => {
      const [contract, manager, committee] = [facts.contracts.get(row.id), facts.managers.get(row.id), facts.committees.get(row.id)];
      return [
        row.name, (row.neighbourhoodId && facts.names.get(row.neighbourhoodId)) ?? UNKNOWN, numberWords(row.totalUnits), contract ? facts.names.get(contract.companyId) ?? UNKNOWN : managementKindLabels[row.managementKind], manager?.name ?? row.managerName ?? UNKNOWN,
        phone(manager ? manager.phoneCipher : row.managerPhoneCipher) ?? UNKNOWN, contract ? `${dayWords(contract.endsOn)}${isPast(contract.endsOn, on) ? '（已到期）' : ''}` : UNKNOWN, committee ? `${committeeStatusLabels[committee.status]}${isPast(committee.untilOn, on) ? '（届满）' : ''}` : '无', committee ? dayWords(committee.untilOn) : '无',
      ];
    }),
  };
}
