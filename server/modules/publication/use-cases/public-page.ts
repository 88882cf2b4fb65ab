import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/publication.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { textOf } from '#domain/publication/content.ts';
import type { PublicationKind } from '#domain/publication/kind.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { blocksIn } from '../content.ts';
import { atomFeed } from '../feed.ts';
import { likeOf } from '../store.ts';

interface Line { readonly publicId: Id<'PublicItem'>; readonly kind: PublicationKind; readonly title: string; readonly issuerName: string; readonly issuedOn: LocalDate; readonly issuedAt: Instant; readonly untilOn: LocalDate | null; readonly indexNo: string; readonly countyName: string; readonly townshipName: string | null; readonly found: number }
interface Found {
  readonly state: 'published' | 'withdrawn' | 'expired'; readonly kind: PublicationKind; readonly issuerName: string; readonly indexNo: string; readonly issuedOn: LocalDate; readonly title: string | null; readonly content: unknown; readonly contentSha256: string | null;
  readonly untilOn: LocalDate | null; readonly untilWords: string | null; readonly countyName: string; readonly townshipName: string | null; readonly endedOn: LocalDate | null; readonly withdrawReason: string | null;
}
interface PublicFile { readonly fileNo: number; readonly name: string; readonly sizeBytes: number; readonly mediaType: string; readonly hash: string }
type Filters = z.output<typeof route.publicFilters>;
const EXACT_TO = 1_000;
const FEED_MOST = 50;
const ABSENT = '没有这件公开信息，请核对地址';

/** What stands published today, the newest first. Asked through functions with their owner's rights: a visitor has no scope, and no table answers. */
const standing = (ctx: Ctx, { countyId, kind, townshipId, q }: Filters, { after, most }: { after: string | null; most: number }): Promise<Line[]> =>
  ctx.kit.database.ask(async (db) => (await sql<Line>`select * from publication.public_page(${ctx.today}::date, ${countyId ?? null}::uuid, ${kind ?? null}::text, ${townshipId ?? null}::uuid, ${q ? likeOf(q) : null}::text, ${after}::uuid, ${most}::integer)`.execute(db)).rows);

/** 公开信息, page by page. */
export async function listPublicItems(ctx: Ctx, { query }: Input<typeof route.listPublicItems>): Promise<Output<typeof route.listPublicItems>> {
  const found = await standing(ctx, query, { after: query.after ?? null, most: query.limit + 1 });
  const rows = found.slice(0, query.limit);
  const total = found[0]?.found ?? 0;
  return { rows: rows.map(presentLine), next: found.length > query.limit ? rows.at(-1)?.publicId ?? null : null, total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
}

const presentLine = (line: Line): Output<typeof route.listPublicItems>['rows'][number] => ({
  id: line.publicId, kind: line.kind, title: line.title, issuer: line.issuerName, issuedOn: line.issuedOn, untilOn: line.untilOn, indexNo: line.indexNo, county: line.countyName, township: line.townshipName,
});

/** 一件公开信息; once it ended, that it did and why. @throws Problem not-found, also for what was never published */
export async function getPublicItem(ctx: Ctx, { params }: Input<typeof route.getPublicItem>): Promise<Output<typeof route.getPublicItem>> {
  const [found, files] = [await itemAt(ctx, params.publicId), await filesAt(ctx, params.publicId)];
  const blocks = found.content === null ? [] : blocksIn(found.content);
  const isStanding = found.state === 'published';
  return {
    id: params.publicId, state: found.state, kind: found.kind, issuer: found.issuerName, indexNo: found.indexNo, issuedOn: found.issuedOn, untilOn: found.untilOn, untilWords: found.untilWords ?? '', county: found.countyName, township: found.townshipName,
    title: found.title, blocks, text: found.title === null ? '' : textOf(found.title, blocks), files: files.map(({ fileNo, name, sizeBytes }) => ({ fileNo, name, sizeBytes })), digest: found.contentSha256?.slice(0, 8).toUpperCase() ?? null,
    endedOn: isStanding ? null : found.endedOn, withdrawReason: found.withdrawReason,
  };
}

/** 公开信息的附件, while it stands. @throws Problem not-found */
export async function downloadPublicFile(ctx: Ctx, { params }: Input<typeof route.downloadPublicFile>): Promise<Output<typeof route.downloadPublicFile>> {
  const file = (await filesAt(ctx, params.publicId)).find(({ fileNo }) => fileNo === params.fileNo);
  if (file === undefined) throw new Problem('not-found', '没有这个附件，可能已随公开信息撤下');
  return { fileName: file.name, mediaType: file.mediaType, content: await ctx.kit.files.open(file.hash), mark: `"${file.hash}"` };
}

/** 有公开信息的地方. */
export async function listPublicPlaces(ctx: Ctx): Promise<Output<typeof route.listPublicPlaces>> {
  return { rows: await ctx.kit.database.ask(async (db) => (await sql<Output<typeof route.listPublicPlaces>['rows'][number]>`select * from publication.public_places(${ctx.today}::date)`.execute(db)).rows) };
}

/** 订阅. */
export async function getPublicFeed(ctx: Ctx, { query }: Input<typeof route.getPublicFeed>): Promise<Output<typeof route.getPublicFeed>> {
  const lines = await standing(ctx, query, { after: null, most: FEED_MOST });
  const content = atomFeed(ctx.kit.origin, lines, ctx.today);
  return { fileName: '公开信息.xml', mediaType: 'application/atom+xml; charset=utf-8', content, mark: `"${createHash('sha256').update(content, 'utf8').digest('base64url').slice(0, 32)}"` };
}

async function itemAt(ctx: Ctx, publicId: string): Promise<Found> {
  const found = await ctx.kit.database.ask(async (db) => (await sql<Found>`select * from publication.public_item(${ctx.today}::date, ${publicId}::uuid)`.execute(db)).rows[0]);
  if (found === undefined) throw new Problem('not-found', ABSENT);
  return found;
}

const filesAt = (ctx: Ctx, publicId: string): Promise<PublicFile[]> =>
  ctx.kit.database.ask(async (db) => (await sql<PublicFile>`select * from publication.public_files(${ctx.today}::date, ${publicId}::uuid)`.execute(db)).rows);
