import { sql } from 'kysely';
import { z } from 'zod';
import { Correction } from '#contract/person-request.ts';
import type { Instant } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import type { PersonalRecord } from '#platform/personal/person.ts';
import type { RequestRecord } from './store.ts';

type Made = z.output<typeof Correction>;

/** 栏目的名称 of what a person may ask to have corrected; whatever else was changed with it is told as 其他. */
const FIELDS: Readonly<Record<string, string>> = {
  name: '姓名', names: '委员名单', phoneCipher: '电话', phoneIndex: '电话', phoneLast4: '电话', phoneMoreIndex: '电话', managerPhoneCipher: '项目经理电话', managerPhoneIndex: '项目经理电话', managerPhoneMoreIndex: '项目经理电话', managerName: '项目经理姓名',
  idCipher: '证件号', idIndex: '证件号', idLast4: '证件号', post: '岗位', certificate: '证书', note: '备注', hiredOn: '入职日期', leftOn: '离职日期', contactName: '联系人', legalPerson: '法定代表人', gridMember: '网格员', address: '地址',
};
const NOISE = ['matchKey'];

/** 更正 made since the request came in, on the records taken for the person's: which, which columns, when and by whom, out of the audit trail. What they hold is not told. */
export async function correctionsOf(db: Db, { countyId, createdAt }: Pick<RequestRecord, 'countyId' | 'createdAt'>, records: readonly PersonalRecord[]): Promise<Made[]> {
  const subjects = records.flatMap((record) => (record.subject === undefined ? [] : [{ key: record.subject.join('/'), kind: record.subject[0], id: record.subject[1], title: record.title }]));
  if (subjects.length === 0) return [];
  const { rows } = await sql<{ at: Instant; actorName: string; key: string; fields: string[] | null }>`
    select e.at, e.actor_name, e.subject_kind || '/' || e.subject_id as key, (select array_agg(k) from jsonb_object_keys(case when jsonb_typeof(e.after) = 'object' then e.after else '{}' end) k) as fields
      from audit.entry e where e.county_id = ${countyId}::uuid and e.at >= ${createdAt} and e.before is not null and e.action not in ('owner.reveal', 'practitioner.reveal')
       and e.subject_kind = any(${subjects.map(({ kind }) => kind)}::text[]) and e.subject_id = any(${subjects.map(({ id }) => id)}::text[]) order by e.entry_no limit 200`.execute(db);
  const titles = new Map(subjects.map(({ key, title }) => [key, title]));
  return rows.flatMap(({ at, actorName, key, fields }) => {
    const title = titles.get(key);
    return title === undefined ? [] : [{ title, fields: [...new Set((fields ?? []).filter((field) => !NOISE.includes(field)).map((field) => FIELDS[field] ?? '其他'))], at, actorName }];
  });
}

/** 办结时记下的更正. */
export const correctedOf = ({ corrected }: Pick<RequestRecord, 'corrected'>): Made[] => z.array(Correction).parse(corrected);
