import { limits } from '#domain/privacy/limits.ts';
import { textScan, type TextPlace } from '#platform/personal/find-texts.ts';
import type { PersonalData } from '#platform/personal/person.ts';

const published = { county: 't.county_id', purpose: '政府信息公开', erases: null, until: limits.published.until, keeps: [limits.published] };
const ENDED = "t.status in ('published', 'withdrawn', 'expired', 'discarded')";
/** What is not published yet is changed or given up by whoever writes it; what is, is withdrawn first. */
const places: readonly TextPlace[] = [
  { kind: 'publication.draft', subject: 'Publication', table: 'publication.publication', id: 't.id', title: 't.title', only: `not ${ENDED}`, label: '还没有发布的稿件', ...published, until: limits.underWay.until, keeps: [limits.underWay] },
  { kind: 'publication.publication', table: 'publication.publication', id: 't.id', title: 't.title', only: ENDED, label: '公开事项', ...published },
  { kind: 'publication.step', table: 'publication.step', id: 't.id', title: 't.act', label: '公开事项的办理意见', ...published },
  { kind: 'publication.file', table: 'publication.publication_file', id: "t.publication_id || '/' || t.file_no", title: "''", label: '公开事项的附件', ...published },
];

/** 公开事项中的个人信息: what people wrote into it stays by the limit named; where it stands is told. */
export const publicationPersonalData: PersonalData = {
  tables: ['publication.publication', 'publication.publication_file', 'publication.step'],
  find: () => Promise.resolve([]),
  scans: places.map(textScan),
  erase: () => Promise.resolve([]),
};
