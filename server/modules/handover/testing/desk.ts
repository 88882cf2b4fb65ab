import type { Role } from '#contract/permissions.ts';
import type { HandOverCause } from '#domain/handover/words.ts';
import { makeId, localDate, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { PASSWORD, world, type World } from '#modules/administration/testing/world.ts';
import { draftPaper } from '#modules/paper/use-cases/draft-paper.ts';
import { modules } from '#server/main/modules.ts';
import { everything, nothing, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { makeContext } from '#platform/make-context.ts';
import { testKit } from '#platform/testing/kit.ts';
import { getHandOver } from '../use-cases/look-at-hand-overs.ts';
import { signIncoming } from '../use-cases/sign-incoming.ts';
import { signOutgoing } from '../use-cases/sign-outgoing.ts';
import { startHandOver } from '../use-cases/start-hand-over.ts';

export type UserId = Id<'AppUser'>;
export type One = Awaited<ReturnType<typeof getHandOver>>;
interface Begin { readonly fromId: UserId; readonly toId: UserId; readonly cause?: HandOverCause; readonly untilOn?: LocalDate; readonly witnessId?: UserId; readonly plannedOn?: LocalDate; readonly grantIds?: Id<'UserGrant'>[] }

/** 交接的测试台: a small county with its security administrator, people made as they are needed, and the acts of a hand-over in short. */
export async function handOverDesk() {
  const kit = await testKit(modules);
  const given = await world(kit.kit);
  let security = await given.user('security', ['security-administrator']);
  let n = 0;

  /** A context of a person in one post, or in none. */
  function as(userId: UserId, name: string, role: Role | null = null, at: string | null = null): Ctx {
    const countyId = given.countyId;
    const level = role === null ? null : role === 'township-officer' ? 'township' as const : role === 'neighbourhood-officer' ? 'neighbourhood' as const : 'county' as const;
    const scope: Scope = level === null ? nothing : { level, id: at === null ? countyId : given.unit(at), countyId };
    return makeContext(kit.kit, { actor: { userId, name, grantId: null, role, sessionId: null }, scope, requestId: newId(), ip: '10.0.0.1' });
  }
  const manager = () => as(security, 'security', 'security-administrator');
  const read = <T>(work: Parameters<typeof kit.kit.database.read<T>>[1]) => kit.kit.database.read(everything, work);
  const user = async (posts: Parameters<World['user']>[1] = []) => { n += 1; const login = `user-${n}`; return { id: await given.user(login, posts), login }; };
  const openPosts = (userId: UserId) => read(async (db) => (await db.selectFrom('platform.userGrant').select(['role', 'scopeId']).where('userId', '=', userId).where('endedAt', 'is', null).execute()).map(({ role }) => role).toSorted());
  const draft = (ctx: Ctx, subject: string) => draftPaper('notice')(ctx, { body: { layout: 'plain', subject, addressee: '', body: '请各社区周五前报送。', contactName: '', contactPhone: '', attachments: '', copies: '', estateId: null } });
  const holderOf = (paperId: string) => read(async (db) => (await db.selectFrom('paper.paper').select(['holderId', 'createdByName']).where('id', '=', makeId<'Paper'>(paperId)).executeTakeFirstOrThrow()));

  const begin = ({ cause = 'transferred', plannedOn = localDate('2026-11-20'), ...body }: Begin, by: Ctx = manager()) => startHandOver(by, { params: {}, query: {}, body: { ...body, cause, plannedOn, reason: '安人社发〔2026〕3号' } });
  const look = (ctx: Ctx, { id }: Pick<One, 'id'>) => getHandOver(ctx, { params: { handOverId: id }, query: {}, body: {} });
  const give = async (ctx: Ctx, { id }: Pick<One, 'id'>, more: { papers?: string; notes?: { key: string; note: string }[]; password?: string; listMark?: string } = {}) =>
    signOutgoing(ctx, { params: { handOverId: id }, query: {}, body: { papers: '', remark: '', notes: [], password: PASSWORD, listMark: (await look(ctx, { id })).listMark, ...more } });
  const take = async (ctx: Ctx, { id }: Pick<One, 'id'>, listMark?: string) => signIncoming(ctx, { params: { handOverId: id }, query: {}, body: { password: PASSWORD, listMark: listMark ?? (await look(ctx, { id })).listMark } });

  return {
    kit, given, security: () => security,
    /** From now on somebody else is the county's security administrator. */
    succeed: (userId: UserId) => { security = userId; },
    as, manager, read, user, openPosts, draft, holderOf, begin, look, give, take,
  };
}
