/** 会话: the door of identity. */
export { grantsOf, openSession, type Grant, type SessionFacts } from './facts.ts';
export { signIn, type SignedIn } from './sign-in.ts';
export { beginEnrolment, confirmEnrolment, factorOf, removeFactor, renewRecoveryCodes, takeFactorAway } from './enrol.ts';
export { changePassword, listSessions, refuseWeak, revokeOtherSessions, revokeSession, revokeSessions, signOut, switchGrant, type From } from './account.ts';
