import { sql, type RawBuilder } from 'kysely';
import { limits } from '#domain/privacy/limits.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { holds, wordsOf } from '#platform/personal/find-texts.ts';
import { hasNumber } from '#platform/personal/number-in.ts';
import type { Clue, Erased, PersonalRecord } from '#platform/personal/person.ts';
import { MOST_FOUND, type Scan } from '#platform/personal/scan.ts';

/** What an import replaced that may be a person's; undoing it leaves these columns as they are then. */
const PERSONAL = ['id_cipher', 'id_index', 'id_last4', 'phone_cipher', 'phone_index', 'phone_last4', 'phone_more_index', 'match_key', 'name', 'manager_name', 'manager_phone_cipher', 'manager_phone_index', 'manager_phone_more_index', 'contact_name', 'legal_person', 'grid_member', 'note', 'certificate', 'post_text'];
const camel = (column: string) => column.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
/** 企业、小区的名称 are no person's. */
const stripped = (table: string) => [...PERSONAL, ...PERSONAL.map(camel)].filter((column) => !(column === 'name' || column === 'matchKey' || column === 'match_key') || table === 'registry.owner' || table === 'registry.practitioner');

interface Found { readonly batchId: string; readonly changeNo: number; readonly subjectId: string; readonly tableName: string; readonly before: string | null; readonly title: string; readonly isLinked: boolean; readonly on: string }

/** 导入所改动的记录改动前的样子: the element of the person, never the others of the same row. */
async function findChanges(db: Db, clue: Clue, part: RawBuilder<boolean>): Promise<PersonalRecord[]> {
  const words = [...wordsOf(clue), ...[clue.idIndex, ...clue.phoneIndexes].filter((one) => one !== null)];
  const subjects = clue.subjects.filter((id) => /^[0-9a-f-]{36}$/.test(id));
  // A row is a pack of up to two thousand changes: it is taken apart only when something in it is the person's, and then once.
  const { rows } = await sql<Found>`
    select t.batch_id, t.change_no, x.id as subject_id, t.table_name, x.before, x.title, x.id = any(${subjects}::uuid[]) as is_linked, (b.created_at at time zone 'Asia/Shanghai')::date::text as "on"
      from ledger.batch_change t join ledger.batch b on b.id = t.batch_id
      cross join lateral (select s.id, e.before::text as before, coalesce(s.title, '') as title from unnest(t.subject_ids, t.titles) with ordinality as s (id, title, n)
        left join jsonb_array_elements(coalesce(t.befores, '[]')) with ordinality as e (before, n) on e.n = s.n) x
     where ${part} and t.county_id = ${clue.countyId}::uuid and (t.subject_ids && ${subjects}::uuid[] or ${holds(sql`concat(t.befores::text, ' ', t.titles::text)`, words)})
       and (x.id = any(${subjects}::uuid[]) and (x.before is not null or x.title <> ${ERASED}) or ${holds(sql`concat(x.before, ' ', x.title)`, words)}) order by 1, 2, 3 limit ${MOST_FOUND}`.execute(db);
  return rows.filter(({ before, title }) => title !== ERASED || before !== null && before !== '{}').map((row): PersonalRecord => {
    const isSure = row.isLinked || [clue.idIndex, ...clue.phoneIndexes].some((one) => one !== null && (row.before ?? '').includes(one)) || hasNumber(clue, row.before ?? '');
    return {
      kind: 'ledger.change', id: `${row.batchId}/${row.changeNo}/${row.subjectId}`, title: `导入前的旧值：${row.on} 导入`, match: row.isLinked ? 'linked' : isSure ? 'sure' : 'check', because: row.isLinked ? '与已认定的记录相连' : isSure ? '其中有本人的号码' : '其中写有同样的姓名',
      fields: [{ name: '其中写到', value: '导入前的姓名、号码等' }], purpose: '撤销导入时恢复', until: '没有自动删除', erases: '旧值中的姓名和号码（撤销导入时不再恢复）', keeps: [],
    };
  });
}

/** A row is a pack of changes with all their old values: few of them make a stretch. */
export const changeScan: Scan = { table: 'ledger.batch_change', blocks: 1, look: findChanges };

/** 抹去旧值. */
export async function eraseChanges(tx: Tx, ids: readonly string[], { countyId }: Clue): Promise<Erased[]> {
  let rows = 0;
  for (const id of ids) {
    const [batchId = '', changeNo = '', subjectId = ''] = id.split('/');
    const found = await tx.db.selectFrom('ledger.batchChange').select(['tableName']).where(sql<boolean>`batch_id = ${batchId}::uuid and change_no = ${Number(changeNo)} and county_id = ${countyId}::uuid`).forUpdate().executeTakeFirst();
    if (found === undefined) continue;
    await sql`
      update ledger.batch_change c set
        befores = case when c.befores is null then null else (select jsonb_agg(case when c.subject_ids[x.n] = ${subjectId}::uuid then x.e - ${stripped(found.tableName)}::text[] else x.e end order by x.n) from jsonb_array_elements(c.befores) with ordinality as x (e, n)) end,
        titles = (select array_agg(case when c.subject_ids[y.n] = ${subjectId}::uuid then ${ERASED} else y.t end order by y.n) from unnest(c.titles) with ordinality as y (t, n))
       where c.batch_id = ${batchId}::uuid and c.change_no = ${Number(changeNo)}`.execute(tx.db);
    rows += 1;
  }
  return rows === 0 ? [] : [{ table: 'ledger.batch_change', rows }];
}

/** 台账中有而文件中没有的记录. */
async function findMissing(db: Db, clue: Clue, part: RawBuilder<boolean>): Promise<PersonalRecord[]> {
  const { rows } = await sql<{ id: string; byNumber: boolean }>`
    select t.batch_id || '/' || t.missing_no as id, ${holds(sql`concat(t.name, ' ', t.detail)`, clue.numbers.filter((one) => one.length >= 7))} as by_number
      from ledger.batch_missing t where ${part} and t.county_id = ${clue.countyId}::uuid and ${holds(sql`concat(t.name, ' ', t.detail)`, wordsOf(clue))} order by 1 limit ${MOST_FOUND}`.execute(db);
  return rows.map(({ id, byNumber }) => ({
    kind: 'ledger.missing', id, title: '导入核对单', match: byNumber ? 'sure' : 'check', because: byNumber ? '其中有本人的号码' : '其中写有同样的姓名', fields: [{ name: '其中写到', value: '姓名' }],
    purpose: '导入后核对遗漏', until: '没有自动删除', erases: '姓名', keeps: [],
  }));
}

export const missingScan: Scan = { table: 'ledger.batch_missing', look: findMissing };

/** 抹去核对单里的姓名. */
export async function eraseMissing(tx: Tx, ids: readonly string[], { countyId }: Clue): Promise<Erased[]> {
  if (ids.length === 0) return [];
  const { numAffectedRows } = await sql`update ledger.batch_missing m set name = ${ERASED}, detail = '' where m.county_id = ${countyId}::uuid and (m.batch_id || '/' || m.missing_no) = any(${[...ids]}::text[])`.execute(tx.db);
  return [{ table: 'ledger.batch_missing', rows: Number(numAffectedRows ?? 0n) }];
}

/** 批次的说明文字 that name the person: the purpose, a failure. */
export const batchPlaces = [
  { kind: 'ledger.batch', table: 'ledger.batch', id: 't.id', title: "coalesce(t.purpose, '')", county: 't.county_id', label: '导入批次', purpose: '记录导入', until: limits.record.until, erases: null, keeps: [limits.record] },
  { kind: 'ledger.batch-file', table: 'ledger.batch_file', id: "t.batch_id || '/' || t.file_no", title: "''", county: 't.county_id', label: '台账原件的文件名', purpose: '与导入结果核对', until: limits.wholeFile.until, erases: null, keeps: [limits.wholeFile] },
] as const;
