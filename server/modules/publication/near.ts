import { sql } from 'kysely';
import type { z } from 'zod';
import type { PublicBlock, PublicItemRow } from '#contract/publication.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { overdueKinds, type PublicationKind } from '#domain/publication/kind.ts';
import type { Ctx } from '#platform/context.ts';
import { blocksIn } from './content.ts';

/** 一个小区的所在. */
export interface Place { readonly estateId: Id<'Estate'>; readonly countyId: Id<'OrgUnit'>; readonly townshipId: Id<'OrgUnit'>; readonly neighbourhoodId: Id<'OrgUnit'> | null; readonly companyId: Id<'Company'> | null }
/** 与一个小区有关的公开事项: the latest facts published of it, the latest counts of its county, and what else stands, the newest first. */
export interface Near { readonly facts: { readonly item: z.output<typeof PublicItemRow>; readonly blocks: z.output<typeof PublicBlock>[] } | null; readonly counters: readonly { readonly item: z.output<typeof PublicItemRow>; readonly blocks: z.output<typeof PublicBlock>[] }[]; readonly items: readonly z.output<typeof PublicItemRow>[] }

interface Line {
  readonly publicId: Id<'PublicItem'>; readonly kind: PublicationKind; readonly title: string; readonly issuerName: string; readonly issuedOn: LocalDate; readonly untilOn: LocalDate | null; readonly indexNo: string;
  readonly countyName: string; readonly townshipName: string | null; readonly content: unknown;
}

/** 小区有关的公开事项, for anybody: only what was drafted, reviewed and issued, and stands today. Nothing is taken from the register here. */
export async function publishedNear(ctx: Ctx, { estateId, countyId, townshipId, neighbourhoodId, companyId }: Place, most: number): Promise<Near> {
  const lines = await ctx.kit.database.ask(async (db) => (await sql<Line>`
    select * from publication.public_near(${ctx.today}::date, ${estateId}::uuid, ${countyId}::uuid, ${townshipId}::uuid, ${neighbourhoodId}::uuid, ${companyId}::uuid, ${most}::integer)`.execute(db)).rows);
  const latest = lines.find(({ kind }) => kind === 'estate');
  // Of each way of counting the latest; an earlier one that still stands is found among the items.
  const counters = overdueKinds.flatMap((each) => lines.find(({ kind }) => kind === each) ?? []);
  return { counters: counters.map((line) => ({ item: present(line), blocks: blocksIn(line.content) })), facts: latest === undefined ? null : { item: present(latest), blocks: blocksIn(latest.content) }, items: lines.filter((line) => line.kind !== 'estate' && !counters.includes(line)).map(present) };
}

const present = ({ publicId, kind, title, issuerName, issuedOn, untilOn, indexNo, countyName, townshipName }: Line): Near['items'][number] =>
  ({ id: publicId, kind, title, issuer: issuerName, issuedOn, untilOn, indexNo, county: countyName, township: townshipName });
