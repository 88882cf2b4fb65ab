import type { Id } from '#domain/kernel/brand.ts';
import { countyScope, everything, placeScope, type Scope } from '#platform/access/scope.ts';
import type { Actor, Ctx } from '#platform/context.ts';
import { makeContext } from '#platform/make-context.ts';

/** 业主: nobody's account; what he does is written down as this. */
const ownerActor: Actor = { userId: null, name: '业主（手机）', grantId: null, role: null, sessionId: null };
const under = ({ kit, requestId, ip, uploads }: Ctx, scope: Scope): Ctx => makeContext(kit, { actor: ownerActor, scope, requestId, ip, uploads });

/** 不分地方的上下文: for codes, whose limits count across estates, marks of what was sent, and sessions found by their hash: this module's own small tables, and nothing else. */
export const forOwner = (ctx: Ctx): Ctx => under(ctx, everything);

interface Place { readonly estateId: Id<'Estate'>; readonly countyId: Id<'OrgUnit'> }
/** 在一个小区里: both locks show this estate and nothing else. */
export const inEstate = (ctx: Ctx, { estateId, countyId }: Place): Ctx => under(ctx, { level: 'estate', id: estateId, countyId });
/** 在所在的社区里 (else its township), where what he files is received; both locks show nothing of another. */
export const inPlace = (ctx: Ctx, place: Parameters<typeof placeScope>[0]): Ctx => under(ctx, placeScope(place));
/** 在一个县里, for what hangs on a telephone wherever it was filed; the queries name the telephone. */
export const inCounty = (ctx: Ctx, countyId: string): Ctx => under(ctx, countyScope(countyId));
