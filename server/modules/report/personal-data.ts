import { limits } from '#domain/privacy/limits.ts';
import { textScan, type TextPlace } from '#platform/personal/find-texts.ts';
import type { PersonalData } from '#platform/personal/person.ts';

const record = { county: 't.county_id', erases: null, until: limits.record.until, keeps: [limits.record] };
/** 上报的表: the numbers of people in it are masked, names stand as the form asked for them. */
const places: readonly TextPlace[] = [
  { kind: 'report.sending', table: 'report.sending', id: 't.id', title: "t.title || ' ' || t.as_of_on", label: '已上报的表', purpose: '按上级要求上报', ...record },
  { kind: 'report.form', table: 'report.form', id: 't.id', title: 't.title', label: '上报表格的样式和标记', purpose: '按上级要求上报', ...record },
];

/** 上报表格中的个人信息: what people wrote into it stays by the limit named; where it stands is told. */
export const reportPersonalData: PersonalData = {
  tables: ['report.form', 'report.sending'],
  find: () => Promise.resolve([]),
  scans: places.map(textScan),
  erase: () => Promise.resolve([]),
};
