import { makeId } from '#domain/kernel/brand.ts';
import { z } from 'zod';
import type { Input, Output } from '#contract/define-route.ts';
import { FormationEstate, type getFormationReading as oneRoute, type listFormationReadings as listRoute, type postFormationReading as postRoute } from '#contract/target.ts';
import { definitionText } from '#domain/committee/formation.ts';
import { percentText } from '#domain/kernel/ratio.ts';
import type { Selectable } from 'kysely';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { computeFormation, presentEstates } from '../formation.ts';
import type { TargetTables } from '../tables.gen.ts';

const METRIC = 'committee.formation';
type ReadingRecord = Selectable<TargetTables['target.reading']>;

/** 上报并固定组建率: the figure, its definition and every estate behind it, never changed afterwards. */
export function reportFormation(ctx: Ctx, { body }: Input<typeof postRoute>): Promise<Output<typeof postRoute>> {
  return ctx.transact(async (tx) => {
    const countyId = ctx.scope.level === 'county' ? ctx.scope.id : null;
    if (countyId === null) throw new Problem('access.denied', '组建率由县住建局上报');
    if (body.on > ctx.today) throw new Problem('input.invalid', '截至日期不能晚于今天', { errors: [{ pointer: '/on', message: '不能晚于今天' }] });
    const at = { on: body.on, knownOn: null };
    const computed = await computeFormation(tx.db, ctx, at);

    const { rate } = computed;
    const reading = await tx.db.insertInto('target.reading').values({
      id: newId<'Reading'>(), countyId: makeId<'OrgUnit'>(countyId), metric: METRIC, asOfOn: body.on, part: rate.withCommittee, whole: rate.occupied,
      definition: JSON.stringify({ ...rate.definition, text: definitionText(rate.definition, body.on), expired: rate.expired, preparing: rate.preparing }), rows: JSON.stringify(presentEstates(computed)),
      reportedTo: body.reportedTo, signer: body.signer, reportedAt: ctx.now, createdBy: ctx.actor.userId,
    }).returningAll().executeTakeFirstOrThrow();

    tx.audit({ action: 'target.report', subject: ['Reading', reading.id], before: null, after: { metric: METRIC, asOfOn: body.on, part: reading.part, whole: reading.whole, reportedTo: body.reportedTo, signer: body.signer }, countyId });
    tx.emit({ name: 'target.reported', key: reading.id, payload: { readingId: reading.id } });
    return present(reading);
  });
}

/** 已上报的组建率, newest first. */
export function listFormationReadings(ctx: Ctx, { query }: Input<typeof listRoute>): Promise<Output<typeof listRoute>> {
  return ctx.read(async (db) => {
    let page = visibleReadings(db, ctx.scope).selectAll().where('metric', '=', METRIC);
    if (query.after) page = page.where('id', '<', makeId<'Reading'>(query.after));
    const rows = await page.orderBy('id', 'desc').limit(query.limit + 1).execute();
    const shown = rows.slice(0, query.limit);
    return { rows: shown.map(present), next: rows.length > query.limit ? shown.at(-1)?.id ?? null : null, total: shown.length, totalIsExact: rows.length <= query.limit && !query.after };
  });
}

/** 一次上报 with its estates as they were frozen. */
export function getFormationReading(ctx: Ctx, { params }: Input<typeof oneRoute>): Promise<Output<typeof oneRoute>> {
  return ctx.read(async (db) => {
    const row = await visibleReadings(db, ctx.scope).selectAll().where('id', '=', params.readingId).executeTakeFirst();
    if (!row) throw new Problem('not-found', '没有这次上报，或不在管辖范围内');
    return { ...present(row), estates: z.array(FormationEstate).parse(row.rows) };
  });
}

const definition = z.object({ text: z.string() });

function present(row: ReadingRecord): Output<typeof postRoute> {
  return {
    id: row.id, metric: row.metric, asOfOn: row.asOfOn, part: row.part, whole: row.whole, rateText: percentText(row.part, row.whole, 2), definitionText: definition.parse(row.definition).text,
    reportedTo: row.reportedTo, signer: row.signer, reportedAt: row.reportedAt,
  };
}

/** A reading names estates of the whole county: nobody below the county's level sees it. */
const visibleReadings = (db: Db, scope: Scope) => within(scope, db.selectFrom('target.reading'), { only: ['county'] });
