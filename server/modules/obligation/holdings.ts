import { makeId } from '#domain/kernel/brand.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { newId } from '#platform/ids.ts';
import type { Holdings } from '#platform/module.ts';

const DUTY = 'obligation.duty';
/** Bodies whose own id is what a post covers; others work in the county's area. */
const PLACED: ReadonlySet<string> = new Set(['township', 'neighbourhood', 'company']);

/** 名下的时限义务: what is open and in the person's own hands. Its day stays what it was; the log says to whom it went. */
export const obligationHoldings: Holdings = {
  async list(db, userId) {
    const rows = await db.selectFrom('obligation.obligation').select(['id', 'title', 'dueOn', 'path', 'holderKind', 'holderOrgId']).where('holderUserId', '=', userId).where('endedOn', 'is', null).orderBy('id').execute();
    return rows.map((row) => ({ kind: DUTY, id: row.id, group: 'duty', title: `时限义务：${row.title}`, detail: row.dueOn === null ? '中止' : `${dateText(row.dueOn)}到期`, path: row.path, scopeId: PLACED.has(row.holderKind) ? row.holderOrgId : null }));
  },
  async move(tx, { fromId, toId, things }) {
    const ids = things.filter(({ kind }) => kind === DUTY).map(({ id }) => makeId<'Obligation'>(id));
    if (ids.length === 0) return;
    const moved = await tx.db.updateTable('obligation.obligation').set((eb) => ({ holderUserId: toId, version: eb('version', '+', 1), updatedAt: tx.now })).where('id', 'in', ids).where('holderUserId', '=', fromId).where('endedOn', 'is', null).returningAll().execute();
    if (moved.length === 0) return;
    await tx.db.insertInto('obligation.entry').values(moved.map((row) => ({
      id: newId<'Entry'>(), countyId: row.countyId, obligationId: row.id, kind: 'reassigned' as const, event: 'obligation.handed-over', key: newId(), actedAt: tx.now, actedOn: todayIn(tx.now), reason: '工作交接',
      holderKind: row.holderKind, holderOrgId: row.holderOrgId, holderUserId: toId, holderName: row.holderName, recordedAt: tx.now,
    }))).execute();
  },
};
