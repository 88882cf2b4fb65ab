import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { HolderKind } from '#domain/kernel/duty.ts';

/** A body, company or committee by its id, and perhaps the person within it who has the thing in hand. */
export interface HolderRef { readonly orgUnitId: string; readonly userId?: string | null }

/** 事实: what happened to a subject, as the capability whose subject it is tells it. No personal data anywhere in it. */
export interface Fact {
  readonly event: string;
  /** Unique under `event` for ever; a repeat changes nothing. */
  readonly key: string;
  readonly subject: readonly [kind: string, id: string];
  /** The act, and the day it counts as: that day itself is not counted. */
  readonly at: Instant;
  readonly on: LocalDate;
  /** What is opened counts from here instead of from the act: a category mended later does not move the day of receipt. */
  readonly since?: { readonly at: Instant; readonly on: LocalDate };
  /** What `appliesTo`, the days and the given deadline of duties read; plain JSON. */
  readonly facts: unknown;
  /** How the subject is called, and the console page of the act. */
  readonly title: string;
  readonly path: string;
  readonly place: { readonly countyId: string; readonly townshipId: string | null; readonly neighbourhoodId: string | null; readonly estateId: string | null; readonly companyId: string | null };
  readonly holders: Partial<Record<HolderKind, HolderRef>>;
  readonly reason?: string;
  readonly by?: { readonly userId: string | null; readonly name: string };
}
