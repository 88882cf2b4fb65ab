import { z } from 'zod';
import { makeId } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { JobKind } from '#platform/module.ts';
import { runScans } from '#platform/personal/scan.ts';
import { clueOf, findPerson, linksOf, scansOf } from './person/find-person.ts';
import { keepFindings } from './person/findings.ts';
import { chosenOf, getRequest, personOf, type RequestRecord } from './person/store.ts';

const NAME = 'privacy.search';
const Input = z.object({ requestId: z.uuid() });
const requestOf = (input: unknown) => makeId<'PersonRequest'>(Input.parse(input).requestId);

/** 开始全系统查找 for a request, in the caller's transaction; until it is done nothing is proposed, copied or answered. */
export async function startSearch(ctx: Ctx, tx: Tx, { id, countyId }: Pick<RequestRecord, 'id' | 'countyId'>): Promise<void> {
  const jobId = await ctx.kit.queue.start(ctx, tx, { kind: NAME, input: { requestId: id }, countyId });
  await tx.db.updateTable('privacy.personRequest').set({ searchJobId: makeId<'Job'>(jobId), searchedAt: null, searchCut: [], updatedAt: tx.now }).where('id', '=', id).execute();
}

/**
 * 全系统查找: goes through what no index reaches, stretch by stretch in one snapshot, and keeps what it found. One that was started anew
 * meanwhile, and one whose request is over, keeps nothing.
 */
export const searchJob: JobKind = {
  name: NAME, title: '查找本人信息', opens: (input) => `/person-requests/${requestOf(input)}`,
  async run(ctx, { id, input, progress }) {
    const request = await ctx.read((db) => getRequest(db, ctx.scope, requestOf(input)));
    if (request.clearedAt !== null) return { found: 0 };
    const { vault, database } = ctx.kit;
    const clue = clueOf(vault, request.countyId, ctx.today, personOf(vault, request));
    let told = 0;
    const { records, cut } = await database.snapshot(everything, async (db) => {
      const known = await findPerson(db, ctx.kit, clue, chosenOf(request));
      return runScans(db, scansOf(ctx.kit), { ...clue, subjects: linksOf(known, chosenOf(request)) }, async (done, total) => {
        const percent = Math.floor((done * 100) / total);
        if (percent === told) return;
        told = percent;
        await progress(done, total);
      });
    }, ctx.requestId);
    return ctx.transact(async (tx) => {
      tx.auditNothing('a search changes nothing of what is held; whoever looks at what it found is known by the request');
      const row = await tx.db.selectFrom('privacy.personRequest').selectAll().where('id', '=', request.id).forUpdate().executeTakeFirstOrThrow();
      if (row.searchJobId !== id || row.clearedAt !== null) return { found: 0 };
      await keepFindings(tx, vault, { ...row, records });
      await tx.db.updateTable('privacy.personRequest').set({ searchedAt: ctx.now, searchCut: [...cut], updatedAt: tx.now }).where('id', '=', row.id).execute();
      return { found: records.length };
    });
  },
};
