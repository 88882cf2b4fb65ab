import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { verifyPaper as route } from '#contract/paper.ts';
import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { numberText } from '#domain/paper/number.ts';
import type { PaperKind } from '#domain/paper/template.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { checkCode } from '../document.ts';

interface Found { readonly issuerName: string; readonly kind: PaperKind; readonly title: string; readonly numberCode: string; readonly numberYear: number; readonly numberSerial: number; readonly issuedOn: LocalDate; readonly status: 'issued' | 'cancelled'; readonly cancelledAt: Instant | null; readonly textSha256: string }

/** 公文核验: one indexed look-up by the whole code, without a session; what is no code never reaches the database. */
export async function verifyPaper(ctx: Ctx, { params }: Input<typeof route>): Promise<Output<typeof route>> {
  const code = readCode(params.verifyCode);
  const paper = code === null ? undefined : await ctx.kit.database.ask(async (db) => (await sql<Found>`select * from paper.verify(${code})`.execute(db)).rows[0]);
  if (!paper) throw new Problem('not-found', '没有查到这个核验码对应的文书。请核对核验码；仍查不到的，请向落款单位核实，不要轻信');
  return {
    issuer: paper.issuerName, kind: paper.kind, number: numberText({ code: paper.numberCode, year: paper.numberYear, serial: paper.numberSerial }), title: paper.title, issuedOn: paper.issuedOn,
    isValid: paper.status === 'issued', cancelledOn: paper.cancelledAt === null ? null : todayIn(paper.cancelledAt), checkCode: checkCode(paper.textSha256),
  };
}

/** 核验码 as people copy it: hyphens and case do not matter, O is 0, I and L are 1. Null when it is none. */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{20}$/.test(code) ? code : null;
}
