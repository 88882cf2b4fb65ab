import type { LocalDate } from '#domain/kernel/brand.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import type { Tx } from '#platform/context.ts';
import { readBooks, writeBooks } from './books.ts';
import type { Fact } from './fact.ts';
import { duesAfter, takeIn, type Books } from './take-in.ts';
import { standingBy, type SubjectStanding } from './timings.ts';

/**
 * 记入时限: in the caller's transaction, what happened to a subject; opens, stops, resumes, hands on, extends, discharges every duty declared over it. A
 * repeat of (event, key) changes nothing. Works under any scope; is no audit entry of its own, for the act that tells it has one. Await it by itself.
 * @returns the next due day over the subject (null when nothing is open or the clock is stopped) and what was in time, so that the caller may keep a copy on its row
 */
export async function recordFact(tx: Tx, fact: Fact): Promise<SubjectStanding> {
  const books = await told(tx, [fact], false);
  return standingBy(books?.files.map(({ row }) => row) ?? [], tx.now);
}

/**
 * 一并记入时限: `recordFact` of one after the other, over subjects of one kind, in as many statements for five hundred as for one. `areNew`: the subjects were made
 * in this very transaction, so that nothing can be known of them yet.
 * @returns the next due day by subject; null when nothing is open over it or its clock is stopped
 * @throws Error when the subjects are of several kinds
 */
export async function recordFacts(tx: Tx, facts: readonly Fact[], { areNew = false }: { readonly areNew?: boolean } = {}): Promise<ReadonlyMap<string, LocalDate | null>> {
  const books = await told(tx, facts, areNew);
  return books === null ? new Map() : duesAfter(books, facts);
}

/** Takes the facts in and writes what comes of them; null where no duty is declared over such a thing. */
function told(tx: Tx, facts: readonly Fact[], areNew: boolean): Promise<Books | null> {
  const kinds = new Set(facts.map(({ subject: [kind] }) => kind));
  if (kinds.size > 1) throw new Error(`facts about several kinds of things: ${[...kinds].join(', ')}`);
  const duties = tx.modules.flatMap((module) => module.duties).filter(({ subject }) => kinds.has(subject));
  if (duties.length === 0) return Promise.resolve(null);
  return beyondScope(tx, async () => {
    const books = await readBooks(tx, duties, facts, areNew);
    for (const fact of facts) takeIn(tx, books, fact);
    await writeBooks(tx, books);
    return books;
  });
}
