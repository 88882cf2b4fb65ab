import { addDays, yearOf } from '#domain/kernel/local-date.ts';
import { isWorkingDay, workingCalendar, workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { publishedHolidays } from '#domain/kernel/holidays.ts';
import { parameterOn } from '#domain/kernel/parameter.ts';
import { categoryOf, isRebound, type CategoryCode } from '#domain/complaint/category.ts';
import { answerDays } from '#domain/complaint/policy.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { CopyRow } from '../copy.ts';
import type { DemoPlan } from '../plan.ts';
import { DEMO_SEED } from '../plan.ts';
import { seededRandom, type Random } from '../random.ts';
import { busiest, hallOf } from '../users.ts';
import { rowsOf, type Story, type StoryRows, type Told } from './complaint-story.ts';
import { saidCodes, saidOf } from './complaint-words.ts';
import type { BodyRow, EstateRow } from './rows.ts';

/** So many of the past year; those that are staged for the demo's accounts come on top. */
const MANY = 170;
const calendar = workingCalendar(publishedHolidays);

export interface DemoComplaints { readonly complaints: readonly CopyRow[]; readonly complainants: readonly (CopyRow & { readonly name: string; readonly phone: string })[]; readonly steps: readonly CopyRow[]; readonly participants: readonly CopyRow[]; readonly registers: readonly CopyRow[]; readonly told: readonly Told[] }

type Sketch = Omit<Story, 'serial' | 'on' | 'relapse'>;

/** 演示的投诉件: a year of complaints at the counters of the communities, most of them closed, some late, some come back; and for each body with an account some that are due today, this week, over their day, or waited for. */
export function planComplaints(plan: DemoPlan, { today }: { readonly today: LocalDate }): DemoComplaints {
  const { estates, places } = plan;
  const random = seededRandom(`${DEMO_SEED}/complaints`);
  const homes = estates.filter(({ neighbourhoodId, archivedAt }) => (neighbourhoodId ?? null) !== null && (archivedAt ?? null) === null);
  const bodies = new Map<string, BodyRow>(places.bodies.map((body) => [body.id, body]));
  const sketches = [...pastOf(random, homes, bodies), ...stagedOf(random, plan, homes, bodies, today), ...besideOf(plan, homes, bodies, today)].toSorted((a, b) => b.daysAgo - a.daysAgo);
  const serials = new Map<number, number>();
  const made: { readonly story: Story; readonly rows: StoryRows }[] = [];
  for (const sketch of sketches) {
    const on = addDays(today, -sketch.daysAgo);
    const serial = (serials.get(yearOf(on)) ?? 0) + 1;
    serials.set(yearOf(on), serial);
    const story = { ...sketch, on, serial, relapse: relapseOf(made, sketch, on) };
    made.push({ story, rows: rowsOf(random, story) });
  }
  return {
    complaints: made.map(({ rows }) => rows.row), complainants: made.map(({ rows }) => rows.complainant), steps: made.flatMap(({ rows }) => rows.steps), participants: made.flatMap(({ rows }) => rows.parts), told: made.flatMap(({ rows }) => rows.told),
    registers: [...serials].map(([year, lastSerial]) => ({ countyId: places.countyId, year, lastSerial })),
  };
}

/** What the year brought: kinds that come back are heard from the same few estates; one in ten takes longer than it may. */
function pastOf(random: Random, homes: readonly EstateRow[], bodies: ReadonlyMap<string, BodyRow>): Sketch[] {
  const weights = Object.fromEntries(saidCodes.map((code) => [code, saidOf(code).weight]));
  const hot = random.shuffled(homes).slice(0, 6);
  return Array.from({ length: MANY }, (_, at) => {
    const daysAgo = at < 10 ? random.whole(1, 6) : random.whole(7, 364);
    const code = saidCodes.find((each) => each === random.weighted(weights)) ?? 'A02';
    const estate = random.pick(isRebound(code) ? hot : homes);
    const days = categoryOf(code).pace === 'investigated' ? 14 : 5;
    const isClosed = daysAgo > 9 || (daysAgo > 4 && random.chance(0.5));
    const took = Math.min(daysAgo - 1, random.chance(0.1) ? days + random.whole(4, 12) : random.whole(1, days));
    const first = bodyOf(bodies, estate.neighbourhoodId);
    return { estate, code, daysAgo, first, handler: random.chance(0.5) ? first : leadOf(bodies, estate, code), stage: isClosed && took > 0 ? 'closed' : random.chance(0.35) ? 'accepted' : 'handling', took: Math.max(1, took) };
  });
}

/** What stands open for each body that has a demo account: an answer over its day, one due today, one this week, one later, one just taken in, and one that others have to answer. */
function stagedOf(random: Random, plan: DemoPlan, homes: readonly EstateRow[], bodies: ReadonlyMap<string, BodyRow>, today: LocalDate): Sketch[] {
  const named = (name: string) => { const found = [...bodies.values()].find((body) => body.name.endsWith(name)); if (found === undefined) throw new RangeError(`no ${name} in this county`); return found; };
  const halls = ['文澜街道', '宁川街道'].map((township) => named(hallOf(plan, township)));
  const [bureau, enforcers] = [named('住房和城乡建设局'), named('综合行政执法局')];
  const desks: readonly { readonly body: BodyRow; readonly codes: readonly CategoryCode[]; readonly area?: keyof EstateRow; readonly helper: BodyRow; readonly viaHall: boolean }[] = [
    { body: bureau, codes: ['A02', 'A03', 'C02'], helper: enforcers, viaHall: false }, { body: enforcers, codes: ['F01'], helper: bureau, viaHall: true },
    ...['文澜街道', '清棠镇', '宁川街道'].map((name) => ({ body: named(name), codes: ['A02', 'G01', 'A03'] as const, area: 'townshipId' as const, helper: bureau, viaHall: false })),
    ...halls.map((body) => ({ body, codes: ['A02', 'G01', 'G04'] as const, area: 'neighbourhoodId' as const, helper: enforcers, viaHall: false })),
  ];
  return desks.flatMap(({ body, codes, area, helper, viaHall }): Sketch[] => {
    const near = homes.filter((estate) => area === undefined || estate[area] === body.id);
    const one = (code: CategoryCode, daysAgo: number, stage: Story['stage'], more: Partial<Sketch> = {}): Sketch => { const estate = random.pick(near); return { estate, code, daysAgo, first: viaHall ? bodyOf(bodies, estate.neighbourhoodId) : body, handler: body, stage, took: 1, ...more }; };
    const code = (at: number): CategoryCode => codes[at % codes.length] ?? 'A02';
    const due = (dueOn: LocalDate, kind: CategoryCode) => daysAgoFor(today, dueOn, kind);
    const workingToday = isWorkingDay(calendar, today) ? today : workingDaysAfter(calendar, today, 1).on;
    return [
      one(code(0), due(addDays(today, -3), code(0)), 'handling'), one(code(1), due(workingToday, code(1)), 'handling'), one(code(2), due(workingDaysAfter(calendar, today, 2).on, code(2)), 'handling'), one('E05', 2, 'handling'), one(code(0), 1, viaHall ? 'assigned' : 'signed'),
      // Taken in here and passed on, or closed here and looked at again by the community: others have the next day.
      viaHall ? one('F01', 12, 'closed', { took: 5 }) : one(code(0), 3, 'handling', { handler: helper }),
    ];
  });
}

/** What waits for a company and for the conference's office: over its day, due today and later, and what came back too often; the company's all at the estate whose manager has an account. */
function besideOf(plan: DemoPlan, homes: readonly EstateRow[], bodies: ReadonlyMap<string, BodyRow>, today: LocalDate): Sketch[] {
  const home = busiest(plan, '文澜街道');
  const estate = (home.neighbourhoodId ?? null) === null ? homes.find(({ companyId }) => companyId === home.companyId) ?? homes[0] : home;
  const far = homes[homes.length - 1];
  if (estate === undefined || far === undefined) throw new RangeError('the demo county has no estates');
  const [at, there] = [bodyOf(bodies, estate.neighbourhoodId), bodyOf(bodies, far.neighbourhoodId)];
  const enforcement = [...bodies.values()].find(({ name }) => name.endsWith('综合行政执法局'));
  const ago = (days: number): number => { let daysAgo = 1; while (daysAgo < 30 && workingDaysAfter(calendar, addDays(today, -daysAgo), days).on > today) daysAgo += 1; return daysAgo; };
  const waits = [{ daysAgo: ago(5) }, { daysAgo: ago(3) }, { daysAgo: 1 }];
  return [
    ...waits.map(({ daysAgo }, no): Sketch => ({ estate, code: (['A02', 'A03', 'E01'] as const)[no] ?? 'A02', daysAgo, first: at, handler: at, stage: 'handling', took: 1 })),
    // The passage before one estate's gate was cleared twice within the days that count, and is blocked a third time: for the conference's agenda.
    ...([[75, 'closed'], [45, 'closed'], [6, 'handling']] as const).map(([daysAgo, stage]): Sketch => ({ estate: far, code: 'F05', daysAgo, first: there, handler: there, stage, took: 4 })),
    ...(enforcement === undefined ? [] : waits.map(({ daysAgo }): Sketch => ({ estate: far, code: 'B01', daysAgo, first: there, handler: enforcement, stage: 'handling', took: 1, isObjected: true }))),
  ];
}

/** How many days ago a complaint came whose answer is due on that day, or on the last day before it. */
function daysAgoFor(today: LocalDate, dueOn: LocalDate, code: CategoryCode): number {
  const isFit = (daysAgo: number) => { const on = addDays(today, -daysAgo); return workingDaysAfter(calendar, on, parameterOn(answerDays[categoryOf(code).pace], [], on).value).on <= dueOn; };
  let daysAgo = 1;
  while (daysAgo < 60 && !isFit(daysAgo)) daysAgo += 1;
  return daysAgo;
}

function bodyOf(bodies: ReadonlyMap<string, BodyRow>, id: Id<'OrgUnit'> | string | null | undefined): BodyRow {
  const found = bodies.get(String(id));
  if (found === undefined) throw new RangeError('an estate without a community');
  return found;
}

/** Who leads by the responsibility list: a department, the township, else the community itself. */
function leadOf(bodies: ReadonlyMap<string, BodyRow>, estate: EstateRow, code: CategoryCode): BodyRow {
  const { lead, isForTownship } = saidOf(code);
  if (isForTownship === true) return bodyOf(bodies, estate.townshipId);
  return [...bodies.values()].find(({ name }) => lead !== undefined && name.endsWith(lead)) ?? bodyOf(bodies, estate.neighbourhoodId);
}

const RELAPSE_DAYS = 90;
/** 反弹自: the file of the same kind and estate that was closed last within the days that count, as receipt finds it. */
function relapseOf(made: readonly { readonly story: Story; readonly rows: StoryRows }[], { estate, code }: Sketch, on: LocalDate): Story['relapse'] {
  if (!isRebound(code)) return undefined;
  const before = made.filter(({ story, rows }) => story.code === code && story.estate.id === estate.id && rows.row.closedOn !== null && rows.row.closedOn <= on && rows.row.closedOn >= addDays(on, -RELAPSE_DAYS)).toSorted((a, b) => (String(a.rows.row.closedOn) < String(b.rows.row.closedOn) ? 1 : -1))[0];
  return before === undefined ? undefined : { ofId: before.rows.row.id, no: (before.story.relapse?.no ?? 0) + 1 };
}
