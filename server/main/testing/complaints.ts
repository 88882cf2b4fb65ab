import { Readable } from 'node:stream';
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
  // Its number is taken from the county's register, as the product takes it.
  await db.insertInto('complaint.numberRegister').values({ countyId: countyId as never, year: 2026, lastSerial: serial + 1 }).onConflict((conflict) => conflict.columns(['countyId', 'year']).doUpdateSet({ lastSerial: serial + 1 })).execute();
  await db.insertInto('complaint.complainant').values({ ...place, id: ids.complainantId as never, complaintId: ids.complaintId as never, isAnonymous: false, nameCipher: kit.vault.seal(`${mark}投诉人`), createdAt: at }).execute();
  await db.insertInto('complaint.step').values({ ...place, companyId: ids.companyId as never, id: newId<'Step'>(), complaintId: ids.complaintId as never, act: 'receive', handlerId: ids.neighbourhoodId as never, handlerName: `${mark}社区`, status: 'accepted', actedByName: `${mark}经办`, bodyName: `${mark}社区`, actedAt: at }).execute();
  await db.insertInto('complaint.participant').values({ ...place, id: newId<'Participant'>(), complaintId: ids.complaintId as never, orgUnitId: await departmentOf(db, countyId), part: 'assisting', createdAt: at }).execute();
  await giveOrder(db, kit, { mark, ids }, countyId);
  await giveLetter(db, kit, { mark, ids }, countyId);
}

/** 12345工单 of that half: its order, the file in which it came with a row that waits to be mended, and what went back. */
async function giveOrder(db: Db, kit: Kit, { mark, ids }: Side, countyId: string): Promise<void> {
  const at = kit.clock.now();
  const place = { countyId: countyId as never, townshipId: ids.townshipId as never, neighbourhoodId: ids.neighbourhoodId as never, estateId: ids.estateId as never };
  const { id: uploadedBy } = await db.selectFrom('platform.appUser').select('id').where('countyId', '=', countyId as never).orderBy('id').limit(1).executeTakeFirstOrThrow();
  const fileId = newId<'File'>();
  const upload = await kit.files.put(Readable.from([Buffer.from(`工单编号,诉求内容\r\n${mark}2,${mark}堆物\r\n${mark}3,${mark}堆物\r\n`)]), { name: `${mark}工单.csv`, mediaType: 'text/csv', limitBytes: 1_000 });
  await db.insertInto('platform.file').values({ id: fileId, countyId: countyId as never, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: upload.mediaType, name: upload.name, subjectKind: 'OrderBatch', subjectId: ids.orderBatchId as never, uploadedBy, createdAt: at }).execute();
  await db.insertInto('complaint.orderBatch').values({ id: ids.orderBatchId as never, countyId: countyId as never, status: 'preview', fileId, fileName: `${mark}工单.csv`, rowsCount: 1, refusedCount: 1, createdBy: uploadedBy, createdByName: `${mark}经办`, createdAt: at }).execute();
  const settled = { estateId: null, estate: null, townshipId: null, handlerId: null, category: null, estates: [], isPlaceOpen: true, needsCategory: true };
  await db.insertInto('complaint.orderRow').values({ batchId: ids.orderBatchId as never, rowNo: 1, countyId: countyId as never, sheet: `${mark}表`, sheetRow: 2, outcome: 'refused', orderNo: `${mark}2`, title: `${mark}堆物`, offers: JSON.stringify(settled) }).execute();
  await db.insertInto('complaint.hotlineOrder').values({ ...place, complaintId: ids.complaintId as never, orderNo: `${mark}1`, title: `${mark}飞线`, dispatchedOn: '2026-11-20' as never, batchId: ids.orderBatchId as never, createdAt: at, updatedAt: at }).execute();
  await db.insertInto('complaint.hotlineReturn').values({ id: ids.hotlineReturnId as never, countyId: countyId as never, orderCount: 1, madeByName: `${mark}经办`, madeAt: at }).execute();
  const answers = { outcome: '', answer: `${mark}答复`, finishedAt: '', doneBy: '', sentBack: '否', askedExtension: '否' };
  await db.insertInto('complaint.hotlineReturnItem').values({ returnId: ids.hotlineReturnId as never, complaintId: ids.complaintId as never, countyId: countyId as never, kind: 'answer', answers: JSON.stringify(answers) }).execute();
}

/** 来信 that came to that half's community and waits to be registered. */
async function giveLetter(db: Db, kit: Kit, { mark, ids }: Side, countyId: string): Promise<void> {
  const at = kit.clock.now();
  const place = { countyId: countyId as never, townshipId: ids.townshipId as never, neighbourhoodId: ids.neighbourhoodId as never };
  const { id: uploadedBy } = await db.selectFrom('platform.appUser').select('id').where('countyId', '=', countyId as never).orderBy('id').limit(1).executeTakeFirstOrThrow();
  const fileId = newId<'File'>();
  const upload = await kit.files.put(Readable.from([Buffer.from(`From: ${mark} <a@b.cn>\r\nSubject: letter\r\nMessage-ID: <${newId()}@b.cn>\r\n\r\nwords\r\n`)]), { name: 'letter.eml', mediaType: 'message/rfc822', limitBytes: 1_000 });
  await db.insertInto('platform.file').values({ id: fileId, ...place, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: upload.mediaType, name: upload.name, subjectKind: 'IncomingLetter', subjectId: ids.letterId as never, uploadedBy, createdAt: at }).execute();
  await db.insertInto('complaint.incomingLetter').values({ ...place, id: ids.letterId as never, status: 'waiting', messageMark: upload.hash, fileId, nameCipher: kit.vault.seal(`${mark}寄信人`), subject: `${mark}来信`, fileCount: 0, receivedOn: '2026-11-20' as never, isDayRead: true, keptByName: `${mark}经办`, keptAt: at, version: 1 }).execute();
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
