import type { AreaCm2 } from '#domain/kernel/brand.ts';
import { sumAreas } from '#domain/kernel/area.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { interpretation2020, type Source } from '#domain/kernel/rule.ts';
import { headFlags, type HeadFlag } from './head-flags.ts';

/** 权利人: one holder of a unit. `identityKey` and `phoneKey` are any stable keys (blind index); null when not on record. */
export interface Holder {
  readonly name: string;
  readonly isOrganisation: boolean;
  readonly identityKey: string | null;
  readonly phoneKey: string | null;
}

/**
 * 专有部分的归属: one unit of an estate. `holders` in the order of the register: the first stands for the unit.
 * `unsold` and `undelivered` units are the developer's, whoever is named; `delivered` is the usual case.
 */
export interface UnitHolding {
  readonly unitId: string;
  readonly area: AreaCm2;
  readonly standing: 'delivered' | 'unsold' | 'undelivered';
  readonly holders: readonly Holder[];
}

/** 认定方式: by what a head was told apart. */
export type HeadBasis = 'developer' | 'identity' | 'organisation' | 'name-phone' | 'name-only' | 'nobody';

/** 业主人数中的一人: one head with the units and the area behind it. */
export interface Head {
  readonly key: string;
  readonly basis: HeadBasis;
  readonly unitIds: readonly string[];
  readonly area: AreaCm2;
}

/** 业主人数: the heads of one estate, what is doubtful about them, and how they were counted. */
export interface HeadCount {
  readonly count: number;
  readonly area: AreaCm2;
  readonly heads: readonly Head[];
  readonly flags: readonly HeadFlag[];
  readonly explanation: string;
}

/** 业主人数的计算依据. */
export const headCountSource: readonly Source[] = [interpretation2020('第八条'), interpretation2020('第九条')];

/**
 * 业主人数: how many heads do the owners of one estate count?
 *
 * One unit is one head, its co-owners together; the same buyer's several units are one head; the developer's unsold and undelivered
 * units are one head in total. The same buyer is known by identity number, else an organisation by its normalised name, else a person by
 * name and phone (flagged). A bare name proves nothing: such units stay apart (flagged). A unit without a holder counts one (flagged).
 * The order of the units changes nothing; no unit may be given twice.
 *
 * @param developer the developer's name, or null when unknown; delivered units in its own name join its head
 */
export function countHeads(units: readonly UnitHolding[], developer: string | null): HeadCount {
  const groups = groupHeads(units, developer);
  const heads = [...groups].map(([key, group]) => head(key, group.basis, group.units)).sort((a, b) => compare(a.key, b.key));
  return {
    count: heads.length,
    area: sumAreas(units.map(({ area }) => area)),
    heads,
    flags: headFlags([...groups.entries()].map(([key, group]) => ({ key, ...group }))),
    explanation: explain(units, heads),
  };
}

/** 业主人数汇总: the numbers of `countHeads` without what explains them; `weak` heads rest on less than a number or an organisation's name. */
export function tallyHeads(units: readonly UnitHolding[], developer: string | null): { readonly count: number; readonly weak: number; readonly area: AreaCm2 } {
  const groups = [...groupHeads(units, developer).values()];
  return { count: groups.length, weak: groups.filter(({ basis }) => WEAK.has(basis)).length, area: sumAreas(units.map(({ area }) => area)) };
}

const WEAK: ReadonlySet<HeadBasis> = new Set(['name-phone', 'name-only', 'nobody']);

function groupHeads(units: readonly UnitHolding[], developer: string | null): Map<string, { basis: HeadBasis; units: UnitHolding[] }> {
  const developerKey = developer === null ? null : normaliseName(developer);
  const groups = new Map<string, { basis: HeadBasis; units: UnitHolding[] }>();
  for (const unit of units) {
    const { key, basis } = headOf(unit, developerKey);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { basis, units: [unit] });
    else group.units.push(unit);
  }
  return groups;
}

/** 单元的人数归属: the key of the head that one unit counts to, and by what it was told. Keys of one estate only are comparable. */
export function headOf(unit: UnitHolding, developerKey: string | null): { key: string; basis: HeadBasis } {
  const [holder] = unit.holders;
  if (unit.standing !== 'delivered') return { key: 'developer', basis: 'developer' };
  if (holder === undefined) return { key: `unit:${unit.unitId}`, basis: 'nobody' };
  const name = normaliseName(holder.name);
  if (developerKey !== null && name === developerKey) return { key: 'developer', basis: 'developer' };
  if (holder.identityKey !== null) return { key: `identity:${holder.identityKey}`, basis: 'identity' };
  if (name === '') return { key: `unit:${unit.unitId}`, basis: 'nobody' };
  if (holder.isOrganisation) return { key: `organisation:${name}`, basis: 'organisation' };
  if (holder.phoneKey !== null) return { key: `person:${JSON.stringify([name, holder.phoneKey])}`, basis: 'name-phone' };
  return { key: `unit:${unit.unitId}`, basis: 'name-only' };
}

function head(key: string, basis: HeadBasis, units: readonly UnitHolding[]): Head {
  return { key, basis, unitIds: units.map(({ unitId }) => unitId).sort(compare), area: sumAreas(units.map(({ area }) => area)) };
}

function explain(units: readonly UnitHolding[], heads: readonly Head[]): string {
  const several = heads.filter(({ basis, unitIds }) => basis !== 'developer' && unitIds.length > 1);
  const merged = several.reduce((total, { unitIds }) => total + unitIds.length, 0);
  const developer = heads.find(({ basis }) => basis === 'developer');
  const sentences = [
    `专有部分${units.length}个，计业主${heads.length}人（一个专有部分按一人计，共有人合计为一人）`,
    several.length > 0 && `同一买受人拥有多个专有部分的${several.length}人，名下${merged}个专有部分，各按一人计`,
    developer !== undefined && `建设单位尚未出售、已售未交付及自有的${developer.unitIds.length}个专有部分，合计按一人计`,
  ];
  return `${sentences.filter((sentence) => sentence !== false).join('；')}。`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
