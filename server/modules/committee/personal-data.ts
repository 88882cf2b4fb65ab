import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { limits } from '#domain/privacy/limits.ts';
import { formerMemberYears } from '#domain/privacy/policy.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { hasPhone, idsOf, isNamed, matchOf, type PersonalData } from '#platform/personal/person.ts';

/** The day a row of a member stopped saying something that holds: corrected, the term over, or the committee at its end. Null while it holds. */
const ENDED = sql<LocalDate | null>`(case when m.superseded_at is not null then (m.superseded_at at time zone 'Asia/Shanghai')::date
  else least(m.valid_to, (select coalesce(c.ended_on, case when c.status = 'dissolved' then c.until_on end) from committee.committee c where c.committee_id = m.committee_id and c.superseded_at is null limit 1)) end)`;

interface Found { readonly id: string; readonly committeeId: string; readonly name: string; readonly post: string; readonly phoneCipher: string | null; readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null; readonly committee: string | null; readonly isPartyMember: boolean | null; readonly since: string | null; readonly until: string | null; readonly endedOn: LocalDate | null }

const clear = (tx: Tx, ids: readonly string[], withName: boolean) => sql`
  update committee.member set phone_cipher = null, phone_index = null, phone_more_index = null ${withName ? sql`, name = ${ERASED}, is_party_member = null` : sql``} where id = any(${[...ids]}::uuid[])`.execute(tx.db);

/** 业委会委员的个人信息: whoever is in office is named as long as that lasts, the telephone may go. */
export const committeePersonalData: PersonalData = {
  tables: ['committee.member'],
  find: async (db, clue) => {
    const { rows } = await sql<Found>`
      select m.id, m.committee_id, m.name, m.post, m.phone_cipher, m.phone_index, m.phone_more_index, m.is_party_member, m.valid_from::text as since, m.valid_to::text as until, ${ENDED} as ended_on,
             (select c.name from committee.committee c where c.committee_id = m.committee_id order by c.recorded_at desc limit 1) as committee
        from committee.member m where m.county_id = ${clue.countyId}::uuid and (${isNamed('m.name', clue)} or ${hasPhone('m', clue, 'committee.ids_by_more_phones')}) order by m.id limit 500`.execute(db);
    return rows.flatMap((row) => {
      const match = matchOf(clue, row);
      const isOver = row.endedOn !== null && row.endedOn <= clue.today;
      const phone = row.phoneCipher === null ? null : clue.vault.open(row.phoneCipher);
      const values = [['姓名', row.name], ['电话', phone], ['党员', row.isPartyMember === null ? null : row.isPartyMember ? '是' : '否'], ['任期', [row.since, row.until].some((day) => day !== null) ? `${row.since ?? ''} 至 ${row.until ?? ''}` : null]] as const;
      return match === null ? [] : [{
        ...match, kind: 'committee.member' as const, id: row.id, subject: ['Committee', row.committeeId] as const, title: `业委会委员：${row.committee ?? ''}`, fields: values.flatMap(([name, value]) => (value === null ? [] : [{ name, value }])), purpose: '指导业主组织、联系委员',
        until: '任期结束后满“届满委员信息保存年数”', erases: isOver ? (row.name === ERASED ? null : '姓名、电话、是否党员') : row.phoneCipher === null ? null : '电话', keeps: isOver ? [] : [limits.committeeTerm],
      }];
    });
  },
  scans: [],
  erase: async (tx, records, { countyId, today }) => {
    const ids = idsOf(records, 'committee.member');
    if (ids.length === 0) return [];
    const { rows } = await sql<{ id: string; endedOn: LocalDate | null }>`select m.id, ${ENDED} as ended_on from committee.member m where m.id = any(${ids}::uuid[]) and m.county_id = ${countyId}::uuid for update of m`.execute(tx.db);
    const over = rows.filter(({ endedOn }) => endedOn !== null && endedOn <= today);
    await clear(tx, over.map(({ id }) => id), true);
    await clear(tx, rows.filter((row) => !over.includes(row)).map(({ id }) => id), false);
    return [{ table: 'committee.member', rows: rows.length }];
  },
};

const gone = (db: Db, countyId: string, day: LocalDate) => sql<{ id: string }>`select m.id from committee.member m where m.county_id = ${countyId}::uuid and m.name <> ${ERASED} and ${ENDED} < ${day}`.execute(db);
const before = async (db: Db, countyId: string, by: LocalDate) => addMonths(by, -12 * await parameterValue(db, countyId, formerMemberYears, by));

/** 业主组织的到期删除. */
export const committeeRetentions: readonly Retention[] = [{
  kind: 'committee.former-members', title: '届满委员的姓名和电话', rule: '任期结束（含改选、更正前的旧记录）起满规定年数为止；届次和人数保留，不再写明是谁', periods: [formerMemberYears],
  count: async (db, countyId, by) => (await gone(db, countyId, await before(db, countyId, by))).rows.length,
  purge: async (tx, countyId, by) => {
    const { rows } = await gone(tx.db, countyId, await before(tx.db, countyId, by));
    await clear(tx, rows.map(({ id }) => id), true);
    return rows.length;
  },
}];
