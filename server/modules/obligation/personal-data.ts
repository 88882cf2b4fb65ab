import { limits } from '#domain/privacy/limits.ts';
import { textScan, type TextPlace } from '#platform/personal/find-texts.ts';
import type { PersonalData } from '#platform/personal/person.ts';

const record = { county: 't.county_id', erases: null, until: limits.record.until, keeps: [limits.record] };
const places: readonly TextPlace[] = [
  { kind: 'obligation.obligation', table: 'obligation.obligation', id: 't.id', title: 't.title', label: '时限义务', purpose: '办理期限和责任单位', ...record },
  { kind: 'obligation.entry', table: 'obligation.entry', id: 't.id', title: "''", label: '时限记录', purpose: '说明期限由谁、因何变动', ...record },
];

/** 时限义务中的个人信息: who handled it and what was given as a reason stays by the limit named; where it stands is told. */
export const obligationPersonalData: PersonalData = {
  tables: ['obligation.obligation', 'obligation.entry'],
  find: () => Promise.resolve([]),
  scans: places.map(textScan),
  erase: () => Promise.resolve([]),
};
