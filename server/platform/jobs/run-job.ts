import type { Updateable } from 'kysely';
import { makeId } from '#domain/kernel/brand.ts';
import { everything, type Scope } from '../access/scope.ts';
import type { Actor } from '../context.ts';
import type { Kit } from '../kit.ts';
import { systemContext } from '../make-context.ts';
import { notify, type NoticeMessage } from '../notices/notify.ts';
import { Problem } from '../problem.ts';
import type { PlatformTables } from '../tables.gen.ts';

interface JobInput { readonly scope: Scope; readonly actor: Actor }

/**
 * 执行一个作业 under the scope of whoever asked for it. A refusal (Problem) ends it as failed with its sentence; any other
 * error leaves it for another attempt. A job found `running` was interrupted and is run again from its start.
 */
export async function runJob(kit: Kit, jobId: string): Promise<void> {
  const row = await kit.database.write(everything, (db) =>
    db.updateTable('platform.job').set((eb) => ({ status: 'running', startedAt: kit.clock.now(), heartbeatAt: kit.clock.now(), attempts: eb('attempts', '+', 1) }))
      .where('id', '=', makeId<'Job'>(jobId)).where('status', 'in', ['waiting', 'running']).returningAll().executeTakeFirst());
  if (!row) return;
  const kind = kit.modules.flatMap((module) => module.jobs).find((each) => each.name === row.kind);
  if (!kind) throw new Error(`no job kind ${row.kind}`);
  const input = row.input as JobInput;
  const ctx = systemContext(kit, { scope: input.scope, actor: input.actor, requestId: `job-${jobId}` });
  const set = (values: Updateable<PlatformTables['platform.job']>) => kit.database.write(everything, (db) => db.updateTable('platform.job').set(values).where('id', '=', makeId<'Job'>(jobId)).execute());
  try {
    const result = await kind.run(ctx, {
      id: jobId, input,
      progress: async (done, total, stage) => { await set({ doneCount: done, totalCount: total, ...(stage === undefined ? {} : { stage }), heartbeatAt: kit.clock.now() }); },
    });
    await set({ status: 'done', finishedAt: kit.clock.now(), result: JSON.stringify(result ?? null) });
  } catch (error) {
    const tell = (message: Pick<NoticeMessage, 'to' | 'text' | 'path'>) =>
      kit.database.write(everything, (db) => notify({ db, now: kit.clock.now() }, { kind: 'job.failed', subject: ['Job', jobId], ...message }));
    if (!(error instanceof Problem)) {
      await set({ error: String(error).slice(0, 500) });
      // It is tried again by itself; who runs the system hears of it once.
      if (row.attempts === 1) await tell({ to: [{ orgUnitId: row.countyId, permission: 'administration.job.replay' }], text: `后台作业“${kind.title}”出错，系统会自动再试，请查看原因。`, path: '/jobs' });
      throw error;
    }
    await set({ status: 'failed', finishedAt: kit.clock.now(), error: error.message });
    if (row.createdBy !== null && kind.opens !== undefined) await tell({ to: [{ userId: row.createdBy }], text: `“${kind.title}”没有完成，请查看原因。`, path: kind.opens(input) });
  }
}
