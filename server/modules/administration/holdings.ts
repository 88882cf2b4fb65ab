import { makeId } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import type { Holdings } from '#platform/module.ts';

const KEY = 'administration.api-key';

/** 名下的接口密钥: those not revoked, in whatever post: a key is kept by a person. Who leaves may still know a key, so the list says to change it. */
export const administrationHoldings: Holdings = {
  async list(db, userId) {
    const rows = await db.selectFrom('platform.apiKey').select(['id', 'name', 'endsOn']).where('revokedAt', 'is', null).where(isInHand('holderId', 'madeBy', userId)).orderBy('id').execute();
    return rows.map(({ id, name, endsOn }) => ({ kind: KEY, id, group: 'file', title: `接口密钥：${name}`, detail: `有效期至${dateText(endsOn)}，移交后请更换`, path: null, scopeId: null }));
  },
  async move(tx, { fromId, toId, things }) {
    const ids = things.filter(({ kind }) => kind === KEY).map(({ id }) => makeId<'ApiKey'>(id));
    if (ids.length === 0) return;
    await tx.db.updateTable('platform.apiKey').set({ holderId: toId }).where('id', 'in', ids).where(isInHand('holderId', 'madeBy', fromId)).execute();
  },
};
