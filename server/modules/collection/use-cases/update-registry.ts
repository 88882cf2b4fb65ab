import type { Input, Output } from '#contract/define-route.ts';
import { choicesOfField, type getCollectionDifferences, type updateFromCollection } from '#contract/collection.ts';
import { managementKindLabels } from '#contract/registry/words.ts';
import type { CellContent } from '#domain/collection/column.ts';
import { subjectOf } from '#domain/collection/fields.ts';
import { reviseCompanies, reviseEstates, type Revision } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble } from '../access.ts';
import { compared, type Compared } from '../compared.ts';
import { summariesOf } from '../merged.ts';
import { updateAbility } from '../present.ts';
import { columnsOf, getCollectionRecord, type CollectionRecord } from '../store/collections.ts';
import { partHeadsOf, partsAbout, partsAmong } from '../store/parts.ts';

type Answer = Output<typeof getCollectionDifferences>;
/** Parts opened at a time, and rows looked at for one page: most say 无变化. */
const AT_ONCE = 20;
const MOST_LOOKED_AT = 2_000;

/** 填报与台账的差别, page by page: what the settled answers say otherwise than the books do now. */
export function getDifferences(ctx: Ctx, { params, query }: Input<typeof getCollectionDifferences>): Promise<Answer> {
  return ctx.read(async (db) => onePage(db, ctx, await getCollectionRecord(db, ctx.scope, params.collectionId), query));
}

async function onePage(db: Db, ctx: Ctx, head: CollectionRecord, { after, limit }: { after?: string | undefined; limit: number }): Promise<Answer> {
  const heads = await partHeadsOf(db, ctx.scope, head.id);
  const summaries = await summariesOf(db, { scope: ctx.scope, vault: ctx.kit.vault }, columnsOf(head), heads);
  const left = heads.filter(({ id }) => (summaries.get(id)?.changedRows ?? 0) > 0 && (after === undefined || id > after));
  const found: Compared[] = [];
  let [at, looked] = [0, 0];
  while (at < left.length && found.length < limit && looked < MOST_LOOKED_AT) {
    const some = left.slice(at, at + AT_ONCE);
    found.push(...await compared(db, ctx, head, await partsAmong(db, ctx.scope, some.map(({ id }) => id))));
    looked += some.reduce((total, { rowCount }) => total + rowCount, 0);
    at += some.length;
  }
  return { differences: found.map(({ field: _field, companyId: _company, ...shown }) => shown), next: at < left.length ? left[at - 1]?.id ?? null : null };
}

/** 更新到台账: the ticked answers only, through the registry's own act, under its versions, with this task as the reason. @throws Problem state.stale when a record or an answer is no longer what was looked at */
export function updateRegistry(ctx: Ctx, { params, body }: Input<typeof updateFromCollection>): Promise<Output<typeof updateFromCollection>> {
  return ctx.transact(async (tx) => {
    const head = await getCollectionRecord(tx.db, ctx.scope, params.collectionId);
    const subject = subjectOf(head.recipientKind, head.rowUnit);
    mustBeAble(updateAbility(ctx, subject));
    const parts = await partsAbout(tx.db, ctx.scope, head.id, body.changes.map(({ heldId }) => heldId));
    const standing = new Map((await compared(tx.db, ctx, head, parts)).map((one) => [`${one.heldId}/${one.column}`, one]));
    const revisions = new Map<string, Revision<Record<string, unknown>>>();
    for (const { heldId, version, key: column, after } of body.changes) {
      const now = standing.get(`${heldId}/${column}`);
      if (now === undefined || now.version !== version || now.after !== after) throw new Problem('state.stale', `${now === undefined ? '有一处' : `“${now.title}”的“${now.columnTitle}”`}与刚才看到的不同，可能台账或填报已被修改，请刷新后重新核对`);
      if (now.can !== true) throw new Problem('state.conflict', `“${now.title}”的“${now.columnTitle}”不能从这里更新：${now.can}`);
      revisions.set(heldId, { id: heldId, version, set: { ...revisions.get(heldId)?.set, ...written(now) } });
    }
    const reason = `采集任务“${head.title}”的填报`;
    if (subject === 'estate') await reviseEstates(tx, ctx, [...revisions.values()], reason);
    else await reviseCompanies(tx, ctx, [...revisions.values()], reason);
    tx.audit({ action: 'collection.update-registry', subject: ['Collection', head.id], before: null, after: { records: revisions.size, cells: body.changes.length }, countyId: head.countyId, townshipId: head.townshipId });
    return { records: revisions.size, cells: body.changes.length };
  });
}

const written = ({ field, companyId, after }: Compared): Record<string, unknown> => (field.taking === 'contract' ? { companyId } : { [field.id]: contentFor(field.id, after) });

/** A word of a closed list back to its key; every other content is stored as it travels. */
function contentFor(field: string, value: CellContent): unknown {
  if (choicesOfField[field] === undefined) return value;
  return Object.entries(managementKindLabels).find(([, label]) => label === value)?.[0] ?? 'unknown';
}
