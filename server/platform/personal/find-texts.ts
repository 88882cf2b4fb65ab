import { sql, type RawBuilder } from 'kysely';
import type { Limit } from '#domain/privacy/limits.ts';
import type { Clue, PersonalRecord } from './person.ts';
import { MOST_FOUND, type Scan } from './scan.ts';

/** What is looked for in plain texts. A name of one character would be found everywhere and is not looked for. */
export const wordsOf = ({ name, numbers }: Pick<Clue, 'name' | 'numbers'>): string[] => [...(name !== null && name.length > 1 ? [name] : []), ...numbers.filter((one) => one.length >= 7)];

/** Whether a text of SQL holds one of the words. */
export const holds = (text: RawBuilder<unknown>, words: readonly string[]): RawBuilder<boolean> => sql<boolean>`exists (select from unnest(${[...words]}::text[]) w where position(w in ${text}) > 0)`;

/** 文字中写到此人的地方 of one table: where to look, how a row is called, what stays and what may go. */
export interface TextPlace {
  readonly kind: PersonalRecord['kind'];
  readonly table: `${string}.${string}`;
  /** Its id, as text; `t` is the row. */
  readonly id: string;
  readonly title: string;
  /** Narrows to the county. */
  readonly county: string;
  /** Which of the table's rows; all when left out. */
  readonly only?: string;
  readonly label: string;
  readonly purpose: string;
  readonly until: string;
  readonly erases: string | null;
  readonly keeps: readonly Limit[];
  /** What the trail calls the record, where it can be opened and corrected. */
  readonly subject?: string;
}

/** 在文字中寻人: every row of a place whose text, whole, names the person; a number found there is sure. Only that it does is told, for others stand there too. */
export const textScan = ({ table, id, title, county, only = 'true', label, ...more }: TextPlace): Scan => ({
  table,
  look: async (db, clue, part) => {
    const words = wordsOf(clue);
    if (words.length === 0) return [];
    const { rows } = await sql<{ id: string; title: string; words: string[] }>`
      select (${sql.raw(id)})::text as id, left((${sql.raw(title)})::text, 80) as title, w.words
        from ${sql.table(table)} t, lateral (select t::text as whole offset 0) x, lateral (select array_agg(u) as words from unnest(${words}::text[]) u where position(u in x.whole) > 0) w
       where ${part} and ${sql.raw(county)} = ${clue.countyId}::uuid and ${sql.raw(only)} and w.words is not null order by 1 limit ${MOST_FOUND}`.execute(db);
    return rows.map((row) => textRecord(clue, { ...more, label }, row));
  },
});

function textRecord(clue: Clue, { kind, label, purpose, until, erases, keeps, subject }: Omit<TextPlace, 'table' | 'id' | 'title' | 'county' | 'only'>, row: { id: string; title: string; words: readonly string[] }): PersonalRecord {
  const byNumber = row.words.some((word) => word !== clue.name);
  return {
    kind, id: row.id, title: row.title === '' ? label : `${label}：${row.title}`, match: byNumber ? 'sure' : 'check', because: byNumber ? '其中写有本人的号码' : '其中写有同样的姓名',
    fields: [{ name: '其中写到', value: row.words.map((word) => (word === clue.name ? '姓名' : '号码')).join('、') }], purpose, until, erases, keeps, ...(subject === undefined ? {} : { subject: [subject, row.id] as const }),
  };
}
