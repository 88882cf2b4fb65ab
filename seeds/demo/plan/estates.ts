import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import { localDate, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { areaCm2, basisPoints, fen } from '#domain/kernel/brand.ts';
import { estateKey } from '#modules/registry/names.ts';
import { dayBetween, personName } from '../made-up.ts';
import type { Random } from '../random.ts';
import type { Places } from './places.ts';
import type { CompanyRow, EstateRow, Making } from './rows.ts';

const COUNT = 180;
/** Aim for the sum of all estates' units. */
const UNITS = 90_000;
const EMPTY = 9;

type Kind = EstateRow['managementKind'];
/** How estates are managed, old or new; half have no company. */
const kinds: Readonly<Record<Kind, number>> = { company: 94, self: 18, 'work-unit': 12, neighbourhood: 20, quasi: 14, unmanaged: 19, unknown: 3 };
const NEW_NAMES = ['青禾', '望舒', '听澜', '沐云', '疏影', '锦瑟', '半山', '鹿鸣', '清欢', '云起', '星屿', '桐荫', '月白', '松风', '竹里', '花间', '晴川', '远山', '南乔', '知春', '拾光', '枕河', '映雪', '朝露', '蓝湾', '金桂', '银杏', '丹枫', '海棠', '紫薇', '香樟', '白鹭'];
const NEW_FORMS = ['花园', '苑', '府', '家园', '华庭', '名邸', '公馆', '雅居', '城', '里', '新城', '湾'];
const OLD_NAMES = ['粮站', '农机厂', '供销社', '二轻局', '水泥厂', '纺织厂', '缫丝厂', '食品厂', '运输队', '搬运站', '邮电局', '药材公司', '轴承厂', '县剧团', '化肥厂', '印刷厂', '盐业公司', '木器厂', '酒厂', '石油公司', '五金厂', '果品公司'];
const OLD_FORMS = ['家属院', '家属院', '宿舍', '宿舍区', '生活区', '职工楼'];
const LOCAL_FORMS = ['新村', '小区', '小区', '安置小区', '公寓', '住宅小区', '佳苑'];
const STREETS = ['书院路', '长堤路', '兴文路', '望湖路', '人民路', '建设路', '创业大道', '梅园街', '渔埠街', '解放街', '环城东路', '环城西路', '东风路', '迎宾路'];

/** 演示小区: 180 of every management kind; skewed sizes; every township has at least three; a realistic share of gaps and contradictions. */
export function planEstates(making: Making, places: Places, companies: readonly CompanyRow[]): EstateRow[] {
  const { random } = making;
  const homes = townshipsOf(random, places);
  const order = random.shuffled(Object.entries(kinds).flatMap(([kind, count]) => Array.from({ length: count }, () => kind)));
  const drafts = order.map((kind, at) => ({ kind: kindOf(kind), township: homes[at] ?? homes[0] ?? places.countyId }));
  const raw = drafts.map(({ kind, township }) => sizeOf(random, kind) * (places.townships.find(({ id }) => id === township)?.estateSize ?? 1));
  const factor = UNITS / raw.reduce((total, size) => total + size, 0);
  const used = new Set<string>();
  const estates = drafts.map(({ kind, township }, at) => estateOf(making, { places, kind, township, units: Math.max(16, Math.round((raw[at] ?? 0) * factor)), used }));
  return gaps(making, withCompanies(random, emptySome(making, estates), companies));
}

/** Three for each township, the others by weight. */
function townshipsOf(random: Random, { townships }: Places): Id<'OrgUnit'>[] {
  const weights = Object.fromEntries(townships.map((township) => [township.id, township.weight]));
  const least = townships.flatMap(({ id }) => [id, id, id]);
  const byId = new Map(townships.map(({ id }) => [String(id), id]));
  const rest = Array.from({ length: COUNT - least.length }, () => byId.get(random.weighted(weights)) ?? least[0]).filter((id) => id !== undefined);
  return random.shuffled([...least, ...rest]);
}

function kindOf(text: string): Kind {
  const known: readonly Kind[] = ['company', 'self', 'work-unit', 'neighbourhood', 'quasi', 'unmanaged', 'unknown'];
  const found = known.find((kind) => kind === text);
  if (!found) throw new RangeError(text);
  return found;
}

/** Log-normal: most are middling, a few are large; old yards without a company are small. */
function sizeOf(random: Random, kind: Kind): number {
  const middle = kind === 'company' ? 520 : kind === 'self' || kind === 'quasi' ? 210 : 110;
  return Math.min(3_600, Math.max(18, middle * Math.exp(0.72 * random.normal())));
}

interface Draft { readonly places: Places; readonly kind: Kind; readonly township: Id<'OrgUnit'>; readonly units: number; readonly used: Set<string> }

function estateOf(making: Making, { places, kind, township, units, used }: Draft): EstateRow {
  const { random, newId, today } = making;
  const isOld = kind === 'work-unit' || (kind !== 'company' && kind !== 'quasi' && kind !== 'unknown' && random.chance(0.6));
  const hall = places.neighbourhoodsOf(township).length > 0 ? random.pick(places.neighbourhoodsOf(township)) : null;
  const phase = kind === 'company' && random.chance(0.12) ? random.pick(['一期', '二期', '三期']) : null;
  const name = nameFor(random, { isOld, hall: hall?.name ?? '', taken: (text) => used.has(`${township}/${estateKey(text, phase)}`) });
  used.add(`${township}/${estateKey(name, phase)}`);
  const deliveredOn = isOld ? dayBetween(random, localDate('1982-06-01'), localDate('2003-12-31')) : dayBetween(random, localDate('2004-01-01'), addDays(today, -400));
  const area = areaCm2(units * random.whole(isOld ? 5_800 : 9_400, isOld ? 8_400 : 12_600) * 100);
  const fee = feeOf(random, kind);
  return {
    id: newId(), countyId: places.countyId, townshipId: township, neighbourhoodId: hall?.id ?? null, companyId: null,
    name, matchKey: estateKey(name, phase), phase, address: `${places.townships.find(({ id }) => id === township)?.name ?? ''}${random.pick(STREETS)}${random.whole(1, 399)}号`,
    managementKind: kind, deliveredOn: random.chance(isOld ? 0.6 : 0.97) ? deliveredOn : null,
    totalCm2: random.chance(isOld ? 0.85 : 0.99) ? area : null, deliveredCm2: random.chance(0.8) ? area : null,
    totalUnits: units, occupiedUnits: Math.round(units * (isOld ? 0.55 + 0.4 * random.next() : 0.6 + 0.38 * random.next())),
    buildingCount: Math.max(1, Math.round(units / (isOld ? 28 : 62))),
    developerName: isOld ? null : `安和${random.pick(['青山', '宏图', '嘉业', '万里', '新元', '和光'])}房地产开发有限公司`, managerName: null,
    feeFenPerM2Month: fee, feeBasis: fee === null ? null : random.chance(0.88) ? 'lump-sum' : random.chance(0.75) ? 'commission' : null,
    collectionRateBp: fee === null ? null : basisPoints(Math.min(9_990, Math.max(3_100, Math.round(7_800 + 1_150 * random.normal())))),
    liftCount: isOld ? 0 : Math.round(units / random.whole(38, 90)), parkingCount: Math.round(units * (isOld ? 0.1 : 0.4 + 0.7 * random.next())),
    chargingCount: isOld ? random.whole(0, 12) : Math.round(units * 0.12 * random.next()),
    fireSystem: isOld ? random.pick(['灭火器', '灭火器、室外消火栓', '无']) : random.pick(['室内消火栓、自动喷淋、火灾报警', '室内消火栓、火灾报警', '室内消火栓、灭火器']),
    gridMember: null, note: null, isDemo: true,
  };
}

function nameFor(random: Random, { isOld, hall, taken }: { isOld: boolean; hall: string; taken: (name: string) => boolean }): string {
  const draw = () => {
    if (isOld) return random.pick(OLD_NAMES) + random.pick(OLD_FORMS);
    return random.chance(0.22) ? hall.replace(/(社区|村)$/, '') + random.pick(LOCAL_FORMS) : random.pick(NEW_NAMES) + random.pick(NEW_FORMS);
  };
  let name = draw();
  while (taken(name)) name = draw();
  return name;
}

function feeOf(random: Random, kind: Kind): EstateRow['feeFenPerM2Month'] {
  if (kind === 'company') return random.chance(0.95) ? fen(5 * random.whole(14, 52)) : null;
  if (kind === 'quasi' || kind === 'self') return random.chance(0.6) ? fen(5 * random.whole(4, 14)) : null;
  return null;
}

/** Nine estates nobody lives in yet: five delivered, four still to be. */
function emptySome({ random, today }: Making, estates: readonly EstateRow[]): EstateRow[] {
  const chosen = random.shuffled(estates.filter(({ managementKind }) => managementKind === 'company')).slice(0, EMPTY).map(({ id }) => id);
  return estates.map((estate) => {
    const at = chosen.indexOf(estate.id);
    if (at < 0) return estate;
    const deliveredOn: LocalDate = at < 5 ? addDays(today, -20 - 9 * at) : addMonths(today, 3 + at);
    return { ...estate, occupiedUnits: 0, deliveredOn, deliveredCm2: at < 5 ? estate.totalCm2 ?? null : areaCm2(0), collectionRateBp: null };
  });
}

/** Companies differ in size: the first few look after many estates, the last none. Half of the 准物业 have one too. */
function withCompanies(random: Random, estates: readonly EstateRow[], companies: readonly CompanyRow[]): EstateRow[] {
  const active = companies.filter(({ status }) => status === 'active').slice(0, 54);
  const weights = Object.fromEntries(active.map(({ id }, at) => [id, 1 / (at + 3)]));
  const byId = new Map(active.map(({ id }) => [String(id), id]));
  return estates.map((estate) => {
    const hasOne = estate.managementKind === 'company' || (estate.managementKind === 'quasi' && random.chance(0.5));
    return hasOne ? { ...estate, companyId: byId.get(random.weighted(weights)) ?? null } : estate;
  });
}

/** What a real ledger lacks or contradicts: no total, no company, a company where none should be, more delivered than built. */
function gaps({ random }: Making, estates: readonly EstateRow[]): EstateRow[] {
  const rows = random.shuffled(estates.map((_, at) => at));
  const pickOf = (count: number, fits: (estate: EstateRow) => boolean) => new Set(rows.filter((at) => { const row = estates[at]; return row !== undefined && fits(row); }).slice(0, count));
  const noTotal = pickOf(4, ({ managementKind }) => managementKind === 'unmanaged');
  const noCompany = pickOf(3, ({ managementKind, occupiedUnits }) => managementKind === 'company' && (occupiedUnits ?? 0) > 0);
  const strange = pickOf(2, ({ managementKind }) => managementKind === 'self');
  const tooMuch = pickOf(2, ({ totalCm2, managementKind }) => totalCm2 !== null && managementKind === 'neighbourhood');
  const other = estates.find(({ companyId }) => companyId !== null)?.companyId ?? null;
  return estates.map((estate, at) => ({
    ...estate,
    ...(noTotal.has(at) ? { totalUnits: null, occupiedUnits: null } : {}),
    ...(noCompany.has(at) ? { companyId: null } : {}),
    ...(strange.has(at) ? { companyId: other } : {}),
    ...(tooMuch.has(at) ? { deliveredCm2: areaCm2(Math.round((estate.totalCm2 ?? 0) * 1.1)) } : {}),
    note: random.chance(0.05) ? random.pick(['历史遗留，图纸不全', '与相邻小区共用出入口', '2023年完成老旧小区改造', '正在加装电梯']) : null,
    managerName: estate.companyId === null && random.chance(0.05) ? personName(random) : null,
  }));
}
