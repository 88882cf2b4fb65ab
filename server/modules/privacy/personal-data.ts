import { sql } from 'kysely';
import { makeId, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { limits } from '#domain/privacy/limits.ts';
import { requestNumberDays } from '#domain/privacy/policy.ts';
import { requestKinds } from '#domain/privacy/words.ts';
import type { Db } from '#platform/db/types.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { textScan, type TextPlace } from '#platform/personal/find-texts.ts';
import { idsOf, matchOf, type PersonalData } from '#platform/personal/person.ts';
import { clearRequest, personOf } from './person/store.ts';

const record = { county: 't.county_id', erases: null, until: limits.record.until, keeps: [limits.record] };
const places: readonly TextPlace[] = [
  { kind: 'privacy.flag', table: 'privacy.lookup_flag', id: 't.id', title: 't.looked_on', label: '批量查询提示', purpose: '核实批量查询的用途', ...record },
  { kind: 'privacy.self-check', table: 'privacy.self_check', id: 't.id', title: 't.year', label: '合规自查', purpose: '合规自查', ...record },
  { kind: 'privacy.answer', table: 'privacy.person_request', id: 't.id', title: 't.received_on', only: 't.cleared_at is not null', label: '个人信息请求的办理记录', purpose: '证明请求已经办理', ...record },
  { kind: 'privacy.erasure', table: 'privacy.erasure', id: 't.id', title: "(t.erased_at at time zone 'Asia/Shanghai')::date", label: '删除证明', purpose: '证明已经删除', ...record },
];

/** 请求里的个人信息. One that is under way is the means of answering it; those that are over may go. */
export const privacyPersonalData: PersonalData = {
  tables: ['privacy.person_request', 'privacy.person_finding', 'privacy.erasure', 'privacy.lookup_flag', 'privacy.self_check'],
  find: async (db, clue) => {
    const rows = await db.selectFrom('privacy.personRequest').selectAll().where(sql<boolean>`county_id = ${clue.countyId}::uuid and cleared_at is null`).orderBy('id').execute();
    return rows.flatMap((row) => {
      const match = matchOf(clue, { ...row, ...personOf(clue.vault, row) });
      const isOver = row.status === 'done' || row.status === 'refused';
      return match === null ? [] : [{
        ...match, kind: 'privacy.request' as const, id: row.id, title: `个人信息请求：${row.receivedOn} ${requestKinds[row.kind]}`, fields: Object.entries(personOf(clue.vault, row)).flatMap(([name, value]) => (value === null ? [] : [{ name: { name: '姓名', idNumber: '证件号', phone: '电话' }[name] ?? name, value }])),
        purpose: '办理本人的请求', until: '办结后满“请求办结后姓名、号码保存天数”', erases: isOver ? '姓名、证件号、电话' : null, keeps: isOver ? [] : [limits.underWay],
      }];
    });
  },
  scans: places.map(textScan),
  erase: async (tx, records, { countyId, vault }) => {
    const ids = idsOf(records, 'privacy.request').map((id) => makeId<'PersonRequest'>(id));
    if (ids.length === 0) return [];
    const rows = await tx.db.selectFrom('privacy.personRequest').selectAll().where('id', 'in', ids).where('countyId', '=', makeId<'OrgUnit'>(countyId)).where('status', 'in', ['done', 'refused']).where('clearedAt', 'is', null).forUpdate().execute();
    for (const row of rows) await clearRequest(tx, vault, row);
    return [{ table: 'privacy.person_request', rows: rows.length }];
  },
};

const over = async (db: Db, countyId: string, by: LocalDate) => db.selectFrom('privacy.personRequest').where(sql<boolean>`county_id = ${countyId}::uuid and cleared_at is null and decided_at < (${addDays(by, -await parameterValue(db, countyId, requestNumberDays, by))}::date::timestamp at time zone 'Asia/Shanghai')`);

/** 请求的到期删除. */
export const privacyRetentions: readonly Retention[] = [{
  kind: 'privacy.request-numbers', title: '办结的个人信息请求里的姓名、证件号、电话', rule: '办结起满规定天数为止；批准删除的当时清除；请求的种类、答复和删除证明保留', periods: [requestNumberDays],
  count: async (db, countyId, by) => (await (await over(db, countyId, by)).select(sql<number>`count(*)::integer`.as('n')).executeTakeFirstOrThrow()).n,
  purge: async (tx, countyId, by, { vault }) => {
    const rows = await (await over(tx.db, countyId, by)).selectAll().forUpdate().execute();
    for (const row of rows) await clearRequest(tx, vault, row);
    return rows.length;
  },
}];
