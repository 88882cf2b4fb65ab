import { localDate } from '#domain/kernel/brand.ts';
import type { EstateFact, Facts } from './facts.ts';

/** 一个小区 for tests: lived in, with a company, nothing else known. */
export function estateOf(id: string, more: Partial<EstateFact> = {}): EstateFact {
  return {
    id, name: `小区${id}`, townshipId: 't1', township: '城关街道', neighbourhood: null, address: null, isUrban: true, stage: 'occupied', managementKind: 'company', management: '物业服务企业', company: { id: 'c1', name: '甲物业' }, contractEndsOn: null, deliveredOn: null,
    units: 100, occupiedUnits: 90, areaCm2: 1_000_000_000, buildings: null, lifts: null, parking: null, charging: null, formation: { standing: 'none', inDenominator: true, inNumerator: false, isExpired: false, reason: '' }, committeeName: null, chair: null, termEndsOn: null, manager: null, managerPhone: null, ...more,
  };
}

/** 一天的情况 for tests. */
export function factsOf(estates: readonly EstateFact[], more: Partial<Facts> = {}): Facts {
  return {
    on: localDate('2026-10-31'), estates, companies: [{ id: 'c1', name: '甲物业', creditCode: null, legalPerson: null, registeredOn: null, address: null, estateIds: estates.filter(({ company }) => company?.id === 'c1').map(({ id }) => id) }],
    practitioners: [{ id: 'p1', name: '张三', post: 'estate-manager', company: '甲物业' }, { id: 'p2', name: '李四', post: 'order', company: '甲物业' }],
    townships: [{ id: 't1', name: '城关街道', isUrban: true }, { id: 't2', name: '云岭镇', isUrban: false }], formationText: '已成立÷已入住', readOn: localDate('2026-10-31'), ...more,
  };
}
