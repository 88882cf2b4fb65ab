import type { LocalDate } from '#domain/kernel/brand.ts';
import { beyondScope, sentBeyondScope } from '#platform/access/beyond-scope.ts';
import type { Tx } from '#platform/context.ts';
import { readBooks, sendNew, writeBooks } from './books.ts';
import type { Fact } from './fact.ts';
import { groundsOf } from './grounds.ts';
import { duesAfter, takeIn, type Books } from './take-in.ts';
import { standingBy, type SubjectStanding } from './timings.ts';

/**
 * 记入时限: in the caller's transaction, what happened to a subject; opens, stops, resumes, hands on, extends, discharges every duty declared over it. A
 * repeat of (event, key) changes nothing. Works under any scope; is no audit entry of its own, for the act that tells it has one. Await it by itself.
 * @returns the next due day over the subject (null when nothing is open or the clock is stopped) and what was in time, so that the caller may keep a copy on its row
 */
export async function recordFact(tx: Tx, fact: Fact): Promise<SubjectStanding> {
  const books = await told(tx, [fact]);
  return standingBy(books?.files.map(({ row }) => row) ?? [], tx.now);
}

/**
 * 一并记入时限: `recordFact` of one after the other, over subjects of one kind, in as many statements for five hundred as for one.
 * @returns what stands over each subject afterwards, by its id
 * @throws Error when the subjects are of several kinds
 */
export async function recordFacts(tx: Tx, facts: readonly Fact[]): Promise<ReadonlyMap<string, SubjectStanding>> {
  const books = await told(tx, facts);
  const rows = Map.groupBy(books?.files.map(({ row }) => row) ?? [], ({ subjectId }) => subjectId);
  return new Map(facts.map(({ subject: [, id] }) => [id, standingBy(rows.get(id) ?? [], tx.now)]));
}

/**
 * 新对象的时限: like `recordFacts` of subjects made in this very transaction, so that nothing can be known of them yet, after `foresee` of the same places and holders. All that it writes
 * is sent before it resolves and may travel with what the caller sends next (`send`); await `written` with that.
 */
export async function recordNew(tx: Tx, facts: readonly Fact[]): Promise<{ readonly dues: ReadonlyMap<string, LocalDate | null>; readonly written: Promise<unknown> }> {
  const duties = dutiesOver(tx, facts);
  const counties = [...new Set(facts.map(({ place }) => place.countyId))];
  const books: Books = { duties, files: [], drafts: [], grounds: new Map(await Promise.all(counties.map(async (countyId) => [countyId, await groundsOf(tx, countyId)] as const))) };
  for (const fact of facts) takeIn(tx, books, fact);
  return { dues: duesAfter(books, facts), written: books.files.length === 0 ? Promise.resolve() : sentBeyondScope(tx, () => sendNew(tx, books)) };
}

/** @throws Error when the subjects are of several kinds */
function dutiesOver(tx: Tx, facts: readonly Fact[]): Books['duties'] {
  const kinds = new Set(facts.map(({ subject: [kind] }) => kind));
  if (kinds.size > 1) throw new Error(`facts about several kinds of things: ${[...kinds].join(', ')}`);
  return tx.modules.flatMap((module) => module.duties).filter(({ subject }) => kinds.has(subject));
}

/** Takes the facts in and writes what comes of them; null where no duty is declared over such a thing. */
function told(tx: Tx, facts: readonly Fact[]): Promise<Books | null> {
  const duties = dutiesOver(tx, facts);
  if (duties.length === 0) return Promise.resolve(null);
  return beyondScope(tx, async () => {
    const books = await readBooks(tx, duties, facts);
    for (const fact of facts) takeIn(tx, books, fact);
    await writeBooks(tx, books);
    return books;
  });
}
