import { sql } from 'kysely';
import { todayIn } from '#domain/kernel/local-date.ts';
import { keepTime } from '#modules/complaint/time.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Told } from './plan/complaint-story.ts';

/** 演示投诉件的时限: every act of every file is told to the clock as it was told on its day, so that each duty is what the product itself would have made of it. */
export async function startClocks(tx: Tx, { actor }: Pick<Ctx, 'actor'>, told: readonly Told[]): Promise<void> {
  const files = new Map((await tx.db.selectFrom('complaint.complaint').selectAll().where(sql<boolean>`id = any(${[...new Set(told.map(({ complaintId }) => complaintId))]}::uuid[])`).execute()).map((file) => [file.id, file]));
  for (const { complaintId, act, at, ...then } of told) {
    const file = files.get(complaintId);
    if (file === undefined) throw new RangeError('an act without its file');
    await keepTime(tx, { now: at, today: todayIn(at), actor }, { ...file, ...then }, { act });
  }
}
