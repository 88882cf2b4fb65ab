import { limits } from '#domain/privacy/limits.ts';
import { textScan, type TextPlace } from '#platform/personal/find-texts.ts';
import type { PersonalData } from '#platform/personal/person.ts';

const record = { county: 't.county_id', erases: null, until: limits.record.until, keeps: [limits.record] };
const places: readonly TextPlace[] = [
  { kind: 'handover.hand-over', table: 'handover.hand_over', id: 't.id', title: 't.planned_on', label: '工作交接', purpose: '交接岗位和名下事项', ...record },
  { kind: 'handover.line', table: 'handover.line', id: "t.hand_over_id || '/' || t.item_no", title: "''", label: '交接清单的一项', purpose: '交接岗位和名下事项', ...record },
];

/** 工作交接中的个人信息: what people wrote into it stays by the limit named; where it stands is told. */
export const handoverPersonalData: PersonalData = {
  tables: ['handover.hand_over', 'handover.line'],
  find: () => Promise.resolve([]),
  scans: places.map(textScan),
  erase: () => Promise.resolve([]),
};
