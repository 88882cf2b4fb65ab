import { z } from 'zod';
import type { Input, Output } from '#contract/define-route.ts';
import type { listDemoTexts as route } from '#contract/owner.ts';
import { maskPhone } from '#domain/kernel/phone.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { sql } from 'kysely';

const sealed = z.object({ phone: z.string(), text: z.string() });
const EXACT_TO = 1_000;

/** 短信发件箱(演示): what would have gone to telephones, the newest first. Where messages really go out there is nothing to see, because nothing is kept. */
export function listDemoTexts(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const { isDemo, vault } = ctx.kit;
  if (!isDemo) return Promise.resolve({ rows: [], next: null, total: 0, totalIsExact: true });
  return ctx.read(async (db) => {
    const kept = within(ctx.scope, db.selectFrom('owner.phoneCode as c'), { alias: 'c', only: ['county'] }).where('c.demoCipher', 'is not', null);
    const { total } = await db.selectFrom(kept.select(sql<number>`1`.as('one')).limit(EXACT_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const page = query.after === undefined ? kept : kept.where(sql<boolean>`c.id < ${query.after}::uuid`);
    const found = await page.select(['c.id', 'c.demoCipher', 'c.createdAt', 'c.validUntil', 'c.usedAt']).orderBy('c.id', 'desc').limit(query.limit + 1).execute();
    const rows = found.slice(0, query.limit).map(({ id, demoCipher, createdAt, validUntil, usedAt }) => {
      const { phone, text } = sealed.parse(JSON.parse(vault.open(demoCipher ?? '')));
      return { id, createdAt, to: maskPhone({ kind: 'mobile', number: phone }), text, state: usedAt !== null ? 'used' as const : validUntil > ctx.now ? 'valid' as const : 'over' as const };
    });
    return { rows, next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
  });
}
