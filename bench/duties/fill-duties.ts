import type { Client } from 'pg';
import { publishedHolidays } from '#domain/kernel/holidays.ts';
import { addDays, todayIn } from '#domain/kernel/local-date.ts';
import { workingCalendar, workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { answerDays } from '#domain/complaint/policy.ts';
import { systemClock } from '#platform/clock.ts';

/** The duty that is filled in: an ordinary complaint's answer, which warns at 70 % of its working days and says when they are over. */
const DUTY = 'complaint.answer';
const PERCENT = 70;

/**
 * 填入时限: so many open duties of the officer's township, whose next rung is due: half of them their warning, half of them that they are overdue; each with its log, as
 * `recordFact` and earlier ticks would have left them.
 */
export async function fillOpen(owner: Client, count: number): Promise<void> {
  const [warned, overdue] = openedDays();
  await fill(owner, { count: Math.floor(count / 2), openedOn: warned, state: 'open' });
  const began = await fill(owner, { count: Math.ceil(count / 2), openedOn: overdue, state: 'open' });
  await owner.query(`insert into obligation.rung (obligation_id, rung, county_id, planned_at, climbed_at) select id, 'warn-${PERCENT}', county_id, created_at, created_at from obligation.obligation where created_at = $1`, [began]);
}

/** 已办结的历史: duties that ended long ago. */
export async function fillEnded(owner: Client, count: number): Promise<void> {
  await fill(owner, { count, openedOn: addDays(todayIn(systemClock.now()), -400), state: 'discharged' });
}

/** Two days of receipt: one from which the share of the warning is passed and the last day is not, one whose last day is over and the next rung not yet reached. */
function openedDays(): readonly [string, string] {
  const calendar = workingCalendar(publishedHolidays);
  const today = todayIn(systemClock.now());
  const days = answerDays.ordinary.versions[0]?.value ?? 5;
  const after = (on: typeof today, count: number) => workingDaysAfter(calendar, on, count).on;
  const earlier = Array.from({ length: 40 }, (_, at) => addDays(today, -at - 1));
  const warned = earlier.find((on) => after(on, Math.floor(days * PERCENT / 100) + 1) <= today && after(on, days) >= today);
  const overdue = earlier.find((on) => after(on, days) < today && after(on, days + 5) >= today);
  if (warned === undefined || overdue === undefined) throw new Error('no day of receipt fits');
  return [warned, overdue];
}

/** @returns the moment that marks these rows */
async function fill(owner: Client, { count, openedOn, state }: { count: number; openedOn: string; state: 'open' | 'discharged' }): Promise<Date> {
  const { rows } = await owner.query<{ began: Date }>('select clock_timestamp() as began');
  const began = rows[0]?.began ?? new Date();
  await owner.query('begin');
  await owner.query('set local synchronous_commit = off');
  await owner.query(`create temp table filling on commit drop as
    select uuidv7() as id, n, t.county_id, t.id as township_id from generate_series(1, $1::int) n
     cross join (select o.county_id, o.id from platform.org_unit o join platform.user_grant g on g.scope_id = o.id join platform.app_user u on u.id = g.user_id where u.login = 'bench-officer') t`, [count]);
  await owner.query(
    `insert into obligation.obligation (id, county_id, township_id, duty_id, subject_kind, subject_id, opened_key, title, path, holder_kind, holder_org_id, holder_name, holders, facts, state, opened_on, due_on, ends_at, warn_at,
            is_provisional, is_extended, ended_on, is_late, next_at, created_at, updated_at)
     select id, county_id, township_id, $1, 'Complaint', id::text, 'complaint.received:' || id, '投诉件' || n, '/complaints/' || id, 'handler', township_id, '测算镇', jsonb_build_object('handler', jsonb_build_object('orgUnitId', township_id)),
            '{"pace":"ordinary","isAboutCommittee":false,"isIntervened":false,"isJoint":false,"isEmergency":false,"isRebound":false,"isCalledBackElsewhere":false,"isPetition":false,"originDueOn":null}',
            $2, $3::date, $3::date + 7, $3::date + 8, $3::date + 5, false, false, case when $2 = 'discharged' then $3::date + 3 end, false, case when $2 = 'open' then $4::timestamptz - interval '1 minute' end, $4, $4 from filling`,
    [DUTY, state, openedOn, began]);
  // What ended is asked about by nobody here: its log would only take time to write.
  if (state === 'open') await owner.query(
    `insert into obligation.entry (id, county_id, obligation_id, kind, event, key, acted_at, acted_on, holder_kind, holder_org_id, holder_name, by_name, recorded_at)
     select uuidv7(), county_id, id, 'opened', 'complaint.received', id::text, $1::date + time '02:00', $1::date, 'handler', township_id, '测算镇', '测算员', $2 from filling`, [openedOn, began]);
  await owner.query('commit');
  return began;
}
