import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/person-request.ts';
import { roles } from '#contract/permissions.ts';
import type { Instant } from '#domain/kernel/brand.ts';
import { backupNote } from '#domain/privacy/limits.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { PersonalRecord } from '#platform/personal/person.ts';
import { Problem } from '#platform/problem.ts';
import { column, exportList, moment, text } from '#platform/workbook/export-list.ts';
import { notSearched } from '#domain/privacy/request-rules.ts';
import { clueOf, findPerson, once } from '../person/find-person.ts';
import { findingsOf } from '../person/findings.ts';
import { correctionsOf } from '../person/corrections.ts';
import { titleOf, titlesOf } from '../person/erase.ts';
import { isOf, presentLimit, presentRecord } from '../person/present.ts';
import { chosenOf, getRequest, personOf, type RequestRecord } from '../person/store.ts';
import { widely } from '../person/wide.ts';

type Look = Output<typeof route.listPersonRecords>['looks'][number];
const isRole = (name: string): name is keyof typeof roles => Object.hasOwn(roles, name);
const actions: Readonly<Record<string, string>> = { 'owner.reveal': '查看业主完整号码', 'practitioner.reveal': '查看从业人员完整号码', 'personal-copy.export': '按本人请求导出' };

interface Found { readonly request: RequestRecord; readonly records: readonly PersonalRecord[]; readonly looks: readonly Look[]; readonly corrections: Awaited<ReturnType<typeof correctionsOf>> }

async function foundFor(ctx: Ctx, id: RequestRecord['id']): Promise<Found> {
  const request = await ctx.read((db) => getRequest(db, ctx.scope, id));
  if (request.clearedAt !== null) throw new Problem('state.conflict', '这件请求已经办结，姓名和号码已清除，不能再查找');
  const clue = clueOf(ctx.kit.vault, request.countyId, ctx.today, personOf(ctx.kit.vault, request));
  return (await widely(ctx)).read(async (db) => {
    const chosen = chosenOf(request);
    // This very request is the means of answering, not something found; its name and numbers go with the answer.
    const records = once([...await findingsOf(db, ctx.kit.vault, request), ...await findPerson(db, ctx.kit, clue, chosen)]).filter((record) => record.id !== request.id);
    const own = records.filter((record) => isOf(record, chosen));
    return { request, records, looks: await looksAt(db, request, own), corrections: await correctionsOf(db, request, own) };
  });
}

/** 一件请求已作的更正. */
export const correctionsFor = async (ctx: Ctx, { id }: Pick<RequestRecord, 'id'>): Promise<Found['corrections']> => (await foundFor(ctx, id)).corrections;

/** 谁看过: recorded looks at the person's full numbers, and copies handed out, out of the audit trail. */
async function looksAt(db: Db, { countyId, id }: RequestRecord, records: readonly PersonalRecord[]): Promise<Look[]> {
  const subjects = [...new Set(records.flatMap(({ links }) => links ?? []))];
  const { rows } = await sql<{ at: Instant; actorName: string; role: string | null; action: string; reason: string | null }>`
    select at, actor_name, role, action, reason from audit.entry where county_id = ${countyId}::uuid
       and (subject_kind in ('Owner', 'Practitioner') and subject_id = any(${subjects}::text[]) and action in ('owner.reveal', 'practitioner.reveal')
         or action = 'personal-copy.export' and after -> 'query' ->> 'requestId' = ${id}) order by entry_no desc limit 1000`.execute(db);
  return rows.map((row) => ({ ...row, action: actions[row.action] ?? row.action, role: row.role === null ? null : isRole(row.role) ? roles[row.role].title : row.role }));
}

/** 查找的进度. */
async function searchOf(db: Db, { searchJobId, searchedAt, searchCut }: RequestRecord): Promise<Output<typeof route.listPersonRecords>['search']> {
  const job = searchJobId === null ? undefined : await db.selectFrom('platform.job').select(['status', 'doneCount', 'totalCount']).where('id', '=', searchJobId).executeTakeFirst();
  const titles = await titlesOf(db);
  // A job that is done has said so on the request: one that was read before that is asked for again, not told as failed.
  const isOver = job === undefined || job.status === 'failed' || job.status === 'cancelled';
  return { state: searchedAt !== null ? 'done' : isOver ? 'failed' : 'running', done: job?.doneCount ?? 0, total: job?.totalCount ?? null, at: searchedAt, cut: searchCut.map((table) => titleOf(titles, table)) };
}

/** 查找本人信息 of a request: what indexes reach, now, and what the job found in the rest. Numbers are covered. */
export async function listPersonRecords(ctx: Ctx, { params }: Input<typeof route.listPersonRecords>): Promise<Output<typeof route.listPersonRecords>> {
  const { request, records, looks, corrections } = await foundFor(ctx, params.requestId);
  return { corrections, rows: records.map((record) => presentRecord(record, chosenOf(request))), looks: [...looks], search: await ctx.read((db) => searchOf(db, request)) };
}

interface Line { readonly part: string; readonly where: string; readonly name: string; readonly value: string; readonly purpose: string; readonly until: string; readonly erasing: string; readonly at: Instant | null }

/** 导出本人信息: what is held, whole, why, until when, what may be erased and what may not, and who looked. Only what is the person's own. */
export async function exportPersonCopy(ctx: Ctx, { params }: Input<typeof route.getPersonCopy>): Promise<Output<typeof route.getPersonCopy>> {
  const { request, records, looks } = await foundFor(ctx, params.requestId);
  if (request.searchedAt === null) throw new Problem('state.conflict', notSearched);
  const own = records.filter((record) => isOf(record, chosenOf(request)));
  const lines = own.flatMap((record): Line[] => {
    const limits = record.keeps.map(presentLimit).map(({ what, basis, until }) => `${what}（${basis}），${until}`);
    const erasing = [...(record.erases === null ? [] : [`可以请求删除：${record.erases}`]), ...(limits.length === 0 ? [] : [`不能删除：${limits.join('；')}`])].join('。');
    const fields = record.fields.length === 0 ? [{ name: '', value: '' }] : record.fields;
    return fields.map(({ name, value }) => ({ part: '持有的信息', where: record.title, name, value, purpose: record.purpose, until: record.until, erasing, at: null }));
  });
  const seen = looks.map((look): Line => ({ part: '谁看过', where: look.action, name: look.role ?? '', value: look.actorName, purpose: look.reason ?? '', until: '', erasing: '', at: look.at }));
  const note: Line = { part: '备份', where: '备份', name: '', value: backupNote, purpose: '', until: '', erasing: '', at: null };
  return exportList<Line>(ctx, {
    title: '本人信息', kind: 'personal-copy', on: ctx.today, query: { requestId: request.id },
    columns: [
      column('部分', 'text', (row) => text(row.part)), column('在哪里', 'text', (row) => text(row.where)), column('项目', 'text', (row) => text(row.name)), column('内容', 'text', (row) => text(row.value)), column('为什么持有', 'text', (row) => text(row.purpose)),
      column('保存到', 'text', (row) => text(row.until)), column('能否删除', 'text', (row) => text(row.erasing)), column('时间', 'moment', (row) => moment(row.at)),
    ],
    rows: async (db) => { await sql`select 1`.execute(db); return [...lines, ...seen, note]; },
  });
}
