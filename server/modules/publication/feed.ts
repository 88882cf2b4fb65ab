import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { publicationKindLabels, type PublicationKind } from '#domain/publication/kind.ts';

/** 订阅中的一条. */
export interface FeedLine { readonly publicId: string; readonly kind: PublicationKind; readonly title: string; readonly issuerName: string; readonly issuedAt: Instant; readonly untilOn: LocalDate | null; readonly indexNo: string }

/** What XML 1.0 has no place for is left out, the five marks are written as entities. */
const escaped = (text: string): string => text.toWellFormed().replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '').replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** Atom (RFC 4287): titles and addresses only; what is withdrawn is not in it any more. */
export function atomFeed(origin: string, lines: readonly FeedLine[], today: LocalDate): string {
  const updated = lines.map(({ issuedAt }) => issuedAt).toSorted().at(-1) ?? `${today}T00:00:00Z`;
  const entries = lines.map(({ publicId, kind, title, issuerName, issuedAt, untilOn, indexNo }) => [
    '  <entry>', `    <id>urn:uuid:${publicId}</id>`, `    <title>${escaped(title)}</title>`, `    <link rel="alternate" href="${escaped(`${origin}/public/${publicId}`)}"/>`,
    `    <published>${issuedAt}</published>`, `    <updated>${issuedAt}</updated>`, `    <author><name>${escaped(issuerName)}</name></author>`, `    <category term="${kind}" label="${escaped(publicationKindLabels[kind])}"/>`,
    `    <summary>${escaped(`索引号${indexNo}${untilOn === null ? '' : `，公示期至${dateText(untilOn)}`}`)}</summary>`, '  </entry>',
  ].join('\n'));
  return [
    '<?xml version="1.0" encoding="utf-8"?>', '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">', '  <title>公开信息</title>', `  <id>${escaped(`${origin}/public`)}</id>`,
    `  <link rel="alternate" href="${escaped(`${origin}/public`)}"/>`, `  <link rel="self" href="${escaped(`${origin}/api/public-feed`)}"/>`, `  <updated>${updated}</updated>`, ...entries, '</feed>', '',
  ].join('\n');
}
