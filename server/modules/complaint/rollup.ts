import { sql } from 'kysely';
import { localDate, makeId } from '#domain/kernel/brand.ts';
import { addDays, addMonths, monthOf } from '#domain/kernel/local-date.ts';
import type { Measure } from '#domain/complaint/statistics.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Asked } from './conditions.ts';
import type { Office } from './office.ts';

const NOBODY = makeId<'OrgUnit'>('00000000-0000-0000-0000-000000000000');

/** 可见的汇总: the lines of the scope; a department's are those of the files it takes part in. */
export function visibleSums(db: Db, { scope }: Pick<Ctx, 'scope'>, office: Office) {
  const lines = within(scope, db.selectFrom('complaint.rollup as r'), { alias: 'r', only: ['county', 'township', 'neighbourhood', 'company'] });
  return office.seesOnlyParts ? lines.where('r.handId', '=', office.body?.id ?? NOBODY) : lines.where('r.handId', 'is', null);
}

/** 各项在汇总里的列. */
const columns: Readonly<Record<Measure, string>> = {
  received: 'r.received', returned: 'r.returned', closed: 'r.closed', answered: 'r.answered', answerOnTime: 'r.answer_on_time', answerLate: 'r.answer_late', answerDue: 'r.answer_on_time + r.answer_late',
  contactOnTime: 'r.contact_on_time', contactLate: 'r.contact_late', contactDue: 'r.contact_on_time + r.contact_late', reopened: 'r.reopened', relapsed: 'r.relapsed', rated: 'r.rated', content: 'r.content',
};
/** What the sums are told apart by; anything else asked of the list, and they cannot say how many. */
const told = new Set(['measure', 'receivedFrom', 'receivedTo', 'group', 'category', 'townshipId', 'neighbourhoodId', 'estateId', 'servingId', 'lacks', 'after', 'limit', 'longOpenDays', 'closedDays']);

/** 汇总里的件数 of a list that was opened from a number of the statistics: the same number, at the same price. Null where the list was narrowed by what the sums do not tell apart. */
export async function sumBehind(db: Db, ctx: Pick<Ctx, 'scope'>, office: Office, asked: Asked): Promise<number | null> {
  const { measure, receivedFrom: from, receivedTo: to, group, category, townshipId, neighbourhoodId, estateId, servingId, lacks } = asked;
  if (measure === undefined || from === undefined || to === undefined || from > to || !areWholeMonths(from, to)) return null;
  if (Object.entries(asked).some(([name, value]) => value !== undefined && value !== '' && !told.has(name))) return null;
  const found = await visibleSums(db, ctx, office).where('r.monthOn', '>=', localDate(from)).where('r.monthOn', '<=', localDate(to))
    .$if(group !== undefined, (some) => some.where(sql<boolean>`left(r.category_code, 1) = ${group}`)).$if(category !== undefined, (some) => some.where(sql<boolean>`r.category_code = ${category}`))
    .$if(townshipId !== undefined, (some) => some.where(sql<boolean>`r.township_id = ${townshipId}::uuid`)).$if(neighbourhoodId !== undefined, (some) => some.where(sql<boolean>`r.neighbourhood_id = ${neighbourhoodId}::uuid`))
    .$if(estateId !== undefined, (some) => some.where(sql<boolean>`r.estate_id = ${estateId}::uuid`))
    .$if(servingId !== undefined, (some) => some.where(sql<boolean>`r.estate_id in (select s.id from registry.estate s where s.company_id = ${servingId}::uuid)`))
    .$if(lacks === 'township', (some) => some.where('r.townshipId', 'is', null)).$if(lacks === 'neighbourhood', (some) => some.where('r.neighbourhoodId', 'is', null)).$if(lacks === 'estate', (some) => some.where('r.estateId', 'is', null))
    .$if(lacks === 'company', (some) => some.where(sql<boolean>`not exists (select from registry.estate s where s.id = r.estate_id and s.company_id is not null)`))
    .select(sql<number>`coalesce(sum(${sql.raw(columns[measure])}), 0)::int`.as('n')).executeTakeFirstOrThrow();
  return found.n;
}

const areWholeMonths = (from: string, to: string): boolean => from.endsWith('-01') && addDays(addMonths(localDate(`${monthOf(localDate(to))}-01`), 1), -1) === to;
