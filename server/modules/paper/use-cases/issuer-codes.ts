import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/paper.ts';
import { codeAcceptable, codeNotBackdated, missingSerials, numberText } from '#domain/paper/number.ts';
import { yearOf } from '#domain/kernel/local-date.ts';
import { withMerged, within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { mayIssueRed } from '#domain/paper/issuer.ts';
import { mustObey } from '../access.ts';
import { issuerOf } from '../issuer.ts';

type Code = Output<typeof route.postIssuerCode>;

/** 机关代字 of this post's body and of those merged into it, the latest first; only organs have any. */
export function listIssuerCodes(ctx: Ctx): Promise<Output<typeof route.listIssuerCodes>> {
  return ctx.read(async (db) => {
    const issuer = await issuerOf(db, ctx);
    if (issuer === null) return { issuer: null, rows: [] };
    const { mergedIds = [] } = await withMerged(db, ctx.scope);
    const rows = await db.selectFrom('paper.issuerCode as c').innerJoin('platform.orgUnit as o', 'o.id', 'c.issuerId').selectAll('c').select('o.name as issuer')
      .where('c.issuerId', 'in', [issuer.id, ...mergedIds]).orderBy('c.effectiveFrom', 'desc').orderBy('c.id', 'desc').execute();
    const inForce = new Map<string, string>();
    for (const row of rows) if (row.issuerId === issuer.id && row.effectiveFrom <= ctx.today && !inForce.has(row.paperKind)) inForce.set(row.paperKind, row.id);
    return { issuer: issuer.name, rows: rows.map((row) => ({ ...codeLine(row, row.issuer, yearOf(ctx.today)), isInForce: inForce.get(row.paperKind) === row.id })) };
  });
}

/** 登记机关代字: from a day on; numbers already given keep theirs. */
export function addIssuerCode(ctx: Ctx, { body }: Input<typeof route.postIssuerCode>): Promise<Code> {
  return ctx.transact(async (tx) => {
    const issuer = await issuerOf(tx.db, ctx);
    if (issuer === null || !mayIssueRed(issuer.kind)) throw new Problem('access.denied', '机关代字由党政机关登记；普通格式的文书按年编号，不用代字');
    mustObey([...codeAcceptable.check(body), ...codeNotBackdated.check({ from: body.effectiveFrom, today: ctx.today })]);
    const twin = await tx.db.selectFrom('paper.issuerCode').select('id').where('issuerId', '=', issuer.id).where('paperKind', '=', body.paperKind).where('effectiveFrom', '=', body.effectiveFrom).executeTakeFirst();
    if (twin) throw new Problem('state.duplicate', '这个文种在这一天已经登记了机关代字，请改用别的起用日期');
    const row = await tx.db.insertInto('paper.issuerCode').values({ id: newId<'IssuerCode'>(), countyId: issuer.countyId, townshipId: issuer.townshipId, issuerId: issuer.id, ...body, createdBy: ctx.actor.userId, createdAt: ctx.now }).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'paper.code', subject: ['IssuerCode', row.id], before: null, after: body, countyId: issuer.countyId, townshipId: issuer.townshipId });
    return { ...codeLine(row, issuer.name, yearOf(ctx.today)), isInForce: row.effectiveFrom <= ctx.today };
  });
}

type CodeRow = Pick<Code, 'id' | 'paperKind' | 'code' | 'effectiveFrom' | 'basis'>;
const codeLine = ({ id, paperKind, code, effectiveFrom, basis }: CodeRow, issuer: string, year: number) => ({ id, issuer, paperKind, code, effectiveFrom, basis, example: numberText({ code, year, serial: 1 }) });

/** 发文字号登记: each register with what was given, what was cancelled, and any gap there should not be. */
export function listNumberRegisters(ctx: Ctx): Promise<Output<typeof route.listNumberRegisters>> {
  return ctx.read(async (db) => {
    const registers = await within(ctx.scope, db.selectFrom('paper.numberRegister as r'), { alias: 'r' }).selectAll('r').orderBy('r.year', 'desc').orderBy('r.code').orderBy('r.issuerId').limit(500).execute();
    if (registers.length === 0) return { rows: [] };
    const given = await within(ctx.scope, db.selectFrom('paper.paper as p'), { alias: 'p' }).where('p.numberSerial', 'is not', null).where('p.issuerId', 'in', [...new Set(registers.map((row) => row.issuerId))])
      .select(['p.issuerId', 'p.numberCode', 'p.numberYear', sql<number[]>`array_agg(p.number_serial)`.as('serials'), sql<number>`count(*) filter (where p.status = 'cancelled')`.as('cancelled'), sql<string>`max(p.issuer_name)`.as('issuer')])
      .groupBy(['p.issuerId', 'p.numberCode', 'p.numberYear']).execute();
    return { rows: registers.map((register) => {
      const of = given.find((each) => each.issuerId === register.issuerId && each.numberCode === register.code && each.numberYear === register.year);
      const serials = of?.serials ?? [];
      return { issuer: of?.issuer ?? '', code: register.code === '' ? '普通编号' : register.code, year: register.year, lastSerial: register.lastSerial, issuedCount: serials.length, cancelledCount: of?.cancelled ?? 0, missing: missingSerials(serials, register.lastSerial).join('、') || '无' };
    }) };
  });
}
