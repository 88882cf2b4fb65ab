import type { Input, Output } from '#contract/define-route.ts';
import type { getFormation as route, getFormationEstates as estatesRoute } from '#contract/target.ts';
import { asOf } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import { formationEvidence, formationFigures } from '../formation.ts';

/** 查看业委会组建率. */
export const getFormation = (ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> => ctx.read((db) => formationFigures(db, ctx, asOf(query, ctx.today), query.townshipId));

/** 查看组建率及各小区: the same figures with the estates they were counted from. */
export const getFormationEstates = (ctx: Ctx, { query }: Input<typeof estatesRoute>): Promise<Output<typeof estatesRoute>> => ctx.read((db) => formationEvidence(db, ctx, asOf(query, ctx.today), query.townshipId));
