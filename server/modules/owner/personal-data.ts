import { sql } from 'kysely';
import { idsOf, type Clue, type PersonalData, type PersonalRecord } from '#platform/personal/person.ts';
import type { Db } from '#platform/db/types.ts';

const KINDS = [
  { kind: 'owner.phone-code', table: 'owner.phone_code', title: '手机验证码', purpose: '确认手机号是本人的', until: '次日删除', erases: '手机号和验证码的摘要' },
  { kind: 'owner.filing', table: 'owner.filing', title: '手机提交的记录', purpose: '防止重复提交、限制次数', until: '七日后删除', erases: '手机号的摘要' },
] as const;

async function found(db: Db, { countyId, phoneIndexes }: Clue, { kind, table, title, purpose, until, erases }: (typeof KINDS)[number]): Promise<PersonalRecord[]> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} where county_id = ${countyId}::uuid and phone_index = any(${[...phoneIndexes]}::text[]) order by id limit 100`.execute(db);
  return rows.map(({ id }) => ({ kind, id, title, match: 'sure', because: '手机号一致', fields: [{ name: '手机号', value: '只存摘要，不能读出' }], purpose, until, erases, keeps: [] }));
}

/** 业主端的个人信息: telephones by their digest, gone by themselves within days; what was complained of lies with the complaint. */
export const ownerPersonalData: PersonalData = {
  tables: KINDS.map(({ table }) => table),
  find: async (db, clue) => (clue.phoneIndexes.length === 0 ? [] : (await Promise.all(KINDS.map((each) => found(db, clue, each)))).flat()),
  scans: [],
  erase: async ({ db }, records, { countyId }) => {
    const erased = [];
    for (const { kind, table } of KINDS) {
      const ids = idsOf(records, kind);
      if (ids.length === 0) continue;
      const { numAffectedRows } = await sql`delete from ${sql.table(table)} where county_id = ${countyId}::uuid and id = any(${ids}::uuid[])`.execute(db);
      erased.push({ table, rows: Number(numAffectedRows ?? 0n) });
    }
    return erased;
  },
};
