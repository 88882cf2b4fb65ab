import type { SignInResult, SignInWay } from '#contract/administration/sign-in.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import type { Db } from '../db/types.ts';
import { newId } from '../ids.ts';

/** One try to sign in. `countyId` is where it is filed: the account's county, else the only one there is. */
export interface SignInTry {
  readonly userId: Id<'AppUser'> | null; readonly countyId: Id<'OrgUnit'> | null;
  readonly at: Instant; readonly ip: string; readonly userAgent: string;
  readonly way: SignInWay; readonly result: SignInResult; readonly hasLocked?: boolean;
}

/** 记登录, in the transaction that decides it; nothing of it is ever changed. @returns its id */
export async function recordSignIn(db: Db, { userAgent, hasLocked = false, ...attempt }: SignInTry): Promise<Id<'SignIn'>> {
  const id = newId<'SignIn'>();
  await db.insertInto('platform.signIn').values({ ...attempt, id, userAgent: userAgent.slice(0, 300), hasLocked }).execute();
  return id;
}
