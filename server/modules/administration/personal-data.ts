import { sql, type RawBuilder } from 'kysely';
import { limits } from '#domain/privacy/limits.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { holds, textScan, wordsOf, type TextPlace } from '#platform/personal/find-texts.ts';
import { idsOf, isNamed, matchOf, type Clue, type Erased, type PersonalData, type PersonalRecord } from '#platform/personal/person.ts';

interface Account { readonly id: string; readonly name: string; readonly login: string; readonly isOff: boolean; readonly posts: string | null; readonly sessions: number; readonly signIns: number; readonly bindings: number }

/** 账号: told apart from other people of the name by whoever looks at it; a telephone it chose for notices makes it sure. */
async function findAccounts(db: Db, clue: Clue): Promise<PersonalRecord[]> {
  const subjects = clue.subjects.filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const { rows } = await sql<Account>`
    select u.id, u.name, u.login, u.disabled_at is not null as is_off, (select string_agg(coalesce(g.title, g.role) || '（' || g.started_on || ' 起）', '、' order by g.started_on) from platform.user_grant g where g.user_id = u.id) as posts,
           (select count(*)::integer from platform.session s where s.user_id = u.id) as sessions, (select count(*)::integer from platform.sign_in s where s.user_id = u.id) as sign_ins,
           (select count(*)::integer from platform.oidc_binding b where b.user_id = u.id) as bindings
      from platform.app_user u where u.county_id = ${clue.countyId}::uuid and (${isNamed('u.name', clue)} or u.id = any(${subjects}::uuid[])) order by u.id limit 100`.execute(db);
  return rows.flatMap((row) => {
    const match = matchOf(clue, { id: row.id, name: row.name });
    const counts = { 登录会话: row.sessions, 登录记录: row.signIns, 统一身份绑定: row.bindings };
    return match === null ? [] : [{
      ...match, kind: 'administration.account' as const, id: row.id, links: [row.id], subject: ['AppUser', row.id] as const, title: `账号：${row.login}${row.isOff ? '（已停用）' : ''}`,
      fields: [{ name: '姓名', value: row.name }, { name: '登录名', value: row.login }, ...(row.posts === null ? [] : [{ name: '岗位', value: row.posts }]), ...Object.entries(counts).flatMap(([name, n]) => (n === 0 ? [] : [{ name, value: `${n} 条` }]))],
      purpose: '登录和办理业务', until: '账号停用后，姓名随操作记录保存', erases: row.isOff && row.sessions > 0 ? '登录会话（地址、浏览器）' : null, keeps: [row.isOff ? limits.actorName : limits.account, limits.signIns, limits.audit],
    }];
  });
}

/** 防重复提交的答复 that name the person: they may go at any time, the request would only be done anew if sent again. */
async function findAnswers(db: Db, clue: Clue, part: RawBuilder<boolean>): Promise<PersonalRecord[]> {
  const words = wordsOf(clue);
  if (words.length === 0) return [];
  const { rows } = await sql<{ id: string; byNumber: boolean }>`
    select t.user_id || '/' || t.key as id, ${holds(sql`t.response::text`, words.filter((word) => word !== clue.name))} as by_number
      from platform.idempotency_key t left join platform.app_user u on u.id = t.user_id left join platform.api_key a on a.id = t.user_id
     where ${part} and coalesce(u.county_id, a.county_id) = ${clue.countyId}::uuid and ${holds(sql`t.response::text`, words)} order by 1 limit 500`.execute(db);
  return rows.map(({ id, byNumber }) => ({
    kind: 'administration.answer', id, title: '防重复提交的答复', match: byNumber ? 'sure' : 'check', because: byNumber ? '其中写有本人的号码' : '其中写有同样的姓名', fields: [], purpose: '同一次提交不办两遍', until: '满“防重复提交的答复保存天数”', erases: '整条', keeps: [],
  }));
}

const record = { erases: null, until: limits.record.until, keeps: [limits.record] };
const trail = { erases: null, until: limits.audit.until, keeps: [limits.audit] };
/** 文字中: records that the system keeps of what was done, and names of files and bodies. */
const places: readonly TextPlace[] = [
  { kind: 'administration.audit', table: 'audit.entry', id: 't.id', title: "t.action || ' ' || (t.at at time zone 'Asia/Shanghai')::date", county: 't.county_id', label: '操作记录', purpose: '说明谁在何时办了什么', ...trail },
  { kind: 'administration.event', table: 'platform.event', id: 't.id', title: 't.name', county: 't.county_id', label: '业务事件', purpose: '系统内部传递', ...trail },
  { kind: 'administration.job', table: 'platform.job', id: 't.id', title: 't.kind', county: 't.county_id', label: '后台作业', purpose: '系统内部办理', ...trail },
  { kind: 'administration.file', table: 'platform.file', id: 't.id', title: "''", county: 't.county_id', label: '上传的文件的名称', purpose: '与所办事项一起保存', until: limits.wholeFile.until, erases: null, keeps: [limits.wholeFile] },
  { kind: 'administration.body', table: 'platform.org_unit', id: 't.id', title: 't.name', county: 't.county_id', label: '组织机构', purpose: '机构名称、地址', ...record },
  { kind: 'administration.merging', table: 'platform.org_unit_lineage', id: 't.id', title: "''", county: 't.county_id', label: '机构合并的依据', purpose: '区划调整', ...record },
  { kind: 'administration.setting', table: 'platform.parameter_override', id: 't.id', title: 't.parameter_id', county: 't.county_id', label: '参数的依据、撤回原因', purpose: '本县设置', ...record },
  { kind: 'administration.post', table: 'platform.user_grant', id: 't.id', title: "coalesce(t.title, '')", county: 't.county_id', label: '岗位的名称、结束原因', purpose: '授权', ...record },
  { kind: 'administration.key', table: 'platform.api_key', id: 't.id', title: 't.name', county: 't.county_id', label: '接口密钥的名称、作废原因', purpose: '供其他系统调用', ...record },
];

async function erase(tx: Tx, records: readonly Pick<PersonalRecord, 'kind' | 'id'>[], { countyId }: Clue): Promise<Erased[]> {
  const [accounts, answers] = [idsOf(records, 'administration.account'), idsOf(records, 'administration.answer')];
  const sessions = accounts.length === 0 ? null : await sql`
    delete from platform.session s using platform.app_user u where u.id = s.user_id and u.id = any(${accounts}::uuid[]) and u.county_id = ${countyId}::uuid and u.disabled_at is not null`.execute(tx.db);
  const told = answers.length === 0 ? null : await sql`delete from platform.idempotency_key k where (k.user_id || '/' || k.key) = any(${answers}::text[])`.execute(tx.db);
  return [...(sessions === null ? [] : [{ table: 'platform.session', rows: Number(sessions.numAffectedRows ?? 0n) }]), ...(told === null ? [] : [{ table: 'platform.idempotency_key', rows: Number(told.numAffectedRows ?? 0n) }])];
}

/** 账号、会话、登录记录、操作记录中的个人信息. */
export const administrationPersonalData: PersonalData = {
  tables: [
    'platform.app_user', 'platform.user_grant', 'platform.session', 'platform.sign_in', 'platform.sign_in_guard', 'platform.oidc_binding', 'platform.totp', 'platform.recovery_code', 'platform.link', 'platform.idempotency_key', 'platform.api_key',
    'platform.event', 'platform.job', 'platform.file', 'platform.org_unit', 'platform.org_unit_lineage', 'platform.parameter_override', 'audit.entry',
  ],
  find: findAccounts,
  scans: [{ table: 'platform.idempotency_key', look: findAnswers }, ...places.map(textScan)],
  erase,
};
