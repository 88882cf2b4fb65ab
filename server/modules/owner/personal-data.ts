import { sql } from 'kysely';
import { makeId } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { system } from '#platform/context.ts';
import { idsOf, matchOf, type Clue, type PersonalData, type PersonalRecord } from '#platform/personal/person.ts';
import type { Db } from '#platform/db/types.ts';
import { changeBinding } from './binding.ts';

const KINDS = [
  { kind: 'owner.phone-code', table: 'owner.phone_code', title: '手机验证码', purpose: '确认手机号是本人的', until: '次日删除', erases: '手机号和验证码的摘要' },
  { kind: 'owner.filing', table: 'owner.filing', title: '手机提交的记录', purpose: '防止重复提交、限制次数', until: '七日后删除', erases: '手机号的摘要' },
  { kind: 'owner.phone-session', table: 'owner.phone_session', title: '业主手机登录', purpose: '看自己的房屋和投诉', until: '退出或者到期后次日删除', erases: '登录和手机号' },
] as const;

async function found(db: Db, { countyId, phoneIndexes }: Clue, { kind, table, title, purpose, until, erases }: (typeof KINDS)[number]): Promise<PersonalRecord[]> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} where county_id = ${countyId}::uuid and phone_index = any(${[...phoneIndexes]}::text[]) order by id limit 100`.execute(db);
  return rows.map(({ id }) => ({ kind, id, title, match: 'sure', because: '手机号一致', fields: [{ name: '手机号', value: '只存摘要，不能读出' }], purpose, until, erases, keeps: [] }));
}

async function bindingsOf(db: Db, clue: Clue): Promise<PersonalRecord[]> {
  const { rows } = await sql<{ id: string; place: string; nameCipher: string | null; phoneCipher: string | null; phoneIndex: string | null }>`select id, place, name_cipher, phone_cipher, phone_index from owner.binding where county_id = ${clue.countyId}::uuid and phone_index = any(${[...clue.phoneIndexes]}::text[]) order by id limit 100`.execute(db);
  return rows.flatMap((row) => {
    const open = (sealed: string | null) => (sealed === null ? null : clue.vault.open(sealed));
    const match = matchOf(clue, { name: open(row.nameCipher), phoneIndex: row.phoneIndex, phoneMoreIndex: null });
    const values = [['姓名', open(row.nameCipher)], ['手机号', open(row.phoneCipher)]] as const;
    return match === null ? [] : [{ ...match, kind: 'owner.binding' as const, id: row.id, title: `绑定的房屋：${row.place}`, fields: values.flatMap(([name, value]) => (value === null ? [] : [{ name, value }])), purpose: '确认是这套房屋的业主', until: '解除绑定后满规定天数', erases: '姓名、手机号（仍在绑定的同时解除）', keeps: [] }];
  });
}

/** 业主端的个人信息: telephones by their digest, gone by themselves within days; what was complained of lies with the complaint. */
export const ownerPersonalData: PersonalData = {
  tables: [...KINDS.map(({ table }) => table), 'owner.binding'],
  find: async (db, clue) => (clue.phoneIndexes.length === 0 ? [] : [...(await Promise.all(KINDS.map((each) => found(db, clue, each)))).flat(), ...await bindingsOf(db, clue)]),
  scans: [],
  erase: async (tx, records, { countyId }) => {
    const { db } = tx;
    const erased = [];
    for (const { kind, table } of KINDS) {
      const ids = idsOf(records, kind);
      if (ids.length === 0) continue;
      const { numAffectedRows } = await sql`delete from ${sql.table(table)} where county_id = ${countyId}::uuid and id::text = any(${ids}::text[])`.execute(db);
      erased.push({ table, rows: Number(numAffectedRows ?? 0n) });
    }
    const bindings = idsOf(records, 'owner.binding');
    for (const id of bindings) {
      const row = await db.selectFrom('owner.binding').selectAll().where('id', '=', makeId<'Binding'>(id)).where('countyId', '=', makeId<'OrgUnit'>(countyId)).forUpdate().executeTakeFirst();
      if (row === undefined) continue;
      // One that still stands ends first, with its duty.
      if (row.status === 'asked' || row.status === 'bound') await changeBinding(tx, { actor: system }, row, 'ended', { status: 'ended', endedOn: todayIn(tx.now) }, '本人要求删除个人信息');
      await db.updateTable('owner.binding').set({ nameCipher: null, phoneCipher: null, phoneIndex: null, phoneLast4: null, erasedAt: tx.now }).where('id', '=', row.id).execute();
    }
    if (bindings.length > 0) erased.push({ table: 'owner.binding', rows: bindings.length });
    return erased;
  },
};
