import { addMonths } from '#domain/kernel/local-date.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { estateKey } from '#modules/registry/names.ts';
import { dayBetween } from '../made-up.ts';
import { placeOf, type EstateNameRow, type EstateRow, type LineageRow, type Making } from './rows.ts';

/** 演示小区的其他名称: about one in six was renamed, has a nickname, or holds another named place. */
export function planEstateNames({ random, newId, today }: Making, estates: readonly EstateRow[]): EstateNameRow[] {
  return estates.flatMap((estate) => {
    const kind = random.weighted({ none: 84, former: 7, alias: 6, place: 3 });
    if (kind === 'none') return [];
    const stem = estate.name.slice(0, 2);
    const name = kind === 'former' ? `${random.pick(['老', '原'])}${stem}${random.pick(['小区', '宿舍', '新村'])}` : kind === 'alias' ? `${stem}${random.pick(['大院', '院子', '老楼'])}` : `${stem}${random.pick(['商住楼', '公寓楼', '东区', '西区'])}`;
    const untilOn = kind === 'former' ? dayBetween(random, localDate('2015-01-01'), addMonths(today, -3)) : null;
    return [{ id: newId<'EstateName'>(), ...placeOf(estate), name, matchKey: estateKey(name), kind, sinceOn: null, untilOn }];
  });
}

/** 演示小区的分立: two estates that were one. */
export function planLineage({ random, newId }: Making, estates: readonly EstateRow[]): LineageRow[] {
  const phased = estates.filter(({ managementKind, phase }) => managementKind === 'company' && phase === null);
  const [from, to] = random.shuffled(phased.filter((estate) => phased.some((other) => other.townshipId === estate.townshipId && other.id !== estate.id)));
  if (!from || !to) return [];
  return [{ id: newId(), countyId: from.countyId, fromId: from.id, toId: to.id, kind: 'split', onDate: localDate('2023-09-01'), basis: '安和住建〔2023〕41号' }];
}
