import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { CollectionColumn } from '#contract/collection.ts';
import type { Column, Values } from '#domain/collection/column.ts';
import { limits } from '#domain/privacy/limits.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { textScan, wordsOf, type TextPlace } from '#platform/personal/find-texts.ts';
import { hasNumber } from '#platform/personal/number-in.ts';
import { bare, idsOf, type Clue, type Erased, type PersonalData, type PersonalRecord } from '#platform/personal/person.ts';
import type { Scan } from '#platform/personal/scan.ts';
import { openValues, sealValues } from './store/answers.ts';

interface Sheet { readonly id: string; readonly partId: string; readonly which: 'part' | 'answer'; readonly cipher: string; readonly byName: string | null; readonly title: string; readonly recipient: string; readonly columns: unknown }
const COLUMN = { part: 'held_cipher', answer: 'values_cipher' } as const;

/** What was prefilled or what was answered, of all the county's collections. */
const sheets = (db: Db, which: Sheet['which'], part: RawBuilder<boolean>, countyId: string) => (which === 'part' ? sql<Sheet>`
  select t.id, t.id as part_id, 'part' as which, t.held_cipher as cipher, null as by_name, k.title, t.recipient_name as recipient, k.columns from collection.part t join collection.collection k on k.id = t.collection_id where ${part} and t.county_id = ${countyId}::uuid and t.erased_at is null order by 1` : sql<Sheet>`
  select t.id, t.part_id, 'answer' as which, t.values_cipher as cipher, t.by_name, k.title, p.recipient_name as recipient, k.columns from collection.answer t join collection.part p on p.id = t.part_id join collection.collection k on k.id = p.collection_id where ${part} and t.county_id = ${countyId}::uuid and t.erased_at is null
  order by 1`).execute(db);

/** All that was filled in is sealed: a few sheets make a stretch. */
const sheetScan = (which: Sheet['which']): Scan => ({ table: `collection.${which}`, blocks: 20, look: async (db, clue, part) => (await sheets(db, which, part, clue.countyId)).rows.flatMap((sheet) => recordsOf(clue, sheet)) });

function recordsOf(clue: Clue, sheet: Sheet): PersonalRecord[] {
  const values = openValues(clue.vault, sheet.cipher);
  const columns: Column[] = z.array(CollectionColumn).parse(sheet.columns);
  const words = wordsOf(clue);
  const rows = Object.entries(values).flatMap(([row, cells]) => {
    const found = Object.entries(cells).filter(([, value]) => typeof value === 'string' && (words.some((word) => bare(value).includes(word)) || hasNumber(clue, value)));
    if (found.length === 0) return [];
    const isSure = found.some(([, value]) => typeof value === 'string' && (hasNumber(clue, value) || clue.numbers.some((one) => one.length >= 7 && value.includes(one))));
    return [{
      kind: 'collection.cell' as const, subject: ['Part', sheet.partId] as const, id: `${sheet.id}/${sheet.which}/${row}/${found.map(([column]) => column).join(',')}`, title: `采集任务“${sheet.title}”：${sheet.recipient}${sheet.which === 'part' ? '（带出的内容）' : '（填报）'}`,
      match: isSure ? 'sure' as const : 'check' as const, because: isSure ? '其中有本人的号码' : '其中写有同样的姓名', fields: found.map(([column]) => ({ name: columns.find(({ key }) => key === column)?.title ?? '栏目', value: clue.name ?? '' })),
      purpose: '采集任务的填报内容', until: '采集任务结束后满“采集任务结束后填报内容保存年数”', erases: '所列栏目（整格清空）', keeps: [],
    }];
  });
  const filler: PersonalRecord[] = clue.name === null || sheet.byName === null || bare(sheet.byName) !== clue.name ? [] : [{
    kind: 'collection.filler', id: sheet.id, title: `采集任务“${sheet.title}”：填报人`, match: 'check', because: '只有姓名一致', fields: [{ name: '填报人', value: sheet.byName }], purpose: '说明由谁填报', until: '采集任务结束后满“采集任务结束后填报内容保存年数”', erases: '填报人姓名', keeps: [],
  }];
  return [...rows, ...filler];
}

async function eraseCells(tx: Tx, ids: readonly string[], { countyId, vault }: Clue): Promise<Erased[]> {
  const done: Erased[] = [];
  for (const each of ids) {
    const [id = '', which = '', row = '', list = ''] = each.split('/');
    if (which !== 'part' && which !== 'answer') continue;
    const [table, column] = [`collection.${which}`, COLUMN[which]];
    const { rows: [found] } = await sql<{ cipher: string }>`select ${sql.id(column)} as cipher from ${sql.table(table)} where id = ${id}::uuid and county_id = ${countyId}::uuid and erased_at is null for update`.execute(tx.db);
    if (found === undefined) continue;
    const values = openValues(vault, found.cipher);
    const cleared: Values = { ...values, [row]: Object.fromEntries(Object.entries(values[row] ?? {}).filter(([key]) => !list.split(',').includes(key))) };
    await sql`update ${sql.table(table)} set ${sql.id(column)} = ${sealValues(vault, cleared)}, updated_at = ${tx.now} where id = ${id}::uuid`.execute(tx.db);
    // What the board says of the part is drawn anew.
    await sql`update collection.part set summary = null where id = ${id}::uuid or id in (select part_id from collection.answer where id = ${id}::uuid)`.execute(tx.db);
    done.push({ table, rows: 1 });
  }
  return done;
}

/** 任务的标题、说明 name a person only when whoever wrote them did. */
const places: readonly TextPlace[] = [
  { kind: 'collection.text', table: 'collection.collection', id: 't.id', title: 't.title', county: 't.county_id', label: '采集任务的标题、依据、说明', purpose: '下发采集任务', until: limits.record.until, erases: null, keeps: [limits.record] },
  { kind: 'collection.recipient', table: 'collection.part', id: 't.id', title: 't.recipient_name', county: 't.county_id', label: '采集任务的对象、退回原因', purpose: '下发采集任务', until: limits.record.until, erases: null, keeps: [limits.record] },
];

/** 采集任务中的个人信息. */
export const collectionPersonalData: PersonalData = {
  tables: ['collection.collection', 'collection.part', 'collection.answer'],
  find: () => Promise.resolve([]),
  scans: [sheetScan('part'), sheetScan('answer'), ...places.map(textScan)],
  erase: async (tx, records, clue) => {
    const fillers = idsOf(records, 'collection.filler');
    const cells = await eraseCells(tx, idsOf(records, 'collection.cell'), clue);
    if (fillers.length === 0) return cells;
    const done = await tx.db.updateTable('collection.answer').set({ byName: ERASED, updatedAt: tx.now }).where(sql<boolean>`id = any(${fillers}::uuid[]) and county_id = ${clue.countyId}::uuid`).executeTakeFirst();
    return [...cells, { table: 'collection.answer', rows: Number(done.numUpdatedRows) }];
  },
};
