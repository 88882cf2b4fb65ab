import { sql, type RawBuilder } from 'kysely';
import type { Measure } from '#domain/complaint/statistics.ts';

/** 统计项的条件 on the file `c`: exactly those files that the sums count; a file that went into another counts with that one. */
const conditions: Readonly<Record<Measure, RawBuilder<boolean>>> = {
  received: sql<boolean>`true`, returned: sql<boolean>`c.status = 'returned'`, closed: sql<boolean>`c.status = 'closed'`, answered: sql<boolean>`c.replied_at is not null`,
  answerOnTime: sql<boolean>`c.answer_timing = 'on-time'`, answerLate: sql<boolean>`c.answer_timing = 'late'`, answerDue: sql<boolean>`c.answer_timing is not null`,
  contactOnTime: sql<boolean>`c.contact_timing = 'on-time'`, contactLate: sql<boolean>`c.contact_timing = 'late'`, contactDue: sql<boolean>`c.contact_timing is not null`,
  reopened: sql<boolean>`c.reopen_count > 0`, relapsed: sql<boolean>`c.relapse_no > 0`, rated: sql<boolean>`c.satisfaction <> 'unreached'`, content: sql<boolean>`c.satisfaction in ('satisfied', 'fair')`,
};

/** Of what went back to the hotline. */
const countsReturned: ReadonlySet<Measure> = new Set(['received', 'returned']);
/** 计入某项统计的件. */
export const isMeasured = (measure: Measure): RawBuilder<boolean> => sql<boolean>`(c.status ${countsReturned.has(measure) ? sql`<> 'merged'` : sql`not in ('merged', 'returned')`} and ${conditions[measure]})`;

/** 服务企业 of the file's estate, as it is today. */
export const isServedBy = (companyId: string): RawBuilder<boolean> => sql<boolean>`exists (select from registry.estate s where s.id = c.estate_id and s.company_id = ${companyId}::uuid)`;

/** 没有登记 what the statistics are told apart by. */
export const isWithout: Readonly<Record<'township' | 'neighbourhood' | 'estate' | 'company', RawBuilder<boolean>>> = {
  township: sql<boolean>`c.township_id is null`,
  neighbourhood: sql<boolean>`c.neighbourhood_id is null`, estate: sql<boolean>`c.estate_id is null`, company: sql<boolean>`not exists (select from registry.estate s where s.id = c.estate_id and s.company_id is not null)`,
};
