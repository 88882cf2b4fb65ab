import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { stageNames, type Stage } from '#domain/complaint/stage.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { officeOf, type Office } from '../office.ts';
import { presentRows } from '../present.ts';
import { complaintsLike, listed } from '../store.ts';
import { numbersInForce } from './look.ts';

/** So many of each column are on the board; the rest stand in the list that its count opens. */
const SHOWN = 8;
const EXACT_TO = 1_000;
type Query = Input<typeof route.getComplaintBoard>['query'];
type Numbers = Awaited<ReturnType<typeof numbersInForce>>;
type Counted = { total: number; totalIsExact: boolean };

/** 看板: of each stage how many, and the first by their one date; what has been open too long beside it. However many files there are, it reads a few of each. */
export function getComplaintBoard(ctx: Ctx, { query }: Input<typeof route.getComplaintBoard>): Promise<Output<typeof route.getComplaintBoard>> {
  return ctx.read(async (db) => {
    const [office, numbers] = [await officeOf(db, ctx), await numbersInForce(db, ctx)];
    const columns = [];
    for (const stage of stageNames) columns.push(await columnOf(db, ctx, office, query, numbers, stage));
    return { columns, longOpen: await counted(db, complaintsLike(db, ctx, office, { ...query, ...numbers, age: 'long' }).query), agenda: await counted(db, complaintsLike(db, ctx, office, { ...query, ...numbers, agenda: 'proposed', state: 'open' }).query), longOpenDays: numbers.longOpenDays, closedDays: numbers.closedDays };
  });
}

async function columnOf(db: Db, ctx: Ctx, office: Office, query: Query, numbers: Numbers, stage: Stage): Promise<Output<typeof route.getComplaintBoard>['columns'][number]> {
  const { query: all } = complaintsLike(db, ctx, office, { ...query, ...numbers, stage });
  const ordered = stage === 'closed' ? listed(all).orderBy('c.closedOn', 'desc').orderBy('c.id', 'desc') : listed(all).orderBy('c.nextDueOn').orderBy('c.id');
  return { stage, ...await counted(db, all), rows: await presentRows(db, ctx, await ordered.limit(SHOWN).execute()) };
}

async function counted(db: Db, query: ReturnType<typeof complaintsLike>['query']): Promise<Counted> {
  const { n } = await db.selectFrom(query.select(sql<number>`1`.as('one')).limit(EXACT_TO + 1).as('few')).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  return { total: Math.min(n, EXACT_TO), totalIsExact: n <= EXACT_TO };
}
