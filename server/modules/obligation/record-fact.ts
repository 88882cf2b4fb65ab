import type { LocalDate } from '#domain/kernel/brand.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import type { Tx } from '#platform/context.ts';
import { readBooks, writeBooks } from './books.ts';
import type { Fact } from './fact.ts';
import { duesAfter, takeIn } from './take-in.ts';

/**
 * 记入时限: in the caller's transaction, what happened to a subject; opens, stops, resumes, hands on, extends, discharges every duty declared over it. A
 * repeat of (event, key) changes nothing. Works under any scope; is no audit entry of its own, for the act that tells it has one. Await it by itself.
 * @returns the next due day over the subject, so that the caller may keep a copy on its row; null when nothing is open or the clock is stopped
 */
export async function recordFact(tx: Tx, fact: Fact): Promise<{ nextDueOn: LocalDate | null }> {
  const days = await recordFacts(tx, [fact]);
  return { nextDueOn: days.get(fact.subject[1]) ?? null };
}

/**
 * 一并记入时限: `recordFact` of one after the other, over subjects of one kind, in as many statements for five hundred as for one. `areNew`: the subjects were made
 * in this very transaction, so that nothing can be known of them yet.
 * @returns the next due day by subject; null when nothing is open over it or its clock is stopped
 * @throws Error when the subjects are of several kinds
 */
export function recordFacts(tx: Tx, facts: readonly Fact[], { areNew = false }: { readonly areNew?: boolean } = {}): Promise<ReadonlyMap<string, LocalDate | null>> {
  const kinds = new Set(facts.map(({ subject: [kind] }) => kind));
  if (kinds.size > 1) throw new Error(`facts about several kinds of things: ${[...kinds].join(', ')}`);
  const duties = tx.modules.flatMap((module) => module.duties).filter(({ subject }) => kinds.has(subject));
  if (duties.length === 0) return Promise.resolve(new Map());
  return beyondScope(tx, async () => {
    const books = await readBooks(tx, duties, facts, areNew);
    for (const fact of facts) takeIn(tx, books, fact);
    await writeBooks(tx, books);
    return duesAfter(books, facts);
  });
}
