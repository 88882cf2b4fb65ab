import { Readable } from 'node:stream';
import { makeId, localDate } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import { readBlank } from '#platform/workbook/fill/read-blank.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import type { Side } from './world.ts';

/** 一张上报表格和一次上报 of one half of the small world, belonging to its township; B2 is marked and was filled. */
export async function giveReport(db: Db, kit: Kit, { mark, ids }: Side, countyId: string): Promise<void> {
  const bytes = await xlsxOf([{ name: '表', rows: [['填报表'], ['小区数', null, '个']] }]);
  const upload = await kit.files.put(Readable.from([Buffer.from(bytes)]), { name: `${mark}空表.xlsx`, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', limitBytes: 1_000_000 });
  const user = await db.selectFrom('platform.appUser').select('id').where('countyId', '=', makeId<'OrgUnit'>(countyId)).executeTakeFirst();
  if (user === undefined) return;
  const place = { countyId: makeId<'OrgUnit'>(countyId), townshipId: makeId<'OrgUnit'>(ids.townshipId ?? '') };
  const fileOf = async (subjectKind: string, subjectId: string) => {
    const id = newId<'File'>();
    await db.insertInto('platform.file').values({ id, ...place, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: upload.mediaType, name: upload.name, subjectKind, subjectId: makeId<string>(subjectId), uploadedBy: user.id, createdAt: kit.clock.now() }).execute();
    return id;
  };
  const at = kit.clock.now();
  const [formId, sendingId] = [makeId<'Form'>(ids.formId ?? ''), makeId<'Sending'>(ids.sendingId ?? '')];
  const sheets = JSON.stringify(readBlank(bytes));
  await db.insertInto('report.form').values({
    id: formId, ...place, title: `${mark}报表`, fileId: await fileOf('Form', ids.formId ?? ''), fileType: 'xlsx', shape: 'a'.repeat(64), sheets, createdBy: user.id, createdAt: at, updatedAt: at,
    marks: JSON.stringify([{ kind: 'figure', sheet: 0, cell: 'B2', figure: 'estates.total', filter: {}, day: 'report', unit: '个', decimals: 0 }]),
  }).execute();
  await db.insertInto('report.sending').values({
    id: sendingId, ...place, formId, title: `${mark}报表`, fileId: await fileOf('Sending', ids.sendingId ?? ''), fileHash: upload.hash, asOfOn: localDate('2026-01-01'), knownOn: localDate('2026-01-01'), reportedTo: '市局', signer: '签发', filler: '填表', sheets,
    cells: JSON.stringify([{ sheet: 0, address: 'B2', kind: 'figure', title: '小区数', shown: '1', definition: '口径', reason: null, notes: [], rowCount: 1, line: null, rows: [0] }]),
    subjects: JSON.stringify([{ kind: 'estate', id: ids.estateId, name: `${mark}小区`, place: null }]), differences: '[]', warnings: '[]', sentAt: at, sentBy: user.id,
  }).execute();
}
