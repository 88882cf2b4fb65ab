import { Readable } from 'node:stream';
import type { Input, Output } from '#contract/define-route.ts';
import type { getPublication, postPublication, putDiscard, putPublication } from '#contract/publication.ts';
import { decide } from '#domain/kernel/rule.ts';
import { blocksOf, passagesOf, type PublicBlock } from '#domain/publication/content.ts';
import { periodComplete } from '#domain/publication/period.ts';
import { issuerOf } from '#modules/paper/index.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { newId } from '#platform/ids.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { mustAct, officeOf, factsOf } from '../access.ts';
import { adoptFile } from '../attachment/adopt.ts';
import { digestOf, drawnDigest } from '../content.ts';
import { kindTrouble, mustHaveIssuer } from '../issuer.ts';
import { draw } from '../kinds.ts';
import type { Drawn } from '../kinds/kind.ts';
import { presentPublication } from '../present.ts';
import { lookThrough } from '../sightings.ts';
import { standsInFor } from '../stands-in.ts';
import { filesOf, lockRecord, recordStep } from '../store.ts';

type Answer = Output<typeof getPublication>;
type Draft = Input<typeof putPublication>['body'];
const LONGEST = 100_000;

/** 拟稿: content is drawn from its subject now and stays as it is until it is drafted anew. */
export async function draftPublication(ctx: Ctx, { body }: Input<typeof postPublication>): Promise<Answer> {
  const { kind, subjectId: given, ...draft } = body;
  const subjectId = kind === 'announcement' || kind === 'companies' ? null : given;
  // Files are made before the transaction: drawing a PDF takes longer than rows should be held.
  const { drawn, files } = await ctx.read(async (db) => {
    const issuer = await mustHaveIssuer(db, ctx);
    const trouble = kindTrouble(issuer, kind);
    if (trouble !== null) throw new Problem('access.denied', trouble);
    const found = await draw(kind, { db, ctx, issuer, subjectId, on: ctx.today });
    return { drawn: found, files: await storedFiles(ctx, found) };
  });
  return ctx.transact(async (tx) => {
    const issuer = await mustHaveIssuer(tx.db, ctx);
    const { id: issuerId, name: issuerName, level, countyId, townshipId, neighbourhoodId, estateId, companyId } = issuer;
    const content = await composed(tx, ctx, draft, drawn);
    const writer = ctx.actor.userId;
    if (writer === null) throw new Problem('access.denied', '请登录后再拟稿');
    const item = await tx.db.insertInto('publication.publication').values({
      id: newId<'Publication'>(), countyId, townshipId, neighbourhoodId, estateId, companyId, level, issuerId, issuerName, kind, subjectId, aboutTownshipId: drawn?.aboutTownshipId ?? townshipId,
      ...content.columns, contentSha256: digestOf({ kind, title: content.columns.title, blocks: content.blocks, files }), drawnSha256: drawn === null ? null : drawnDigest(drawn), drawnOn: ctx.today, answers: '[]',
      writerIds: [writer], draftedBy: writer, draftedByName: ctx.actor.name, createdAt: ctx.now, updatedAt: ctx.now,
    }).returningAll().executeTakeFirstOrThrow();
    // What the system drew itself is looked through with the content it was drawn from.
    for (const [at, upload] of files.entries()) await adoptFile(tx, ctx, item, { upload, fileNo: at + 1, isDrawn: true, sightings: [], unread: null });
    await recordStep(tx, ctx, item, { act: 'draft', before: null });
    return presentPublication(tx.db, ctx, item, await officeOf(tx.db, ctx, issuer));
  });
}

/** 修改: composed and drawn anew; who changes it has written it too, and a review of what it was is void. */
export function editPublication(ctx: Ctx, { params, body }: Input<typeof putPublication>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const before = await lockRecord(tx.db, ctx, params.publicationId);
    const office = await officeOf(tx.db, ctx, await issuerOf(tx.db, ctx));
    mustAct('edit', factsOf(ctx, before, office, { sightings: [], isCurrent: true, standsIn: await standsInFor(tx.db, ctx, before, office.issuer) }));
    const writer = ctx.actor.userId;
    if (office.issuer === null || writer === null) throw new Problem('access.denied', '没有发布单位');
    const drawn = await draw(before.kind, { db: tx.db, ctx, issuer: office.issuer, subjectId: before.subjectId, on: ctx.today });
    const content = await composed(tx, ctx, body, drawn);
    const after = await tx.db.updateTable('publication.publication').set({
      ...content.columns, contentSha256: digestOf({ kind: before.kind, title: content.columns.title, blocks: content.blocks, files: await filesOf(tx.db, before.id) }), drawnSha256: drawn === null ? null : drawnDigest(drawn), drawnOn: ctx.today,
      aboutTownshipId: drawn?.aboutTownshipId ?? before.townshipId, issuerName: office.issuer.name, writerIds: [...new Set([...before.writerIds, writer])], version: before.version + 1, updatedAt: ctx.now,
    }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await recordStep(tx, ctx, after, { act: 'edit', before });
    return presentPublication(tx.db, ctx, after, office);
  });
}

/** 弃稿. */
export function discardPublication(ctx: Ctx, { params, body }: Input<typeof putDiscard>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const before = await lockRecord(tx.db, ctx, params.publicationId);
    const office = await officeOf(tx.db, ctx, await issuerOf(tx.db, ctx));
    const status = mustAct('discard', factsOf(ctx, before, office, { sightings: [], isCurrent: true, standsIn: await standsInFor(tx.db, ctx, before, office.issuer) }));
    const after = await tx.db.updateTable('publication.publication').set({ status, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await recordStep(tx, ctx, after, { act: 'discard', opinion: body.reason, before });
    return presentPublication(tx.db, ctx, after, office);
  });
}

/** Title, blocks and period as they will be stored, and what a look through them found. */
async function composed(tx: Tx, ctx: Ctx, draft: Draft, drawn: Drawn | null) {
  const title = draft.title === '' ? drawn?.title ?? '' : draft.title;
  const blocks: PublicBlock[] = [...blocksOf(draft.body), ...drawn?.blocks ?? []];
  const missing = [...(title === '' ? [{ pointer: '/title', message: '请填写标题' }] : []), ...(blocks.length === 0 ? [{ pointer: '/body', message: '请填写正文' }] : [])];
  if (missing.length > 0) throw new Problem('input.invalid', '请填写标题和正文', { errors: missing });
  if (JSON.stringify(blocks).length > LONGEST * 10) throw new Problem('input.invalid', '内容过长，请精简正文，或把明细放在附件里');
  const period = { kind: draft.periodKind, days: draft.periodKind === 'natural' || draft.periodKind === 'working' ? draft.periodDays : null, until: draft.periodKind === 'until' ? draft.periodUntilOn : null };
  orRefuse(decide(periodComplete.check({ ...period, on: ctx.today }), null));
  const sightings = await lookThrough(tx.db, ctx, passagesOf(title, blocks));
  return { blocks, columns: { title, body: draft.body, content: JSON.stringify(blocks), periodKind: period.kind, periodDays: period.days, periodUntilOn: period.until, sightings: JSON.stringify(sightings) } };
}

async function storedFiles(ctx: Ctx, drawn: Drawn | null): Promise<Upload[]> {
  const files: Upload[] = [];
  for (const file of drawn?.files ?? []) files.push(await ctx.kit.files.put(Readable.from([await file.bytes()]), { name: file.name, mediaType: file.mediaType, limitBytes: 50 * 1_048_576 }));
  return files;
}
