import { sql } from 'kysely';
import { z } from 'zod';
import type { Input, Output } from '#contract/define-route.ts';
import { SelfCheckLine, type exportSelfCheck as exportRoute, type getSelfCheck as route, type listSelfChecks as listRoute, type putSelfCheckSignature as signRoute } from '#contract/privacy.ts';
import { roleMay } from '#contract/permissions.ts';
import { decide, type Source } from '#domain/kernel/rule.ts';
import { yearOf } from '#domain/kernel/local-date.ts';
import { selfCheckComplete } from '#domain/privacy/rules.ts';
import { selfCheckQuestions, type EvidenceKey } from '#domain/privacy/self-check.ts';
import { within } from '#platform/access/scope.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import { confirmPassword } from '#platform/identity/confirm-password.ts';
import { newId } from '#platform/ids.ts';
import { basisText, noteOf } from '#platform/parameters/legal.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { column, exportList, text } from '#platform/workbook/export-list.ts';
import { countyOf } from '../county.ts';
import { evidenceOf } from '../evidence.ts';

type Check = Output<typeof route>;
const Lines = z.array(SelfCheckLine);
/** A document whose text was not at hand says so beside the clause. */
const basisOf = (source: Source) => `《${basisText(source).title.replace(/^中华人民共和国/, '')}》${source.clause}${noteOf(source) === undefined ? '' : `（${noteOf(source) ?? ''}）`}`;

/** 历年自查. */
export const listSelfChecks = (ctx: Ctx): Promise<Output<typeof listRoute>> => ctx.read(async (db) => ({
  thisYear: yearOf(ctx.today), rows: await within(ctx.scope, db.selectFrom('privacy.selfCheck'), { only: ['county'] }).select(['year', 'signer', 'signedAt']).orderBy('year', 'desc').execute(),
}));

/** 一年的自查: as it was signed, or the questions with what the system has to say today. */
export async function getSelfCheck(ctx: Ctx, { params }: Input<typeof route>): Promise<Check> {
  const signed = await ctx.read((db) => within(ctx.scope, db.selectFrom('privacy.selfCheck'), { only: ['county'] }).selectAll().where('year', '=', params.year).executeTakeFirst());
  if (signed) return { year: signed.year, signer: signed.signer, signedAt: signed.signedAt, lines: reachable(ctx, Lines.parse(signed.answers)), can: { sign: `${signed.year}年的自查已由${signed.signer}签署，不再修改` } };
  const isSigner = ctx.actor.role !== null && roleMay(ctx.actor.role, 'privacy.manage');
  return { year: params.year, signer: null, signedAt: null, lines: reachable(ctx, await linesOf(ctx, params.year)), can: { sign: isSigner || '由安全管理员填写、签署' } };
}

/** A figure leads to its page where the reader's post opens that page. */
const reachable = (ctx: Ctx, lines: Check['lines']): Check['lines'] => lines.map((line) => ({
  ...line, evidence: line.evidence.map((each) => (each.path === '/users' && !actorMay(ctx.actor, 'administration.user.read') ? { ...each, path: null } : each)),
}));

async function linesOf(ctx: Ctx, year: number): Promise<Check['lines']> {
  const known = await evidenceOf(ctx, year);
  const said = (key: EvidenceKey) => known[key];
  return selfCheckQuestions.map(({ key, text: question, source, evidence }) => ({ key, text: question, basis: basisOf(source), evidence: evidence.map(said), answer: null, note: '' }));
}

/** 签署自查: every question answered, the numbers of that moment kept with the answers; once a year. */
export async function signSelfCheck(ctx: Ctx, { params, body }: Input<typeof signRoute>): Promise<Check> {
  const answers = new Map(body.answers.map((each) => [each.key, each]));
  const lines = (await linesOf(ctx, params.year)).map((line) => ({ ...line, answer: answers.get(line.key)?.answer ?? null, note: answers.get(line.key)?.note ?? '' }));
  orRefuse(decide(selfCheckComplete.check({
    year: params.year, thisYear: yearOf(ctx.today), unanswered: lines.filter(({ answer }) => answer === null).map((line) => line.text),
    unexplained: lines.filter(({ answer, note }) => answer !== null && answer !== 'yes' && note.trim() === '').map((line) => line.text),
  }), null));
  await confirmPassword(ctx, body.password);
  const { userId } = ctx.actor;
  if (userId === null) throw new Problem('session.required', '请先登录');
  await ctx.transact(async (tx) => {
    const row = await tx.db.insertInto('privacy.selfCheck').values({ id: newId<'SelfCheck'>(), countyId: countyOf(ctx), year: params.year, answers: JSON.stringify(lines), signedBy: userId, signer: ctx.actor.name, signedAt: ctx.now })
      .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
    if (!row) throw new Problem('state.conflict', `${params.year}年的自查已经签署`);
    tx.audit({ action: 'privacy.sign', subject: ['SelfCheck', row.id], before: null, after: { year: params.year, signer: ctx.actor.name } });
  });
  return getSelfCheck(ctx, { params, query: {}, body: {} });
}

const words = { yes: '是', no: '否', none: '不适用' } as const;

/** 导出一年的自查. */
export async function exportSelfCheck(ctx: Ctx, { params }: Input<typeof exportRoute>): Promise<Output<typeof exportRoute>> {
  const { lines, signer } = await getSelfCheck(ctx, { params, query: {}, body: {} });
  return exportList<Check['lines'][number]>(ctx, {
    title: `个人信息保护合规自查${params.year}`, kind: 'self-check', on: ctx.today, query: params,
    columns: [
      column('问题', 'text', (row) => text(row.text)), column('依据', 'text', (row) => text(row.basis)), column('系统数据', 'text', (row) => text(row.evidence.map((each) => each.text).join('；'))),
      column('回答', 'text', (row) => text(row.answer === null ? null : words[row.answer])), column('说明', 'text', (row) => text(row.note)), column('签署人', 'text', () => text(signer)),
    ],
    rows: async (db) => { await sql`select 1`.execute(db); return lines; },
  });
}
