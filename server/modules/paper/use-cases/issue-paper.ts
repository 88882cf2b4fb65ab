import { randomBytes } from 'node:crypto';
import type { Input, Output } from '#contract/define-route.ts';
import { Upward, type getPaper, type putIssuance } from '#contract/paper.ts';
import { layoutFitsIssuer, layoutFitsTemplate } from '#domain/paper/issuer.ts';
import { codeOnRecord, numberText } from '#domain/paper/number.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { PaperKind } from '#domain/paper/template.ts';
import { signersOf } from '#domain/paper/templates/upward.ts';
import { signedAsTold } from '#domain/paper/upward.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { settle } from '#platform/notices/notify.ts';
import { actRules, mustObey } from '../access.ts';
import { documentOf, refuseMissingGlyphs, textHash } from '../document.ts';
import { issuerOf } from '../issuer.ts';
import { codeInForce, takeNumber } from '../numbering.ts';
import { presentPaper } from '../present.ts';
import { lockPaper } from '../store.ts';
import { templateOf } from '../templates.ts';
import { Problem } from '#platform/problem.ts';

/** 签发: takes the number, freezes template version, data and text, and gives the code by which anybody may check it. */
export function issuePaper(ctx: Ctx, { params, body }: Input<typeof putIssuance>): Promise<Output<typeof getPaper>> {
  return ctx.transact((tx) => issueWithin(tx, ctx, params.paperId, body.signer));
}

/** 签发 in a transaction that is already open. */
export async function issueWithin(tx: Tx, ctx: Ctx, paperId: Id<'Paper'>, signer: string): Promise<Output<typeof getPaper>> {
  const before = await lockPaper(tx.db, ctx, paperId);
  const issuer = await issuerOf(tx.db, ctx);
  const template = templateOf(before.kind, before.templateVersion);
  const isRed = before.layout !== 'plain';
  const code = await codeInForce(tx.db, before.issuerId, before.kind, ctx.today);
  mustObey([
    ...actRules.issue(before, issuer), ...layoutFitsIssuer.check({ issuer: before.issuerKind, layout: before.layout }), ...layoutFitsTemplate.check({ title: template.title, layouts: template.layouts, layout: before.layout }),
    ...codeOnRecord.check({ isRed, code, title: template.title }), ...template.check(before.data, ctx.today), ...signedAsTold.check({ signers: signersIn(before), signer }),
  ]);
  if (issuer === null) throw new Problem('access.denied', '没有发文单位');

  const number = await takeNumber(tx.db, issuer, isRed ? code ?? '' : '', ctx.today);
  const issued = { ...before, status: 'issued' as const, issuerName: issuer.name, numberCode: number.code, numberYear: number.year, numberSerial: number.serial, issuedOn: ctx.today };
  const document = documentOf(issued, { origin: ctx.kit.origin, today: ctx.today, code });
  refuseMissingGlyphs(document);
  const after = await tx.db.updateTable('paper.paper').set({
    status: 'issued', issuerName: issuer.name, title: document.title, numberCode: number.code, numberYear: number.year, numberSerial: number.serial, issuedOn: ctx.today, issuedAt: ctx.now, issuedBy: ctx.actor.userId,
    signer, textSha256: textHash(document), verifyCode: newVerifyCode(), version: before.version + 1, updatedAt: ctx.now,
  }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();

  tx.audit({ action: 'paper.issue', subject: ['Paper', before.id], before: null, after: { title: after.title, number: numberText(number), signer }, countyId: before.countyId, townshipId: before.townshipId });
  await settle(tx, { kind: 'paper.waiting', subject: ['Paper', before.id] });
  tx.emit({ name: 'paper.issued', key: before.id, payload: { paperId: before.id, kind: before.kind }, countyId: before.countyId });
  return presentPaper(tx.db, ctx, after, issuer);
}

/** 文上标注的签发人; none on a paper that goes to no superior body. */
const signersIn = ({ kind, data }: { readonly kind: PaperKind; readonly data: unknown }): string[] => (kind === 'request' || kind === 'report' ? signersOf(Upward.parse(data)) : []);

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 核验码: 100 random bits in letters and digits that are not mistaken for one another. */
const newVerifyCode = (): string => Array.from(randomBytes(20), (byte) => ALPHABET.charAt(byte % 32)).join('');
