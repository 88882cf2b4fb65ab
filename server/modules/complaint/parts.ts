import type { Id } from '#domain/kernel/brand.ts';
import type { Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import type { Body } from './office.ts';
import { placeOf, type ComplaintRecord } from './store.ts';

/** 查单位 of the county that is still there. @throws Problem input.invalid at the field `pointer` */
export async function bodyOf(tx: Tx, countyId: Id<'OrgUnit'>, id: Id<'OrgUnit'>, pointer: string): Promise<Body> {
  const body = await tx.db.selectFrom('platform.orgUnit').select(['id', 'name', 'kind']).where('id', '=', id).where('countyId', '=', countyId).where('archivedAt', 'is', null).where('kind', '<>', 'county').executeTakeFirst();
  if (!body) throw new Problem('input.invalid', '没有这个单位，或者已经撤销，请重新选择', { errors: [{ pointer, message: '请从列表里选择单位' }] });
  return body;
}

/** 参与办理: writes down that a body has it, helps, or had it; one line per body and file. */
export const takePart = (tx: Tx, row: ComplaintRecord, orgUnitId: Id<'OrgUnit'>, part: Part): Promise<void> => takeParts(tx, [{ row, orgUnitId, part }]);
type Part = 'lead' | 'assisting' | 'former';

/** 一并记下参与办理 of several files. */
export async function takeParts(tx: Tx, parts: readonly { readonly row: ComplaintRecord; readonly orgUnitId: Id<'OrgUnit'>; readonly part: Part }[]): Promise<void> {
  if (parts.length === 0) return;
  await tx.db.insertInto('complaint.participant').values(parts.map(({ row, orgUnitId, part }) => ({ id: newId<'Participant'>(), ...placeOf(row), complaintId: row.id, orgUnitId, part, createdAt: tx.now })))
    .onConflict((conflict) => conflict.columns(['complaintId', 'orgUnitId']).doUpdateSet((eb) => ({ part: eb.ref('excluded.part') }))).execute();
}

/** 换承办单位: the one before is remembered as such and goes on seeing the file. */
export async function handOn(tx: Tx, before: ComplaintRecord, after: ComplaintRecord): Promise<void> {
  if (before.handlerId !== after.handlerId) await takePart(tx, after, before.handlerId, 'former');
  await takePart(tx, after, after.handlerId, 'lead');
}
