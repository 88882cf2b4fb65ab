import { z } from 'zod';
import { makeId } from '#domain/kernel/brand.ts';
import { standingOf } from '#modules/obligation/index.ts';
import type { Subscriber } from '#platform/module.ts';

const Moved = z.object({ subjectKind: z.string(), subjectId: z.string() });

/** 时限有变动: a day that passed, was moved or waived by itself, without an act of the file's own; copies to the file its next day and whether answer and first contact are in time. */
export const judgeAnew: Subscriber = async (_ctx, tx, { payload }) => {
  const { subjectKind, subjectId } = Moved.parse(payload);
  tx.auditNothing('what moved the day has its own entry');
  if (subjectKind !== 'Complaint') return;
  const id = makeId<'Complaint'>(subjectId);
  // The file first, as every act does, so that two of them never wait for each other.
  await tx.db.selectFrom('complaint.complaint').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  const { nextDueOn, timings } = await standingOf(tx, ['Complaint', subjectId]);
  await tx.db.updateTable('complaint.complaint').set({ nextDueOn, ...timingColumns(timings) }).where('id', '=', id).execute();
};

/** 是否按时 as the file keeps it. */
export const timingColumns = (timings: ReadonlyMap<string, 'on-time' | 'late'>) => ({ answerTiming: timings.get('complaint.answer') ?? null, contactTiming: timings.get('complaint.contact') ?? null });
