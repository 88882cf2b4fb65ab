import { everything } from '#platform/access/scope.ts';
import type { Actor, Ctx } from '#platform/context.ts';
import { makeContext } from '#platform/make-context.ts';

/** 业主: nobody's account; what he does is written down as this. */
const ownerActor: Actor = { userId: null, name: '业主（手机）', grantId: null, role: null, sessionId: null };

/** 业主办事的上下文: a visitor has no scope, so the few things an owner may do are done by the module itself, each for one estate or one receipt that it looked up. */
export const forOwner = ({ kit, requestId, ip, uploads }: Ctx): Ctx => makeContext(kit, { actor: ownerActor, scope: everything, requestId, ip, uploads });
