import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/committee.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { maskPhone, parsePhone } from '#domain/kernel/phone.ts';
import { roleMay } from '#contract/permissions.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { insertVersion, sealMemberPhone, supersedeCommittee } from '../bulk.ts';
import { known, membersAt, type CommitteeAsOf } from '../read.ts';

type Committee = Output<typeof route.getCommittee>;
type Row = Output<typeof route.listCommittees>['rows'][number];
interface Line {
  readonly id: Id<'Committee'>; readonly committeeId: Id<'Committee'>; readonly countyId: Id<'OrgUnit'>; readonly townshipId: Id<'OrgUnit'>; readonly neighbourhoodId: Id<'OrgUnit'> | null; readonly estateId: Id<'Estate'>; readonly companyId: Id<'Company'> | null;
  readonly name: string; readonly kind: Row['kind']; readonly status: Row['status']; readonly sinceOn: Row['sinceOn']; readonly untilOn: Row['untilOn']; readonly filedOn: Row['filedOn']; readonly endedOn: Row['endedOn'];
  readonly recordedAt: Row['recordedAt']; readonly supersededAt: Row['recordedAt'] | null;
}

const visible = (db: Db, ctx: Pick<Ctx, 'scope'>) => within(ctx.scope, db.selectFrom('committee.committee as c'), { alias: 'c' });
const asOf = (query: { on?: CommitteeAsOf['on'] | undefined; knownOn?: CommitteeAsOf['knownOn'] | undefined }, ctx: Pick<Ctx, 'today'>): CommitteeAsOf => ({ on: query.on ?? ctx.today, knownOn: query.knownOn ?? null });
const may = (ctx: Ctx): true | string => {
  if (ctx.actor.role !== null && !roleMay(ctx.actor.role, 'registry.edit')) return '您的岗位只能查看';
  return ['everything', 'county', 'township', 'neighbourhood'].includes(ctx.scope.level) || '由社区、乡镇街道或县住建局登记';
};
function mustBeAble(ctx: Ctx): void {
  const ability = may(ctx);
  if (ability !== true) throw new Problem('access.denied', ability);
}

async function present(db: Db, ctx: Ctx, lines: readonly Line[], { on, knownOn }: CommitteeAsOf): Promise<Row[]> {
  if (lines.length === 0) return [];
  const names = new Map((await sql<{ id: string; name: string; township: string }>`select e.id, e.name, t.name as township from registry.estate e join platform.org_unit t on t.id = e.township_id where e.id = any(${lines.map((line) => line.estateId)}::uuid[])`.execute(db)).rows.map((row) => [row.id, row]));
  const members = new Map((await sql<{ committeeId: string; count: number; chair: string | null }>`
    select m.committee_id, count(*) as count, max(m.name) filter (where m.post = 'chair') as chair from committee.member m
     where m.committee_id = any(${lines.map((line) => line.committeeId)}::uuid[]) and ${known('m', knownOn)} and (m.valid_from is null or m.valid_from <= ${on}) and (m.valid_to is null or m.valid_to > ${on}) group by m.committee_id`.execute(db)).rows.map((row) => [row.committeeId, row]));
  return lines.map((line) => ({
    committeeId: line.committeeId, versionId: line.id, estate: { id: line.estateId, name: names.get(line.estateId)?.name ?? '' }, township: { id: line.townshipId, name: names.get(line.estateId)?.township ?? '' },
    name: line.name, kind: line.kind, status: line.status, sinceOn: line.sinceOn, untilOn: line.untilOn, filedOn: line.filedOn, endedOn: line.endedOn, isExpired: line.status === 'established' && line.untilOn !== null && line.untilOn < on,
    chair: members.get(line.committeeId)?.chair ?? null, memberCount: members.get(line.committeeId)?.count ?? 0, recordedAt: line.recordedAt, can: { edit: line.supersededAt === null ? may(ctx) : '这是以前的版本' },
  }));
}

/** 业委会列表, as of a day. */
export function listCommittees(ctx: Ctx, { query: f }: Input<typeof route.listCommittees>): Promise<Output<typeof route.listCommittees>> {
  const at = asOf(f, ctx);
  return ctx.read(async (db) => {
    let query = visible(db, ctx).where(known('c', at.knownOn));
    if (f.status) query = query.where('c.status', '=', f.status);
    if (f.estateId) query = query.where('c.estateId', '=', f.estateId);
    if (f.townshipId) query = query.where('c.townshipId', '=', f.townshipId);
    if (f.neighbourhoodId) query = query.where('c.neighbourhoodId', '=', f.neighbourhoodId);
    if (f.expired === 'true') query = query.where('c.status', '=', 'established').where('c.untilOn', '<', at.on);
    if (f.expired === 'false') query = query.where(sql<boolean>`(c.until_on is null or c.until_on >= ${at.on})`);
    if (f.q) query = query.where(sql<boolean>`(c.name like ${`%${f.q}%`} or exists (select from registry.estate e where e.id = c.estate_id and e.name like ${`%${f.q}%`}))`);
    const { total } = await db.selectFrom(query.select(sql<number>`1`.as('one')).limit(1_001).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    if (f.after) query = query.where(sql<boolean>`c.id < ${f.after}::uuid`);
    const lines: Line[] = await query.selectAll('c').orderBy('c.id', 'desc').limit(f.limit + 1).execute() as never;
    const shown = lines.slice(0, f.limit);
    return { rows: await present(db, ctx, shown, at), next: lines.length > f.limit ? shown.at(-1)?.id ?? null : null, total: Math.min(total, 1_000), totalIsExact: total <= 1_000 };
  });
}

async function version(db: Db, ctx: Ctx, committeeId: string, at: CommitteeAsOf): Promise<Line> {
  const line = await visible(db, ctx).selectAll('c').where('c.committeeId', '=', committeeId).where(known('c', at.knownOn)).executeTakeFirst();
  if (!line) throw new Problem('not-found', '业委会不存在或不在管辖范围内');
  return line as never;
}

async function presentOne(db: Db, ctx: Ctx, committeeId: string, at: CommitteeAsOf): Promise<Committee> {
  const line = await version(db, ctx, committeeId, at);
  const [[shown], members, versions] = await Promise.all([
    present(db, ctx, [line], at), membersAt(db, committeeId, at), visible(db, ctx).selectAll('c').where('c.committeeId', '=', committeeId).orderBy('c.recordedAt', 'desc').limit(100).execute() as Promise<unknown> as Promise<Line[]>,
  ]);
  if (!shown) throw new Error('one row in, one row out');
  const full = ctx.actor.role === null || roleMay(ctx.actor.role, 'registry.directory.read');
  return {
    ...shown, ...at,
    members: members.map(({ phoneCipher, ...member }) => ({ ...member, phone: phoneText(ctx, phoneCipher, full) })),
    versions: versions.map(({ id: versionId, name, kind, status, sinceOn, untilOn, filedOn, endedOn, recordedAt, supersededAt }) => ({ versionId, name, kind, status, sinceOn, untilOn, filedOn, endedOn, recordedAt, supersededAt })),
    warnings: [...(shown.isExpired ? ['任期已届满,请指导换届'] : []), ...(shown.status === 'established' && shown.untilOn === null ? ['没有届满时间,无法提醒换届'] : [])],
  };
}

function phoneText(ctx: Ctx, sealed: string | null, full: boolean): string | null {
  if (sealed === null) return null;
  const plain = ctx.kit.vault.open(sealed);
  return full ? plain : plain.split('、').map((piece) => { const phone = parsePhone(piece); return phone ? maskPhone(phone) : '****'; }).join('、');
}

/** 业委会详情, as of a day. */
export function getCommittee(ctx: Ctx, { params, query }: Input<typeof route.getCommittee>): Promise<Committee> {
  return ctx.read((db) => presentOne(db, ctx, params.committeeId, asOf(query, ctx)));
}

function refuseReversed({ sinceOn, untilOn, endedOn }: Pick<Line, 'sinceOn' | 'untilOn' | 'endedOn'>): void {
  const errors = [
    ...(sinceOn && untilOn && untilOn < sinceOn ? [{ pointer: '/untilOn', message: '届满时间早于成立时间,请核对' }] : []),
    ...(sinceOn && endedOn && endedOn < sinceOn ? [{ pointer: '/endedOn', message: '终止日期早于成立时间,请核对' }] : []),
  ];
  if (errors.length > 0) throw new Problem('input.invalid', '日期颠倒,请核对', { errors });
}

const said = (row: object) => ({ ...row, recordedAt: undefined, supersededAt: undefined, id: undefined });

/** 登记业委会. */
export function createCommittee(ctx: Ctx, { params, body }: Input<typeof route.postCommittee>): Promise<Committee> {
  return ctx.transact(async (tx) => {
    mustBeAble(ctx);
    const estate = await within(ctx.scope, tx.db.selectFrom('registry.estate'), { own: 'estate' }).select(['id', 'countyId', 'townshipId', 'neighbourhoodId', 'companyId', 'archivedAt']).where('id', '=', params.estateId).executeTakeFirst();
    if (!estate) throw new Problem('estate.not-found', '小区不存在或不在管辖范围内');
    if (estate.archivedAt !== null) throw new Problem('state.conflict', '小区已归档');
    refuseReversed(body);

    const committeeId = newId<'Committee'>();
    const { id: estateId, archivedAt: _archivedAt, ...place } = estate;
    await insertVersion(tx.db, { ...place, estateId, committeeId, ...body }, { at: ctx.now, batchId: null });
    tx.audit({ action: 'estate.committee', subject: ['Estate', estateId], before: null, after: body, countyId: place.countyId, townshipId: place.townshipId });
    tx.emit({ name: 'committee.recorded', key: `${committeeId}:${ctx.now}`, payload: { committeeId, estateId } });
    return presentOne(tx.db, ctx, committeeId, asOf({}, ctx));
  });
}

async function lockVersion(db: Db, ctx: Ctx, committeeId: string, basedOn: string): Promise<Line> {
  mustBeAble(ctx);
  const line = await visible(db, ctx).selectAll('c').where('c.committeeId', '=', committeeId).where('c.supersededAt', 'is', null).forUpdate().executeTakeFirst();
  if (!line) throw new Problem('not-found', '业委会不存在或不在管辖范围内');
  if (line.id !== basedOn) throw new Problem('state.stale', '业委会信息已被别人修改,请刷新后核对再保存');
  return line as never;
}

/** 修改业委会: a new version; the old one stays known as of then. */
export function updateCommittee(ctx: Ctx, { params, body }: Input<typeof route.putCommittee>): Promise<Committee> {
  return ctx.transact(async (tx) => {
    const { basedOn, ...draft } = body;
    const before = await lockVersion(tx.db, ctx, params.committeeId, basedOn);
    refuseReversed(draft);

    await supersedeCommittee(tx.db, before.id, ctx.now);
    await insertVersion(tx.db, { ...before, ...draft }, { at: ctx.now, batchId: null });
    tx.audit({ action: 'estate.committee', subject: ['Estate', before.estateId], before: said(before), after: said({ ...before, ...draft }), countyId: before.countyId, townshipId: before.townshipId });
    tx.emit({ name: 'committee.recorded', key: `${before.committeeId}:${ctx.now}`, payload: { committeeId: before.committeeId, estateId: before.estateId } });
    return presentOne(tx.db, ctx, before.committeeId, asOf({}, ctx));
  });
}

/** 登记委员: the list as given stands from now on; those left out end today, those whose data differ get a new version. */
export function updateMembers(ctx: Ctx, { params, body }: Input<typeof route.putMembers>): Promise<Committee> {
  return ctx.transact(async (tx) => {
    const committee = await lockVersion(tx.db, ctx, params.committeeId, body.basedOn);
    const standing = await tx.db.selectFrom('committee.member').selectAll().where('committeeId', '=', committee.committeeId).where('supersededAt', 'is', null).where('validTo', 'is', null).execute();
    if (body.members.filter((member) => member.post === 'chair').length > 1) throw new Problem('input.invalid', '主任只能有一名', { errors: [{ pointer: '/members', message: '主任只能有一名' }] });

    const kept = new Map(standing.map((member) => [member.id, member]));
    const { countyId, townshipId, neighbourhoodId, companyId, estateId, committeeId } = committee;
    const close = (id: string) => sql`update committee.member set superseded_at = greatest(${ctx.now}::timestamptz, recorded_at + interval '1 millisecond') where id = ${id}`.execute(tx.db);
    for (const { id, phone, ...told } of body.members) {
      const old = id === undefined ? undefined : kept.get(id);
      if (id !== undefined && !old) throw new Problem('state.stale', '委员名单已被别人修改,请刷新后核对再保存');
      kept.delete(id as never);
      const sealed = phone === undefined || phone?.includes('*') ? { phoneCipher: old?.phoneCipher ?? null, phoneIndex: old?.phoneIndex ?? null } : sealMemberPhone(ctx.kit.vault, phone);
      if (old && old.name === told.name && old.post === told.post && old.isPartyMember === told.isPartyMember && old.validFrom === told.validFrom && old.phoneIndex === sealed.phoneIndex) continue;
      if (old) await close(old.id);
      await tx.db.insertInto('committee.member').values({ id: newId<'Member'>(), committeeId, countyId, townshipId, neighbourhoodId, companyId, estateId, ...told, ...sealed, recordedAt: ctx.now }).execute();
    }
    for (const left of kept.values()) {
      await close(left.id);
      if (left.validFrom === null || left.validFrom < ctx.today) await tx.db.insertInto('committee.member').values({ ...left, id: newId<'Member'>(), validTo: ctx.today, recordedAt: ctx.now, supersededAt: null }).execute();
    }
    tx.audit({ action: 'estate.members', subject: ['Estate', estateId], before: { names: standing.map((member) => member.name) }, after: { names: body.members.map((member) => member.name) }, countyId, townshipId });
    return presentOne(tx.db, ctx, committeeId, asOf({}, ctx));
  });
}
