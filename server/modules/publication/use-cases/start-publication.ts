import type { Input, Output } from '#contract/define-route.ts';
import type { getPublicationStart as route } from '#contract/publication.ts';
import { publicationSubjects } from '#domain/publication/kind.ts';
import { proposedDays } from '#domain/publication/policy.ts';
import { issuerOf } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { blocksIn } from '../content.ts';
import { kindTrouble, noIssuer } from '../issuer.ts';
import { draw } from '../kinds.ts';

type Start = Output<typeof route>;

/** 预填: what would be drawn, and the period that is proposed. */
export function getPublicationStart(ctx: Ctx, { query }: Input<typeof route>): Promise<Start> {
  return ctx.read(async (db) => {
    const days = await parameterValue(db, ctx.scope.countyId, proposedDays, ctx.today);
    const empty: Omit<Start, 'issuer' | 'trouble'> = { title: '', blocks: [], fileNames: [], periodKind: 'natural', periodDays: days, periodUntilOn: null };
    const issuer = await issuerOf(db, ctx);
    if (issuer === null) return { issuer: null, trouble: noIssuer(ctx), ...empty };
    const trouble = kindTrouble(issuer, query.kind);
    if (trouble !== null) return { issuer: issuer.name, trouble, ...empty };
    const asksSubject = !['none', 'county'].includes(publicationSubjects[query.kind]);
    const drawn = asksSubject && query.subjectId === null ? null : await draw(query.kind, { db, ctx, issuer, subjectId: query.subjectId, on: ctx.today });
    if (drawn === null) return { issuer: issuer.name, trouble: null, ...empty };
    const { kind, days: own, until } = drawn.period ?? { kind: empty.periodKind, days, until: null };
    return { issuer: issuer.name, trouble: null, title: drawn.title, blocks: blocksIn(drawn.blocks), fileNames: drawn.files.map(({ name }) => name), periodKind: kind, periodDays: own, periodUntilOn: until };
  });
}
