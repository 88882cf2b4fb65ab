import { sql } from 'kysely';
import type { z } from 'zod';
import type { PublicBlock, PublicItemRow } from '#contract/publication.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { PublicationKind } from '#domain/publication/kind.ts';
import type { Ctx } from '#platform/context.ts';
import { blocksIn } from './content.ts';

/** 一个小区的所在. */
export interface Place { readonly estateId: Id<'Estate'>; readonly countyId: Id<'OrgUnit'>; readonly townshipId: Id<'OrgUnit'>; readonly neighbourhoodId: Id<'OrgUnit'> | null; readonly companyId: Id<'Company'> | null }
/** 与一个小区有关的公开事项: the latest facts published of it, and what else stands, the newest first. */
export interface Near { readonly facts: { readonly item: z.output<typeof PublicItemRow>; readonly blocks: z.output<typeof PublicBlock>[] } | null; readonly items: readonly z.output<typeof PublicItemRow>[] }

interface Line {
  readonly publicId: Id<'PublicItem'>; readonly kind: PublicationKind; readonly title: string; readonly issuerName: string; readonly issuedOn: LocalDate; readonly untilOn: LocalDate | null; readonly indexNo: string;
  readonly countyName: string; readonly townshipName: string | null; readonly content: unknown;
}

/** 小区有关的公开事项, for anybody: only what was drafted, reviewed and issued, and stands today. Nothing is taken from the register here. */
export async function publishedNear(ctx: Ctx, { estateId, countyId, townshipId, neighbourhoodId, companyId }: Place, most: number): Promise<Near> {
  const lines = await ctx.kit.database.ask(async (db) => (await sql<Line>`
    select * from publication.public_near(${ctx.today}::date, ${estateId}::uuid, ${countyId}::uuid, ${townshipId}::uuid, ${neighbourhoodId}::uuid, ${companyId}::uuid, ${most}::integer)`.execute(db)).rows);
  const latest = lines.find(({ kind }) => kind === 'estate');
  return { facts: latest === undefined ? null : { item: present(latest), blocks: blocksIn(latest.content) }, items: lines.filter(({ kind }) => kind !== 'estate').map(present) };
}

const present = ({ publicId, kind, title, issuerName, issuedOn, untilOn, indexNo, countyName, townshipName }: Line): Near['items'][number] =>
  ({ id: publicId, kind, title, issuer: issuerName, issuedOn, untilOn, indexNo, county: countyName, township: townshipName });
