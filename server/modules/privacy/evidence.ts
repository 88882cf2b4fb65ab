import { sql } from 'kysely';
import type { EvidenceKey } from '#domain/privacy/self-check.ts';
import type { Ctx } from '#platform/context.ts';
import { countyOf } from './county.ts';
import { listDeletionKinds } from './use-cases/deletions.ts';
import { personalColumns } from './use-cases/inventory.ts';

/** 系统给出的情况: a sentence with its number, and the page where it stands. */
export type Evidence = Readonly<Record<EvidenceKey, { readonly text: string; readonly path: string | null }>>;

/** 自查用的系统数据 of a year, as it is known now. */
export async function evidenceOf(ctx: Ctx, year: number): Promise<Evidence> {
  const countyId = countyOf(ctx);
  const { rows } = await listDeletionKinds(ctx);
  const total = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + pick(row), 0);
  return ctx.read(async (db) => {
    const columns = await personalColumns(db, ctx);
    const { rows: [one] } = await sql<{ purposes: number; overdue: number; reveals: number; unexplained: number; flags: number; open: number; administrators: number; both: number; sealed: number; requests: number; late: number; persons: number }>`
      select (select count(*) from registry.owner_purpose where county_id = ${countyId} and ended_at is null)::integer as purposes,
             (select count(*) from registry.owner_purpose where county_id = ${countyId} and ended_at is null and delete_on < ${ctx.today})::integer as overdue,
             (select count(*) from audit.entry where county_id = ${countyId} and action in ('owner.reveal', 'practitioner.reveal') and extract(year from at at time zone 'Asia/Shanghai') = ${year})::integer as reveals,
             (select count(*) from audit.entry where county_id = ${countyId} and action in ('owner.reveal', 'practitioner.reveal') and reason is null and extract(year from at at time zone 'Asia/Shanghai') = ${year})::integer as unexplained,
             (select count(*) from privacy.lookup_flag where county_id = ${countyId} and extract(year from looked_on) = ${year})::integer as flags,
             (select count(*) from privacy.lookup_flag where county_id = ${countyId} and outcome is null)::integer as open,
             (select count(distinct user_id) from platform.user_grant where county_id = ${countyId} and ended_at is null and role in ('system-administrator', 'security-administrator', 'audit-administrator'))::integer as administrators,
             (select count(*) from (select user_id from platform.user_grant where county_id = ${countyId} and ended_at is null and role in ('system-administrator', 'security-administrator', 'audit-administrator') group by user_id having count(distinct role) > 1) twice)::integer as both,
             (select count(*) from privacy.person_request where county_id = ${countyId} and extract(year from received_on) = ${year})::integer as requests,
             (select count(*) from privacy.person_request where county_id = ${countyId} and extract(year from received_on) = ${year} and coalesce((decided_at at time zone 'Asia/Shanghai')::date, ${ctx.today}::date) > due_on)::integer as late,
             (select (select count(distinct coalesce(id_index, id::text)) from registry.owner where county_id = ${countyId} and kind = 'person') + (select count(*) from registry.practitioner where county_id = ${countyId}) + (select count(*) from platform.app_user where county_id = ${countyId}))::integer as persons,
             (select count(*) from audit.seal)::integer as sealed`.execute(db);
    if (!one) throw new Error('unreachable: a select without from gives one row');
    return {
      columns: { text: `系统里有 ${columns} 个字段存放个人信息`, path: '/personal-data' }, purposes: { text: `登记的业主信息装载目的 ${one.purposes} 项，其中过了删除日期的 ${one.overdue} 项`, path: '/personal-data/deletions' },
      due: { text: `今天已到期、等待当晚删除的 ${total((row) => row.due)} 条`, path: '/personal-data/deletions' }, deleted: { text: `今年到期删除 ${total((row) => row.yearCount)} 条`, path: '/personal-data/deletions' },
      reveals: { text: `${year}年查看完整号码 ${one.reveals} 次，没有写理由的 ${one.unexplained} 次`, path: '/lookup-flags' }, flags: { text: `${year}年批量查询提示 ${one.flags} 条`, path: '/lookup-flags' },
      'open-flags': { text: `还没有核实的提示 ${one.open} 条`, path: '/lookup-flags?status=open' }, administrators: { text: `三类管理员共 ${one.administrators} 人，一人兼两类的 ${one.both} 人`, path: '/users' },
      requests: { text: `${year}年收到个人信息请求 ${one.requests} 件，超过办理期限的 ${one.late} 件`, path: null }, persons: { text: `系统里的业主、从业人员、用户合计约 ${one.persons} 人（证件号相同的业主算一人）`, path: '/personal-data' },
      chain: { text: `操作记录已封存 ${one.sealed} 条，每天自动核验`, path: null },
    };
  });
}
