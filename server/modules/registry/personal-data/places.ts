import { sql, type RawBuilder } from 'kysely';
import { limits, type Limit } from '#domain/privacy/limits.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { bare, type Clue, type Erased, type PersonalRecord } from '#platform/personal/person.ts';
import { holds, wordsOf } from '#platform/personal/find-texts.ts';
import { MOST_FOUND, type Scan } from '#platform/personal/scan.ts';
import { open } from '../personal.ts';

/** Columns of records of estates and companies in which a person may be written, with how they are called. `phone` goes with the name it belongs to. */
const COLUMNS = {
  'registry.estate': { label: '小区', subject: 'Estate', texts: { manager_name: '项目经理姓名', grid_member: '网格员', note: '备注', developer_name: '建设单位', address: '地址' }, phone: { cipher: 'manager_phone_cipher', columns: ['manager_phone_cipher', 'manager_phone_index', 'manager_phone_more_index'], index: 'manager_phone_index', more: 'manager_phone_more_index' } },
  'registry.company': { label: '企业', subject: 'Company', texts: { contact_name: '联系人', note: '备注', legal_person: '法定代表人' }, phone: { cipher: 'phone_cipher', columns: ['phone_cipher', 'phone_index', 'phone_last4', 'phone_more_index'], index: 'phone_index', more: 'phone_more_index' } },
  'registry.unit': { label: '房屋', subject: 'Unit', texts: { note: '备注' }, phone: null },
} as const;
type Table = keyof typeof COLUMNS;
const isTable = (text: string): text is Table => Object.hasOwn(COLUMNS, text);
const KEPT: Readonly<Record<string, Limit>> = { legal_person: limits.legalPerson };

interface Found { readonly id: string; readonly title: string; readonly texts: Readonly<Record<string, string | null>>; readonly phoneCipher: string | null; readonly samePhone: boolean }

async function findInPlace(db: Db, clue: Clue, { table, part }: { readonly table: Table; readonly part: RawBuilder<boolean> }): Promise<PersonalRecord[]> {
  const { texts, phone } = COLUMNS[table];
  const columns = Object.keys(texts);
  const index = phone === null ? sql`false` : sql`coalesce(t.${sql.id(phone.index)} = any(${[...clue.phoneIndexes]}::text[]) or t.${sql.id(phone.more)} && ${[...clue.phoneIndexes]}::text[], false)`;
  const { rows } = await sql<Found>`
    select t.id, ${table === 'registry.unit' ? sql`t.room` : sql`t.name`} as title, to_jsonb(t) - array(select k from jsonb_object_keys(to_jsonb(t)) k where k <> all(${columns}::text[])) as texts,
             ${phone === null ? sql`null` : sql.ref(`t.${phone.cipher}`)} as phone_cipher, ${index} as same_phone
        from ${sql.table(table)} t where ${part} and t.county_id = ${clue.countyId}::uuid and (${index} or ${holds(sql`concat_ws(' ', ${sql.join(columns.map((column) => sql.ref(`t.${column}`)))})`, wordsOf(clue))}) order by t.id limit ${MOST_FOUND}`.execute(db);
  return rows.flatMap((row) => recordOf(clue, table, row));
}

/** 小区、企业、房屋记录中写到此人的栏目. */
export const placeScans: readonly Scan[] = Object.keys(COLUMNS).filter(isTable).map((table) => ({ table, look: (db, clue, part) => findInPlace(db, clue, { table, part }) }));

function recordOf(clue: Clue, table: Table, row: Found): PersonalRecord[] {
  const { label, subject, texts, phone } = COLUMNS[table];
  const words = wordsOf(clue);
  const held = Object.entries(texts).filter(([column]) => words.some((word) => bare(row.texts[column] ?? '').includes(word)));
  const sure = row.samePhone || held.some(([column]) => clue.numbers.some((one) => one.length >= 7 && (row.texts[column] ?? '').includes(one)));
  const erased = held.filter(([column]) => KEPT[column] === undefined);
  // The telephone of an estate's manager or a company's contact is this person's when the index says so.
  const columns = [...erased.map(([column]) => column), ...(row.samePhone && phone !== null ? phone.columns : [])];
  if (held.length === 0 && !row.samePhone) return [];
  return [{
    kind: 'registry.place', subject: [subject, row.id], id: `${row.id}/${table}/${columns.join(',')}`, title: `${label}记录：${row.title}`, match: sure ? 'sure' : 'check', because: sure ? '电话或号码一致' : '其中写有同样的姓名',
    fields: [...held.map(([, title]) => ({ name: title, value: clue.name ?? '' })), ...(row.samePhone ? [{ name: '电话', value: open(clue.vault, row.phoneCipher) ?? '' }] : [])],
    purpose: '工作联系', until: '人员更换时由登记单位修改', erases: columns.length === 0 ? null : `${[...erased.map(([, title]) => title), ...(row.samePhone ? ['电话'] : [])].join('、')}（整栏清空）`, keeps: held.flatMap(([column]) => KEPT[column] ?? []),
  }];
}

/** 清空写到此人的栏目: the columns named in the record's id, none but those known here. */
export async function eraseInPlaces(tx: Tx, ids: readonly string[], { countyId }: Clue): Promise<Erased[]> {
  const done: Erased[] = [];
  for (const each of ids) {
    const [id = '', table = '', list = ''] = each.split('/');
    if (!isTable(table)) continue;
    const { texts, phone } = COLUMNS[table];
    const known: readonly string[] = [...Object.keys(texts).filter((column) => KEPT[column] === undefined), ...(phone === null ? [] : phone.columns)];
    const columns = list.split(',').filter((column) => known.includes(column));
    if (columns.length === 0) continue;
    const { numAffectedRows } = await sql`update ${sql.table(table)} set ${sql.join(columns.map((column) => sql`${sql.id(column)} = null`))}, version = version + 1, updated_at = ${tx.now} where id = ${id}::uuid and county_id = ${countyId}::uuid`.execute(tx.db);
    done.push({ table, rows: Number(numAffectedRows ?? 0n) });
  }
  return done;
}
