import { z } from 'zod';

const me = z.object({ csrfToken: z.string() }).loose();
let known: string | undefined;

/** 记住防伪标记: the token that `/me` answered; undefined after signing out. */
export function rememberCsrf(token: string | undefined): void {
  known = token;
}

/** 防伪标记: the token to send with a change, asked of `/me` when not yet known; undefined when signed out. */
export async function csrfToken(): Promise<string | undefined> {
  if (known !== undefined) return known;
  const answer = await fetch('/api/me', { headers: { accept: 'application/json' } });
  if (!answer.ok) return undefined;
  const parsed = me.safeParse(await answer.json());
  known = parsed.success ? parsed.data.csrfToken : undefined;
  return known;
}
