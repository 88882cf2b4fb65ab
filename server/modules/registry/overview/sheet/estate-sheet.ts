import type { Input } from '#contract/define-route.ts';
import type { getEstateSheet as route } from '#contract/registry/sheet.ts';
import { areaSourceLabels, committeeKindLabels, committeeStatusLabels, contractKindLabels, estateNameKindLabels, feeBasisLabels, managementKindLabels, memberPostLabels } from '#contract/registry/words.ts';
import { estateStage, estateStages } from '#domain/registry/estate-stage.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { holds } from '../../access.ts';
import { asOf, type AsOf } from '../../as-of.ts';
import { membersAt } from '#modules/committee/index.ts';
import { maskedPhone, open } from '../../personal.ts';
import { headsOf, type EstateHeads } from '../../recount.ts';
import { namesOf } from '../../store/estate-history.ts';
import { factsOf, getEstate, isPast, type EstateFacts } from '../../store/estates.ts';
import type { EstateRecord } from '../../store/records.ts';
import { visibleContacts } from '../../store/visible.ts';
import { areaWords, asOfNotes, dayWords, fact, feeWords, numberWords, periodWords, phoneFact, rateWords, section, sheetOf, UNKNOWN, type Fact, type Section, type Sheet } from './words.ts';

/** 小区一页纸: all that is known of one estate on a day. */
export function getEstateSheet(ctx: Ctx, { params, query }: Input<typeof route>): Promise<Sheet> {
  const at = asOf(query, ctx.today);
  return ctx.read(async (db) => {
    const row = await getEstate(db, ctx.scope, params.estateId);
    const facts = await factsOf(db, [row], at);
    const committee = facts.committees.get(row.id);
    const [names, grid, heads, members] = await Promise.all([namesOf(db, row.id), gridMembers(db, ctx, row), headsOf(db, [row.id], at), committee ? membersAt(db, committee.committeeId, at) : []]);
    const phone = (sealed: string | null) => (holds(ctx, 'registry.directory.read') ? open : maskedPhone)(ctx.kit.vault, sealed);
    const privately = (sealed: string | null) => (ctx.scope.level === 'company' || ctx.scope.level === 'estate' ? maskedPhone(ctx.kit.vault, sealed) : phone(sealed));
    return sheetOf({
      title: `${row.name}一页纸`, subtitle: [facts.names.get(row.townshipId), row.neighbourhoodId && facts.names.get(row.neighbourhoodId), row.address].filter(Boolean).join(' '), at,
      sections: [
        section('基本情况', basics(row, facts, names, at)), section('物业服务', service(row, facts, at, phone)), committeeSection(row, facts, at, { members: members.map((one) => ({ ...one, phone: privately(one.phoneCipher) })), chairPhone: privately(committee?.chairPhoneCipher ?? null) }),
        section('房屋与业主', counted(heads.get(row.id))), section('设施', [fact('电梯', numberWords(row.liftCount, '部')), fact('车位', numberWords(row.parkingCount, '个')), fact('充电设施', numberWords(row.chargingCount, '个')), fact('消防设施', row.fireSystem)]),
        section('联系', [...grid.map((one) => phoneFact(`网格员 ${one.name}`, phone(one.phoneCipher))), ...(row.gridMember || grid.length === 0 ? [fact('网格员', row.gridMember)] : [])]),
        section('投诉、隐患与资金', [fact('近12个月投诉', null), fact('未整改隐患', null), fact('维修资金余额', null), fact('历史遗留问题', row.note)]),
      ],
      notes: [...notesOf(heads.get(row.id)), ...asOfNotes(at, ctx.today)],
    });
  });
}

function basics(row: EstateRecord, { names: places }: EstateFacts, names: Awaited<ReturnType<typeof namesOf>>, { on }: AsOf): Fact[] {
  return [
    fact('乡镇街道', places.get(row.townshipId) ?? null), fact('社区', row.neighbourhoodId ? places.get(row.neighbourhoodId) ?? null : null), fact('管理方式', managementKindLabels[row.managementKind]), fact('交付时间', `${dayWords(row.deliveredOn)}（${estateStages[estateStage(row, on)].label}）`),
    fact('总户数', numberWords(row.totalUnits, '户')), fact('入住户数', numberWords(row.occupiedUnits, '户')), fact('楼栋数', numberWords(row.buildingCount, '栋')), fact('总建筑面积', areaWords(row.totalCm2)), fact('已交付面积', areaWords(row.deliveredCm2)), fact('建设单位', row.developerName),
    fact('其他名称', names.map((one) => `${one.name}（${estateNameKindLabels[one.kind]}）`).join('、')),
  ];
}

function service(row: EstateRecord, { contracts, managers, names }: EstateFacts, at: AsOf, phone: (sealed: string | null) => string | null): Fact[] {
  const contract = contracts.get(row.id);
  const manager = managers.get(row.id);
  return [
    fact('物业服务企业', contract ? names.get(contract.companyId) ?? null : row.managementKind === 'company' || row.managementKind === 'unknown' ? null : `无（${managementKindLabels[row.managementKind]}）`),
    fact('项目经理', manager?.name ?? row.managerName), phoneFact('项目经理电话', phone(manager ? manager.phoneCipher : row.managerPhoneCipher)),
    fact('合同', contract ? contractKindLabels[contract.kind] : null), fact('合同期限', contract ? `${periodWords(contract.startsOn, contract.endsOn)}${isPast(contract.endsOn, at.on) ? '（已到期）' : ''}` : null),
    fact('物业费', feeWords(row.feeFenPerM2Month)), fact('收费方式', row.feeBasis ? feeBasisLabels[row.feeBasis] : null), fact('收缴率', rateWords(row.collectionRateBp)),
  ];
}

interface People { readonly members: readonly { name: string; post: keyof typeof memberPostLabels; phone: string | null }[]; readonly chairPhone: string | null }

function committeeSection(row: EstateRecord, { committees }: EstateFacts, at: AsOf, { members, chairPhone }: People): Section {
  const committee = committees.get(row.id);
  if (!committee) return section('业主组织', [fact('业委会', '无')]);
  return section('业主组织', [
    fact('名称', committee.name), fact('种类', committeeKindLabels[committee.kind]), fact('状态', `${committeeStatusLabels[committee.status]}${isPast(committee.untilOn, at.on) ? '（届满未换届）' : ''}`), fact('任期', periodWords(committee.sinceOn, committee.untilOn)), fact('备案', dayWords(committee.filedOn)),
    fact('主任', committee.chairName), phoneFact('主任电话', chairPhone),
  ], members.length > 1 ? { columns: ['职务', '姓名', '电话'], rows: members.map((one) => [memberPostLabels[one.post], one.name, one.phone ?? UNKNOWN]) } : null);
}

function counted(heads: EstateHeads | undefined): Fact[] {
  const isRecorded = heads !== undefined && heads.unitCount > 0;
  return [
    fact('房屋名册', isRecorded ? `${heads.unitCount}户` : null), fact('专有部分面积', isRecorded ? areaWords(heads.count.area) : null), fact('业主人数', isRecorded ? `${heads.count.count}人` : null),
    fact('面积依据', isRecorded ? heads.bySource.map((one) => `${areaSourceLabels[isSource(one.areaSource) ? one.areaSource : 'unknown']}${one.count}户`).join('、') : null),
  ];
}

const isSource = (text: string): text is keyof typeof areaSourceLabels => text in areaSourceLabels;
const notesOf = (heads: EstateHeads | undefined): string[] => (heads !== undefined && heads.unitCount > 0 ? [`业主人数口径：${heads.count.explanation}`] : []);

/** 网格员 of the estate, else of its neighbourhood. */
async function gridMembers(db: Db, ctx: Ctx, row: EstateRecord) {
  const found = await visibleContacts(db, ctx.scope).select(['t.name', 't.phoneCipher', 't.estateId']).where('t.kind', '=', 'grid-member').where('t.archivedAt', 'is', null)
    .where((eb) => eb.or([eb('t.estateId', '=', row.id), ...(row.neighbourhoodId ? [eb.and([eb('t.estateId', 'is', null), eb('t.neighbourhoodId', '=', row.neighbourhoodId)])] : [])])).orderBy('t.sortNo').orderBy('t.id').limit(10).execute();
  const own = found.filter((one) => one.estateId === row.id);
  return own.length > 0 ? own : found;
}
