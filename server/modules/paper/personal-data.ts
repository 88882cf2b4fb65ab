import { limits } from '#domain/privacy/limits.ts';
import { textScan, type TextPlace } from '#platform/personal/find-texts.ts';
import type { PersonalData } from '#platform/personal/person.ts';

const record = { county: 't.county_id', erases: null, until: limits.record.until, keeps: [limits.record] };
/** 拟稿 may still be changed by whoever drafts it; an issued paper is on file. */
const places: readonly TextPlace[] = [
  { kind: 'paper.draft', subject: 'Paper', table: 'paper.paper', id: 't.id', title: 't.title', only: "t.status = 'draft'", label: '拟稿中的文书', purpose: '拟写文书', ...record, until: limits.underWay.until, keeps: [limits.underWay] },
  { kind: 'paper.paper', table: 'paper.paper', id: 't.id', title: 't.title', only: "t.status <> 'draft'", label: '文书', purpose: '办理公文', ...record },
  { kind: 'paper.code', table: 'paper.issuer_code', id: 't.id', title: 't.code', label: '机关代字的依据', purpose: '办理公文', ...record },
];

/** 文书中的个人信息: what people wrote into it stays by the limit named; where it stands is told. */
export const paperPersonalData: PersonalData = {
  tables: ['paper.paper', 'paper.issuer_code'],
  find: () => Promise.resolve([]),
  scans: places.map(textScan),
  erase: () => Promise.resolve([]),
};
