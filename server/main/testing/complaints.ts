import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import type { Side } from './world.ts';

/** 一件投诉 of one half of the small world: its community has accepted it, its company was asked to deal with it, a department of the county helps. */
export async function giveComplaint(db: Db, kit: Kit, { mark, ids }: Side, countyId: string): Promise<void> {
  const at = kit.clock.now();
  const place = { countyId: countyId as never, townshipId: ids.townshipId as never, neighbourhoodId: ids.neighbourhoodId as never, estateId: ids.estateId as never };
  const { serial } = await db.selectFrom('complaint.complaint').select((eb) => eb.fn.countAll<number>().as('serial')).where('countyId', '=', countyId as never).executeTakeFirstOrThrow();
  await db.insertInto('complaint.complaint').values({
    ...place, id: ids.complaintId as never, companyId: ids.companyId as never, spot: `${mark}1单元`, numberYear: 2026, numberSerial: serial + 1, origin: 'counter', categoryCode: 'F04', pace: 'ordinary', body: `${mark}有人飞线充电`, status: 'accepted',
    handlerId: ids.neighbourhoodId as never, firstId: ids.neighbourhoodId as never, receivedAt: at, receivedOn: '2026-11-20' as never, signedAt: at, acceptedAt: at, recordedByName: `${mark}经办`, createdAt: at, updatedAt: at,
  }).execute();
  await db.insertInto('complaint.complainant').values({ ...place, id: ids.complainantId as never, complaintId: ids.complaintId as never, isAnonymous: false, nameCipher: kit.vault.seal(`${mark}投诉人`), createdAt: at }).execute();
  await db.insertInto('complaint.step').values({ ...place, companyId: ids.companyId as never, id: newId<'Step'>(), complaintId: ids.complaintId as never, act: 'receive', handlerId: ids.neighbourhoodId as never, handlerName: `${mark}社区`, status: 'accepted', actedByName: `${mark}经办`, bodyName: `${mark}社区`, actedAt: at }).execute();
  await db.insertInto('complaint.participant').values({ ...place, id: newId<'Participant'>(), complaintId: ids.complaintId as never, orgUnitId: await departmentOf(db, countyId), part: 'assisting', createdAt: at }).execute();
}

/** The county's one department, in which its officer sits. */
async function departmentOf(db: Db, countyId: string) {
  const known = await db.selectFrom('platform.orgUnit').select('id').where('countyId', '=', countyId as never).where('kind', '=', 'department').executeTakeFirst();
  if (known) return known.id;
  const id = newId<'OrgUnit'>();
  await db.insertInto('platform.orgUnit').values({ id, countyId: countyId as never, parentId: countyId as never, kind: 'department', name: '某局', matchKey: '某局' }).execute();
  await db.updateTable('platform.userGrant').set({ orgUnitId: id }).where('countyId', '=', countyId as never).where('role', '=', 'department-officer').execute();
  return id;
}
