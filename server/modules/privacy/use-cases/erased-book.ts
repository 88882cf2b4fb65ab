import { sql } from 'kysely';
import { makeId } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { ErasedEntry } from '#platform/personal/erased-book.ts';
import { runScans } from '#platform/personal/scan.ts';
import { eraseNow } from '../person/erase.ts';
import { scansOf } from '../person/find-person.ts';
import { clearRequest } from '../person/store.ts';

/** 写删除记录簿: what was erased and is not yet in the book beside the database. Written twice it is read once. */
export async function keepBook(ctx: Ctx): Promise<void> {
  const { rows } = await ctx.kit.database.read(everything, (db) => sql<{ id: string; book: ErasedEntry }>`select id, book from privacy.erasure where book is not null order by id`.execute(db));
  for (const { id, book } of rows) {
    await ctx.kit.erased.add(book);
    await ctx.transact(async (tx) => {
      tx.auditNothing('what was erased is audited with the erasure');
      await sql`update privacy.erasure set book = null where id = ${id}::uuid`.execute(tx.db);
    });
  }
}

/**
 * 重新执行删除: whatever the book holds that this database does not know of was erased after the backup it came from. Each in its own
 * transaction. A book of another deployment's county is left alone. Run again at once it does nothing.
 */
export async function reapplyErasures(ctx: Ctx): Promise<void> {
  await keepBook(ctx);
  const entries = new Map((await ctx.kit.erased.list()).map((entry) => [entry.erasureId, entry]));
  if (entries.size === 0) return;
  const { rows } = await ctx.kit.database.read(everything, (db) => sql<{ id: string }>`
    select e.id from unnest(${[...entries.keys()]}::uuid[]) as e (id) where not exists (select from privacy.erasure x where x.id = e.id)`.execute(db));
  for (const { id } of rows) { const entry = entries.get(id); if (entry !== undefined) await reapply(ctx, entry); }
}

async function reapply(ctx: Ctx, entry: ErasedEntry): Promise<void> {
  const { idIndex, phoneIndex, phoneIndexes, records, ...rest } = entry;
  const clue = { countyId: entry.countyId, today: ctx.today, vault: ctx.kit.vault, name: null, numbers: [], subjects: [], idIndex, phoneIndexes: phoneIndexes ?? (phoneIndex === null ? [] : [phoneIndex]) };
  const { records: scanned } = await ctx.kit.database.snapshot(everything, (db) => runScans(db, scansOf(ctx.kit), clue));
  await ctx.transact(async (tx) => {
    const county = await tx.db.selectFrom('platform.orgUnit').select('id').where('id', '=', makeId<'OrgUnit'>(entry.countyId)).where('kind', '=', 'county').executeTakeFirst();
    if (county === undefined) { tx.auditNothing('an erasure of another deployment'); return; }
    const rows = await eraseNow(tx, ctx.kit, { chosen: records.map(({ kind, id }) => `${kind}:${id}`), clue, entry: rest, scanned, reapplied: true });
    const request = await tx.db.selectFrom('privacy.personRequest').selectAll().where('id', '=', makeId<'PersonRequest'>(entry.erasureId)).forUpdate().executeTakeFirst();
    if (request !== undefined && request.clearedAt === null) {
      const decided = { status: 'done' as const, outcome: '已批准删除；从备份恢复后重新执行', decidedByName: entry.approvedByName, decidedAt: ctx.now };
      await tx.db.updateTable('privacy.personRequest').set(decided).where('id', '=', request.id).execute();
      await clearRequest(tx, ctx.kit.vault, { ...request, ...decided });
    }
    tx.audit({ action: 'privacy.reapply', subject: ['PersonRequest', entry.erasureId], before: null, after: { rows }, countyId: county.id });
  });
}
