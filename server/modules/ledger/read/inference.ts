import type { OpenBooks } from '../books/open-books.ts';
import type { Judged } from '../judge/judged.ts';
import type { Place } from '../judge/states.ts';

const FEWEST = 2;

/**
 * 推断乡镇:where some estates' names are ambiguous, do all the unmistakable ones of the file lie in one township?
 *
 * At least two of them must; the user is told, and may choose otherwise.
 */
export class Inference {
  private readonly books: OpenBooks;
  private readonly sure = new Set<string>();
  private hasAmbiguous = false;

  constructor(books: OpenBooks) {
    this.books = books;
  }

  note({ key, problems }: Judged): void {
    if (problems.some(({ code }) => code === 'estate-ambiguous')) this.hasAmbiguous = true;
    else if (key !== null) this.sure.add(key.slice(key.indexOf(':') + 1).split('/')[0] ?? '');
  }

  /** A name was ambiguous: the file may have to be judged once more. */
  get isInDoubt(): boolean {
    return this.hasAmbiguous;
  }

  township(): Place | null {
    if (!this.hasAmbiguous || this.sure.size < FEWEST || this.books.inferred !== null) return null;
    const townships = new Set([...this.sure].map((id) => this.books.estates.get(id)?.townshipId));
    const [only] = townships;
    return townships.size === 1 && only !== undefined ? this.books.places.get(only) ?? null : null;
  }
}
