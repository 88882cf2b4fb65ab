import { sql } from 'kysely';
import { makeId } from '#domain/kernel/brand.ts';
import { idsOf, type PersonalData } from '#platform/personal/person.ts';

/** 业主端的个人信息: a telephone asked for a code; found by its digest, gone the next day by itself. */
export const ownerPersonalData: PersonalData = {
  tables: ['owner.phone_code'],
  find: async (db, { countyId, phoneIndexes }) => {
    if (phoneIndexes.length === 0) return [];
    const rows = await db.selectFrom('owner.phoneCode').select('id').where('countyId', '=', makeId<'OrgUnit'>(countyId)).where('phoneIndex', 'in', [...phoneIndexes]).orderBy('id').limit(100).execute();
    return rows.map(({ id }) => ({ kind: 'owner.phone-code', id, title: '手机验证码', match: 'sure', because: '手机号一致', fields: [{ name: '手机号', value: '只存摘要，不能读出' }], purpose: '确认手机号是本人的', until: '次日删除', erases: '手机号和验证码的摘要', keeps: [] }));
  },
  scans: [],
  erase: async ({ db }, records, { countyId }) => {
    const ids = idsOf(records, 'owner.phone-code');
    if (ids.length === 0) return [];
    const { numAffectedRows } = await sql`delete from owner.phone_code where county_id = ${countyId}::uuid and id = any(${ids}::uuid[])`.execute(db);
    return [{ table: 'owner.phone_code', rows: Number(numAffectedRows ?? 0n) }];
  },
};
