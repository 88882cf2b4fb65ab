import { limits } from '#domain/privacy/limits.ts';
import { textScan, type TextPlace } from '#platform/personal/find-texts.ts';
import type { PersonalData } from '#platform/personal/person.ts';

const record = { county: 't.county_id', erases: null, until: limits.record.until, keeps: [limits.record] };
const places: readonly TextPlace[] = [{ kind: 'target.reading', table: 'target.reading', id: 't.id', title: "t.metric || ' ' || t.as_of_on", label: '已上报的组建率', purpose: '上报并固定数字', ...record }];

/** 固定的读数中的个人信息: what people wrote into it stays by the limit named; where it stands is told. */
export const targetPersonalData: PersonalData = {
  tables: ['target.reading'],
  find: () => Promise.resolve([]),
  scans: places.map(textScan),
  erase: () => Promise.resolve([]),
};
