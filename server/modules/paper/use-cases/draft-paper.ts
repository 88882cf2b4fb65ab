import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/paper.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { layoutFitsIssuer, layoutFitsTemplate, type PaperLayout } from '#domain/paper/issuer.ts';
import { upwardByOrgan } from '#domain/paper/upward.ts';
import { paperKindLabels, type PaperKind } from '#domain/paper/template.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { notify } from '#platform/notices/notify.ts';
import { Problem } from '#platform/problem.ts';
import { actRules, mustObey } from '../access.ts';
import { documentOf, refuseMissingGlyphs } from '../document.ts';
import { issuerOf, NO_ISSUER, type Issuer } from '../issuer.ts';
import { codeInForce } from '../numbering.ts';
import { presentPaper } from '../present.ts';
import { lockPaper } from '../store.ts';
import { latestTemplate } from '../templates.ts';

type Answer = Output<typeof route.getPaper>;
type Draft = Input<typeof route.postNotice>['body'] | Input<typeof route.postRequest>['body'] | Input<typeof route.postTransferLetter>['body'] | Input<typeof route.postHandOverList>['body'] | Input<typeof route.postPublicNotice>['body'];
type Split = { readonly layout: PaperLayout; readonly estateId: Id<'Estate'> | null; readonly data: Readonly<Record<string, string>> };

/** 拟稿, of one kind. */
export const draftPaper = (kind: PaperKind) => (ctx: Ctx, { body }: { readonly body: Draft }): Promise<Answer> => ctx.transact(async (tx) => saveNew(tx, ctx, kind, split(body)));

/** 移交清单, from another module in its own transaction: the data are what it knows. @throws Problem access.denied without a body to issue it */
export const draftHandOverList = (tx: Tx, ctx: Ctx, data: Omit<Input<typeof route.postHandOverList>['body'], 'layout'>): Promise<Answer> =>
  saveNew(tx, ctx, 'hand-over-list', { layout: 'plain', estateId: null, data });

/** 转办函, from another module in its own transaction: as a letter where the body may use that layout, else plain. @throws Problem access.denied without a body to issue it */
export async function draftTransferLetter(tx: Tx, ctx: Ctx, { estateId, ...data }: Omit<Input<typeof route.postTransferLetter>['body'], 'layout'>): Promise<Answer> {
  const issuer = await mustHaveIssuer(tx, ctx);
  const layout = layoutFitsIssuer.check({ issuer: issuer.kind, layout: 'letter' }).length === 0 ? 'letter' : 'plain';
  return saveNew(tx, ctx, 'transfer-letter', { layout, estateId, data });
}

async function saveNew(tx: Tx, ctx: Ctx, kind: PaperKind, draft: Split): Promise<Answer> {
  const issuer = await mustHaveIssuer(tx, ctx);
  const bound = await boundOf(tx, ctx, issuer, kind, draft);
  const { id: issuerId, kind: issuerKind, name: issuerName, level, countyId, townshipId, neighbourhoodId, estateId, companyId } = issuer;
  const paper = await tx.db.insertInto('paper.paper').values({
    id: newId<'Paper'>(), countyId, townshipId, neighbourhoodId, estateId, companyId, level, issuerId, issuerKind, issuerName, kind,
    ...bound, createdBy: ctx.actor.userId, createdByName: ctx.actor.name, createdAt: ctx.now, updatedAt: ctx.now,
  }).returningAll().executeTakeFirstOrThrow();
  tx.audit({ action: 'paper.draft', subject: ['Paper', paper.id], before: null, after: { title: paper.title, layout: paper.layout }, countyId, townshipId });
  await notify(tx, {
    kind: 'paper.waiting', to: [issuerId, ...(ctx.scope.id === null ? [] : [ctx.scope.id])].map((orgUnitId) => ({ orgUnitId, permission: 'paper.issue' })), except: ctx.actor.userId,
    subject: ['Paper', paper.id], text: `有一件${paperKindLabels[kind]}已拟稿，待核稿签发。`, path: `/papers/${paper.id}`,
  });
  return presentPaper(tx.db, ctx, paper, issuer);
}

/** 修改拟稿: bound anew, on the newest version of its template. */
export const editPaper = (kind: PaperKind) => (ctx: Ctx, { params, body }: { readonly params: { readonly paperId: Id<'Paper'> }; readonly body: Draft }): Promise<Answer> =>
  ctx.transact(async (tx) => {
    const before = await lockPaper(tx.db, ctx, params.paperId);
    const issuer = await issuerOf(tx.db, ctx);
    mustObey(actRules.edit(before, issuer));
    if (before.kind !== kind) throw new Problem('input.invalid', '文种不能改，请另拟一份');
    if (issuer === null) throw new Problem('access.denied', '没有发文单位');
    const bound = await boundOf(tx, ctx, issuer, kind, split(body));
    const after = await tx.db.updateTable('paper.paper').set({ ...bound, issuerName: issuer.name, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'paper.edit', subject: ['Paper', before.id], before: { title: before.title, layout: before.layout }, after: { title: after.title, layout: after.layout }, countyId: before.countyId, townshipId: before.townshipId });
    return presentPaper(tx.db, ctx, after, issuer);
  });

function split(body: Draft): Split {
  const { layout, ...rest } = body;
  if (!('estateId' in rest)) return { layout, estateId: null, data: visible(rest) };
  const { estateId, ...data } = rest;
  return { layout, estateId, data: visible(data) };
}

/** Texts pasted from chats carry marks of no width; they are no part of what was written. */
const visible = (data: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(data).map(([name, text]) => [name, text.replaceAll(/[\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g, '')]));

async function mustHaveIssuer(tx: Tx, ctx: Ctx): Promise<Issuer> {
  const issuer = await issuerOf(tx.db, ctx);
  if (issuer === null) throw new Problem('access.denied', NO_ISSUER[ctx.scope.level] ?? '您的岗位没有可以发文的单位');
  return issuer;
}

/** Binds the data once, so that what cannot be drawn is refused now and not at issue; the estate must be one that is seen. */
async function boundOf(tx: Tx, ctx: Ctx, issuer: Issuer, kind: PaperKind, { layout, estateId, data }: Split) {
  const template = latestTemplate(kind);
  mustObey([...(kind === 'request' || kind === 'report' ? upwardByOrgan.check({ issuer: issuer.kind, title: template.title }) : []), ...layoutFitsIssuer.check({ issuer: issuer.kind, layout }), ...layoutFitsTemplate.check({ title: template.title, layouts: template.layouts, layout }), ...template.check(data, null)]);
  if (estateId !== null && !(await within(ctx.scope, tx.db.selectFrom('registry.estate'), { own: 'estate' }).select('id').where('id', '=', estateId).executeTakeFirst())) throw new Problem('estate.not-found', '小区不存在或不在管辖范围内');
  const code = await codeInForce(tx.db, issuer.id, kind, ctx.today);
  const document = documentOf({ kind, templateVersion: template.version, layout, data, issuerName: issuer.name, status: 'draft', numberCode: null, numberYear: null, numberSerial: null, issuedOn: null, verifyCode: null, textSha256: null }, { origin: ctx.kit.origin, today: ctx.today, code });
  refuseMissingGlyphs(document);
  return { templateVersion: template.version, layout, title: document.title, aboutEstateId: estateId, data: JSON.stringify(data) };
}
