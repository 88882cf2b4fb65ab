import { sql } from 'kysely';
import type { Limit } from '#domain/privacy/limits.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { ErasedEntry } from '#platform/personal/erased-book.ts';
import type { Clue, PersonalRecord } from '#platform/personal/person.ts';
import { erasePerson, findPerson, keyOf, once } from './find-person.ts';
import { presentLimit } from './present.ts';

/** 一次删除: what the certificate is made of, and what the book beside the database keeps. */
export interface Wanted { readonly chosen: readonly string[]; readonly clue: Clue; readonly entry: Omit<ErasedEntry, 'records' | 'idIndex' | 'phoneIndex' | 'phoneIndexes'>; /** What a search through the texts found before. */ readonly scanned: readonly PersonalRecord[]; readonly reapplied: boolean }

/** 执行删除, in the caller's transaction: the records chosen that are found now, in all modules; and the certificate of it. @returns rows changed or deleted */
export async function eraseNow(tx: Tx, kit: Ctx['kit'], { chosen, clue, entry, scanned, reapplied }: Wanted): Promise<number> {
  const found = once([...scanned, ...await findPerson(tx.db, kit, clue, chosen)]);
  // Done again after a restore, a name is known no more: what was chosen by its id goes by its id, and what a number proves goes too.
  const own = found.filter((record) => chosen.includes(keyOf(record)) || (reapplied && record.match === 'sure'));
  const named = reapplied ? [...own, ...chosen.filter((key) => !own.some((record) => keyOf(record) === key)).flatMap(recordOf)] : own;
  const done = await erasePerson(tx, kit, named, clue);
  const titles = await titlesOf(tx.db);
  const counts = done.map(({ table, rows }) => ({ table, title: titleOf(titles, table), rows }));
  const missed = reapplied ? 0 : found.filter((record) => record.match === 'sure' && record.erases !== null && record.id !== entry.erasureId && !own.includes(record)).length;
  const kept = [...limitsOf(own).map(presentLimit), ...(missed === 0 ? [] : [{ what: `经办人没有列入本次删除的相符记录 ${missed} 处`, basis: '', until: '' }])];
  const { erasureId, countyId, at, ground, proposedByName, approvedByName } = entry;
  // A record that is called again by its number after a restore: the indexes are kept beside the database and not in it.
  const book: ErasedEntry = { ...entry, idIndex: clue.idIndex, phoneIndex: clue.phoneIndexes[0] ?? null, phoneIndexes: [...clue.phoneIndexes], records: named.map(({ kind, id }) => ({ kind, id })) };
  await sql`
    insert into privacy.erasure (id, county_id, erased_at, ground, proposed_by_name, approved_by_name, counts, kept, reapplied_at, book)
    values (${erasureId}, ${countyId}, ${at}, ${ground}, ${proposedByName}, ${approvedByName}, ${JSON.stringify(counts)}::jsonb, ${JSON.stringify(kept)}::jsonb, ${reapplied ? tx.now : null}, ${reapplied ? null : JSON.stringify(book)}::jsonb)`.execute(tx.db);
  return counts.reduce((sum, { rows }) => sum + rows, 0);
}

const isKind = (text: string): text is PersonalRecord['kind'] => /^[a-z]+\.[a-z-]+$/.test(text);

function recordOf(key: string): Pick<PersonalRecord, 'kind' | 'id' | 'keeps'>[] {
  const [kind, id] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
  return isKind(kind) ? [{ kind, id, keeps: [] }] : [];
}

const limitsOf = (records: readonly Pick<PersonalRecord, 'keeps'>[]): Limit[] => [...new Map(records.flatMap(({ keeps }) => keeps).map((limit) => [limit.what, limit])).values()];

/** 表的名称 as somebody who asked for erasure understands them. */
const TITLES: Readonly<Record<string, string>> = {
  'ledger.batch_row': '台账导入暂存的行', 'ledger.batch_change': '导入前的旧值', 'ledger.batch_missing': '导入核对单', 'collection.part': '采集任务带出的内容', 'collection.answer': '采集任务的填报', 'platform.idempotency_key': '防重复提交的答复',
  'platform.session': '登录会话', 'platform.notice_choice': '通知方式', 'registry.estate': '小区记录', 'registry.company': '企业记录', 'registry.unit': '房屋记录', 'privacy.person_request': '以前的个人信息请求',
};

/** 一张表的名称. */
export const titleOf = (titles: ReadonlyMap<string, string>, table: string): string => TITLES[table] ?? titles.get(table) ?? table;

/** 表的名称, from the database's own comments. */
export async function titlesOf(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ table: string; title: string }>`
    select n.nspname || '.' || c.relname as "table", split_part(split_part(translate(obj_description(c.oid, 'pg_class'), '：；（', ':;('), ':', 1), '(', 1) as title
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and obj_description(c.oid, 'pg_class') is not null`.execute(db);
  return new Map(rows.map(({ table, title }) => [table, title.split(';')[0] ?? title]));
}
