import type { Output } from '#contract/define-route.ts';
import type { getComplaint } from '#contract/complaint.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { decideAct, type ActName, type ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { orRefuse } from '#platform/problem.ts';
import { circumstancesOf, factsOf, type Circumstances, type Given } from '../facts.ts';
import { mailAnswer } from '../mail.ts';
import { officeOf, type Office } from '../office.ts';
import { presentComplaint } from '../present.ts';
import { change, recordStep } from '../record.ts';
import { getRecord, lockRecord, type ComplaintRecord } from '../store.ts';
import { tellOf } from '../tell.ts';
import { keepTime } from '../time.ts';

export type Answer = Output<typeof getComplaint>;
export interface One { readonly complaintId: Id<'Complaint'> }
/** What an act finds: the locked file, for whom it is done, and what else decides. */
export interface Found { readonly before: ComplaintRecord; readonly office: Office; readonly around: Circumstances }
type Columns = Partial<Omit<ComplaintRecord, 'id' | 'version' | 'createdAt' | 'status'>>;

/** 办一步: what it brings to the rules, what it changes, and what is written down. */
export interface Doing {
  readonly act: ActName;
  readonly note?: string | ((found: Found) => string);
  readonly isInternal?: boolean;
  readonly reason?: string;
  readonly given?: (tx: Tx, found: Found) => Promise<Given> | Given;
  readonly columns?: (tx: Tx, found: Found) => Promise<Columns> | Columns;
  readonly status?: (next: ComplaintStatus, found: Found) => ComplaintStatus;
  /** What follows in the same transaction, once it is stored. */
  readonly follows?: (tx: Tx, found: Found, after: ComplaintRecord) => Promise<void>;
}

/** 办理, from lock to answer: load, decide by the table, record with step, audit, event, time limits and notices. @throws Problem not-found, state.stale, rule.violated */
export function perform(ctx: Ctx, { complaintId }: One, doing: Doing): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const office = await officeOf(tx.db, ctx);
    const after = await actIn(tx, ctx, office, await lockRecord(tx.db, ctx, office, complaintId), doing);
    return presentComplaint(tx.db, ctx, await getRecord(tx.db, ctx, office, after.id), office);
  });
}

/** 办一步 on a file that is locked already, in the caller's transaction. `bodyName`: whose act it is where it is not the actor's own, as the hotline's. @throws Problem rule.violated */
export async function actIn(tx: Tx, ctx: Ctx, office: Office, before: ComplaintRecord, doing: Doing, bodyName?: string): Promise<ComplaintRecord> {
  const found: Found = { before, office, around: await circumstancesOf(tx.db, before, ctx) };

  const given = await doing.given?.(tx, found) ?? {};
  const status = orRefuse(decideAct(doing.act, factsOf(ctx, before, office, found.around, given)));

  const columns = await doing.columns?.(tx, found) ?? {};
  const after = await change(tx, before, ctx.now, { ...columns, status: doing.status?.(status, found) ?? status });
  await doing.follows?.(tx, found, after);
  const note = typeof doing.note === 'function' ? doing.note(found) : doing.note ?? '';
  const isOffline = bodyName === undefined && office.body !== null && office.body.id !== before.handlerId && found.around.isHandlerOffline;
  await recordStep(tx, ctx, before, after, { act: doing.act, note, isInternal: doing.isInternal ?? false, isOffline, bodyName: bodyName ?? office.body?.name ?? (ctx.actor.userId === null ? '系统' : await companyOf(tx, ctx)), ...(doing.reason === undefined ? {} : { reason: doing.reason }) });
  await keepTime(tx, ctx, after, { act: doing.act, reason: note, before });
  await tellOf(tx, ctx, before, after, doing.act);
  if (doing.act === 'reply' || doing.act === 'refuse') await mailAnswer(tx, ctx, after);
  return after;
}

async function companyOf(tx: Tx, ctx: Ctx): Promise<string> {
  const company = ctx.scope.level === 'company' && ctx.scope.id !== null ? await tx.db.selectFrom('registry.company').select('name').where('id', '=', makeId<'Company'>(ctx.scope.id)).executeTakeFirst() : undefined;
  return company?.name ?? ctx.actor.name;
}
