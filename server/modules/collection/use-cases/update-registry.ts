import type { Input, Output } from '#contract/define-route.ts';
import { choicesOfField, type getCollectionDifferences, type updateFromCollection } from '#contract/collection.ts';
import { managementKindLabels } from '#contract/registry/words.ts';
import { writeCellText } from '#domain/collection/cell-text.ts';
import type { CellContent } from '#domain/collection/column.ts';
import { differencesOf } from '#domain/collection/difference.ts';
import { fieldsFor, subjectOf } from '#domain/collection/fields.ts';
import { reviseCompanies, reviseEstates, type Revision } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble } from '../access.ts';
import { booksNow } from '../held.ts';
import { loadMerged } from '../merged.ts';
import { updateAbility } from '../present.ts';
import { getCollectionRecord, type CollectionRecord } from '../store/collections.ts';

type Difference = Output<typeof getCollectionDifferences>['differences'][number];

/** 填报与台账的差别: what the settled answers say otherwise than the books do now. */
export function getDifferences(ctx: Ctx, { params }: Input<typeof getCollectionDifferences>): Promise<Output<typeof getCollectionDifferences>> {
  return ctx.read(async (db) => ({ differences: await differences(db, ctx, await getCollectionRecord(db, ctx.scope, params.collectionId)) }));
}

async function differences(db: Db, ctx: Ctx, head: CollectionRecord): Promise<Difference[]> {
  const { columns, parts } = await loadMerged(db, { scope: ctx.scope, vault: ctx.kit.vault }, head);
  const subject = subjectOf(head.recipientKind, head.rowUnit);
  const fields = fieldsFor(head.recipientKind, head.rowUnit);
  const books = await booksNow(db, ctx, subject, parts.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const can = updateAbility(ctx, subject);
  return parts.flatMap(({ part, cells }) => differencesOf(columns, fields, cells, (row, field) => books.get(row)?.fields[field]).flatMap(({ row, column: key, before, after }): Difference[] => {
    const [record, column] = [books.get(row), columns.find((one) => one.key === key)];
    return record === undefined || column === undefined ? [] : [{
      partId: part.id, heldId: row, version: record.version, title: record.name, recipientName: part.recipientName, column: key, columnTitle: column.title, before, after, shownBefore: writeCellText(column, before) || '空', shownAfter: writeCellText(column, after) || '空', can,
    }];
  }));
}

/** 更新到台账: the ticked answers only, through the registry's own act, under its versions, with this task as the reason. @throws Problem state.stale when a record or an answer is no longer what was looked at */
export function updateRegistry(ctx: Ctx, { params, body }: Input<typeof updateFromCollection>): Promise<Output<typeof updateFromCollection>> {
  return ctx.transact(async (tx) => {
    const head = await getCollectionRecord(tx.db, ctx.scope, params.collectionId);
    const subject = subjectOf(head.recipientKind, head.rowUnit);
    mustBeAble(updateAbility(ctx, subject));
    const { columns } = await loadMerged(tx.db, { scope: ctx.scope, vault: ctx.kit.vault }, head);
    const fieldOf = new Map(columns.flatMap(({ key, field }) => (field === null ? [] : [[key, field] as const])));
    const standing = new Map((await differences(tx.db, ctx, head)).map((one) => [`${one.heldId}/${one.column}`, one]));
    const revisions = new Map<string, Revision<Record<string, unknown>>>();
    for (const { heldId, version, key: column, after } of body.changes) {
      const now = standing.get(`${heldId}/${column}`);
      if (now === undefined || now.version !== version || now.after !== after) throw new Problem('state.stale', `${now === undefined ? '有一处' : `“${now.title}”的“${now.columnTitle}”`}与刚才看到的不同，可能台账或填报已被修改，请刷新后重新核对`);
      const field = fieldOf.get(column) ?? '';
      revisions.set(heldId, { id: heldId, version, set: { ...revisions.get(heldId)?.set, [field]: contentFor(field, after) } });
    }
    const reason = `采集任务“${head.title}”的填报`;
    if (subject === 'estate') await reviseEstates(tx, ctx, [...revisions.values()], reason);
    else await reviseCompanies(tx, ctx, [...revisions.values()], reason);
    tx.audit({ action: 'collection.update-registry', subject: ['Collection', head.id], before: null, after: { records: revisions.size, cells: body.changes.length }, countyId: head.countyId, townshipId: head.townshipId });
    return { records: revisions.size, cells: body.changes.length };
  });
}

/** A word of a closed list back to its key; every other content is stored as it travels. */
function contentFor(field: string, value: CellContent): unknown {
  if (choicesOfField[field] === undefined) return value;
  return Object.entries(managementKindLabels).find(([, label]) => label === value)?.[0] ?? 'unknown';
}
