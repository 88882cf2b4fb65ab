import { makeId } from '#domain/kernel/brand.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import type { Holdings } from '#platform/module.ts';

const BATCH = 'ledger.batch';
const kinds = { companies: '物业服务企业', estates: '小区', practitioners: '从业人员', units: '房屋与业主' } as const;
/** What still waits for somebody, in words; a batch of another status is over. */
const waiting = { uploaded: '刚上传', reading: '正在读取', mapping: '等指认表头', preview: '等核对、确认', confirming: '正在导入' } as const;
const isWaiting = (status: string): status is keyof typeof waiting => Object.hasOwn(waiting, status);

/** 名下的导入批次: those not yet confirmed or cancelled. What was imported stays with the name of who confirmed it. */
export const ledgerHoldings: Holdings = {
  async list(db, userId) {
    const rows = await db.selectFrom('ledger.batch').select(['id', 'kind', 'status', 'rowCount', 'createdAt', 'countyId', 'townshipId']).where(isInHand('holderId', 'createdBy', userId))
      .where('status', 'in', ['uploaded', 'reading', 'mapping', 'preview', 'confirming']).orderBy('id').execute();
    return rows.flatMap(({ id, kind, status, rowCount, createdAt, countyId, townshipId }) => (isWaiting(status)
      ? [{ kind: BATCH, id, group: 'duty' as const, title: `导入台账：${kinds[kind]}，${rowCount} 行`, detail: `${dateText(todayIn(createdAt))}上传，${waiting[status]}`, path: `/imports/${id}`, scopeId: townshipId ?? countyId }]
      : []));
  },
  async move(tx, { fromId, toId, things }) {
    const ids = things.filter(({ kind }) => kind === BATCH).map(({ id }) => makeId<'Batch'>(id));
    if (ids.length === 0) return;
    await tx.db.updateTable('ledger.batch').set({ holderId: toId }).where('id', 'in', ids).where(isInHand('holderId', 'createdBy', fromId)).execute();
  },
};
