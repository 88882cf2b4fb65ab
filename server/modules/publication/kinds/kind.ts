import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { PublicBlock } from '#domain/publication/content.ts';
import type { PublicationKind } from '#domain/publication/kind.ts';
import type { Period } from '#domain/publication/period.ts';
import type { Issuer } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';

/** 带出的内容: what a subject says on a day; files are made only when asked. */
export interface Drawn {
  readonly title: string;
  readonly blocks: readonly PublicBlock[];
  readonly aboutTownshipId: Id<'OrgUnit'> | null;
  /** What the kind proposes; null leaves it to the parameter. */
  readonly period: Period | null;
  readonly files: readonly { readonly name: string; readonly mediaType: string; bytes(): Promise<Buffer> }[];
}

/** 带出内容的人和日子. */
export interface Drawing { readonly db: Db; readonly ctx: Ctx; readonly issuer: Issuer; readonly subjectId: string | null; readonly on: LocalDate }

/** 种类: how one kind of public item is drawn up from its subject; null for what is written by hand. Adding a kind is adding one such value. */
export interface PublicationSource { readonly kind: PublicationKind; readonly draw: ((drawing: Drawing) => Promise<Drawn>) | null }
