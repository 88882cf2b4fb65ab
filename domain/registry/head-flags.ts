import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { HeadBasis, UnitHolding } from './heads.ts';

/** 人数存疑的种类. */
export type HeadFlagKind = 'weak-identity' | 'no-holder' | 'one-number-several-names' | 'same-name-elsewhere' | 'co-owners-reordered';

/** 人数存疑: why a count may be off, in Chinese, and the units behind it. */
export interface HeadFlag {
  readonly kind: HeadFlagKind;
  readonly message: string;
  readonly unitIds: readonly string[];
}

interface Group {
  readonly key: string;
  readonly basis: HeadBasis;
  readonly units: readonly UnitHolding[];
}

/** 人数存疑清单: what is doubtful in a count, one flag per head, in stable order. */
export function headFlags(groups: readonly Group[]): HeadFlag[] {
  const byName = groupsByName(groups);
  return groups
    .flatMap((group) => [weakIdentity(group), noHolder(group), severalNames(group), sameNameElsewhere(group, byName)])
    .concat(coOwnersReordered(groups))
    .filter((flag) => flag !== undefined)
    .sort((a, b) => (JSON.stringify([a.kind, a.unitIds]) < JSON.stringify([b.kind, b.unitIds]) ? -1 : 1));
}

function weakIdentity({ basis, units }: Group): HeadFlag | undefined {
  if (basis === 'name-phone') return flag('weak-identity', '无证件号码，仅凭姓名和电话认定为同一人，请补证件号码', units);
  if (basis === 'name-only') return flag('weak-identity', '只有姓名，无法判断与他户是否同一人，暂单独计一人，请补证件号码或电话', units);
  return undefined;
}

function noHolder({ basis, units }: Group): HeadFlag | undefined {
  return basis === 'nobody' ? flag('no-holder', '未登记产权人，暂单独计一人，请补产权人', units) : undefined;
}

function severalNames({ basis, units }: Group): HeadFlag | undefined {
  if (basis !== 'identity') return undefined;
  const names = new Set(units.flatMap(({ holders: [holder] }) => (holder === undefined ? [] : [normaliseName(holder.name)])));
  return names.size > 1 ? flag('one-number-several-names', `同一证件号码对应${names.size}个姓名，已按一人计，请核对`, units) : undefined;
}

/** A head without a number bears the name of a head with one: perhaps one person counted twice. */
function sameNameElsewhere(group: Group, byName: ReadonlyMap<string, readonly Group[]>): HeadFlag | undefined {
  const isNumberless = group.basis === 'organisation' || group.basis === 'name-phone' || group.basis === 'name-only';
  const namesakes = isNumberless ? byName.get(nameOf(group.units[0])) ?? [] : [];
  const isShared = namesakes.some((other) => other.key !== group.key);
  return isShared ? flag('same-name-elsewhere', '本小区另有同名权利人，可能为同一人，已分别计算，请补证件号码后核对', group.units) : undefined;
}

/** The same co-owners hold several homes, but another of them is named first: counted as two heads, perhaps by the order of writing alone. */
function coOwnersReordered(groups: readonly Group[]): HeadFlag[] {
  const shared = groups.flatMap(({ key, basis, units }) => (basis === 'developer' ? [] : units.filter(({ holders }) => holders.length > 1).map((unit) => ({ head: key, unit, owners: unit.holders.map(identityOf).toSorted().join('\n') }))));
  return [...Map.groupBy(shared, ({ owners }) => owners).values()]
    .filter((of) => new Set(of.map(({ head }) => head)).size > 1)
    .map((of) => flag('co-owners-reordered', '这几户由相同的人共有，排在首位的人不同，已分别计算，请核对是否应按一人计', of.map(({ unit }) => unit)));
}

const identityOf = ({ name, isOrganisation, identityKey, phoneKey }: UnitHolding['holders'][number]): string => identityKey ?? JSON.stringify([normaliseName(name), isOrganisation ? null : phoneKey]);

function groupsByName(groups: readonly Group[]): Map<string, Group[]> {
  const byName = new Map<string, Group[]>();
  for (const group of groups) {
    for (const name of new Set(group.units.map(nameOf))) {
      const namesakes = byName.get(name);
      if (namesakes === undefined) byName.set(name, [group]);
      else namesakes.push(group);
    }
  }
  return byName;
}

function nameOf(unit: UnitHolding | undefined): string {
  return normaliseName(unit?.holders[0]?.name ?? '');
}

function flag(kind: HeadFlagKind, message: string, units: readonly UnitHolding[]): HeadFlag {
  return { kind, message, unitIds: units.map(({ unitId }) => unitId).sort() };
}
