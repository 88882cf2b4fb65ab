import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PublicBlock } from '#contract/publication.ts';
import type { PublicBlock as Block } from '#domain/publication/content.ts';
import type { PublicationKind } from '#domain/publication/kind.ts';
import { canonicalJson } from '#platform/audit/canonical.ts';

const stored = z.array(PublicBlock);

/** 公开的内容 out of its column. */
export const blocksIn = (content: unknown): z.output<typeof stored> => stored.parse(content);

const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');

/** 内容摘要: over everything the public is shown, attachments by their hash. */
export const digestOf = (content: { readonly kind: PublicationKind; readonly title: string; readonly blocks: readonly Block[]; readonly files: readonly { readonly name: string; readonly hash: string }[] }): string =>
  sha256({ kind: content.kind, title: content.title, blocks: content.blocks, files: content.files.map(({ name, hash }) => ({ name, hash })) });

/** 来源摘要: of what was drawn from the subject alone. */
export const drawnDigest = ({ title, blocks }: { readonly title: string; readonly blocks: readonly Block[] }): string => sha256({ title, blocks });
