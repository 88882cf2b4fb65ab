import type { Id } from '#domain/kernel/brand.ts';
import { countyScope, nothing, placeScope, type Scope } from '#platform/access/scope.ts';
import type { Actor, Ctx } from '#platform/context.ts';
import { makeContext } from '#platform/make-context.ts';

/** 业主: nobody's account; what he does is written down as this. */
const ownerActor: Actor = { userId: null, name: '业主（手机）', grantId: null, role: null, sessionId: null };
/** 业主 under a scope. Wide ones are asked for in wide.ts and nowhere else. */
export const under = ({ kit, requestId, ip, uploads }: Ctx, scope: Scope): Ctx => makeContext(kit, { actor: ownerActor, scope, requestId, ip, uploads });

/** 不在任何地方: what holds for all, and no row of any place. */
export const nowhere = (ctx: Ctx): Ctx => under(ctx, nothing);

interface Place { readonly estateId: Id<'Estate'>; readonly countyId: Id<'OrgUnit'> }
/** 在一个小区里: both locks show this estate and nothing else. */
export const inEstate = (ctx: Ctx, { estateId, countyId }: Place): Ctx => under(ctx, { level: 'estate', id: estateId, countyId });
/** 在所在的社区里 (else its township), where what he files is received; both locks show nothing of another. */
export const inPlace = (ctx: Ctx, place: Parameters<typeof placeScope>[0]): Ctx => under(ctx, placeScope(place));
/** 在一个县里, for what hangs on a telephone wherever it was filed; the queries name the telephone. */
export const inCounty = (ctx: Ctx, countyId: string): Ctx => under(ctx, countyScope(countyId));
