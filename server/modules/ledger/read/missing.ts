import { unitNumbers, unitTitle } from '#modules/registry/index.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import type { Db } from '#platform/db/types.ts';
import type { OpenBooks } from '../books/open-books.ts';
import type { Entry, Judged } from '../judge/judged.ts';

const ESTATES_AT_ONCE = 10;

/** 文件中没有的记录 */
export interface Missing { readonly kind: 'company' | 'estate' | 'practitioner' | 'unit'; readonly id: string; readonly name: string; readonly detail: string }

/**
 * 找缺少的记录:records of ours, within what the file is about (its townships, companies or estates), that no row is about.
 *
 * A refused row still counts as being about its record.
 */
export class MissingFinder {
  private readonly kind: LedgerKind;
  private readonly books: OpenBooks;
  private readonly keys = new Set<string>();
  private readonly about = new Set<string>();

  constructor(kind: LedgerKind, books: OpenBooks) {
    this.kind = kind;
    this.books = books;
  }

  note(_entry: Entry, judged: Judged): void {
    if (judged.key === null) return;
    this.keys.add(judged.key);
    const subject = this.subjectOf(judged.key);
    if (subject !== null) this.about.add(subject);
  }

  /** What a row's key says the file is about: a township, a company or an estate. */
  private subjectOf(key: string): string | null {
    const id = key.slice(key.indexOf(':') + 1);
    if (this.kind === 'estates') return this.books.estates.get(id)?.townshipId ?? id.split('/')[0] ?? null;
    if (this.kind === 'units') return id.split('/')[0] ?? null;
    if (this.kind === 'practitioners') return this.personOf(id)?.companyId ?? id.split('/')[1] ?? null;
    return null;
  }

  async find(db: Db): Promise<Missing[]> {
    const { books } = this;
    const lacks = (kind: string, id: string) => !this.keys.has(`${kind}:${id}`);
    switch (this.kind) {
      case 'companies':
        return [...books.companies.values()].filter(({ id }) => lacks('company', id)).map(({ id, name, creditCode }) => ({ kind: 'company', id, name, detail: creditCode ?? '' }));
      case 'estates':
        return [...books.estates.values()].filter(({ id, townshipId }) => this.about.has(townshipId) && lacks('estate', id))
          .map(({ id, name, townshipId }) => ({ kind: 'estate', id, name, detail: books.places.get(townshipId)?.name ?? '' }));
      case 'practitioners':
        return this.people().filter(({ id, companyId }) => companyId !== null && this.about.has(companyId) && lacks('practitioner', id))
          .map(({ id, name, companyId }) => ({ kind: 'practitioner', id, name, detail: books.companies.get(companyId ?? '')?.name ?? '' }));
      case 'units': return this.missingUnits(db);
      default: return this.kind satisfies never;
    }
  }

  /** A few estates at a time, so that only those are held. */
  private async missingUnits(db: Db): Promise<Missing[]> {
    const missing: Missing[] = [];
    const about = [...this.about].map((id): Id<'Estate'> => makeId(id));
    for (let from = 0; from < about.length; from += ESTATES_AT_ONCE) {
      const found = Map.groupBy(await unitNumbers(db, about.slice(from, from + ESTATES_AT_ONCE)), ({ estateId }) => estateId);
      for (const estateId of about.slice(from, from + ESTATES_AT_ONCE)) {
        const lacking = (found.get(estateId) ?? []).filter(({ matchKey }) => !this.keys.has(`unit:${estateId}/${matchKey}`));
        missing.push(...lacking.map(({ id, building, entrance, room }) => ({ kind: 'unit' as const, id, name: unitTitle(building, entrance, room), detail: this.books.estates.get(estateId)?.name ?? '' })));
      }
    }
    return missing;
  }

  private people() {
    return this.books.practitioners;
  }

  private personOf(id: string): OpenBooks['practitioners'][number] | undefined {
    this.byId ??= new Map(this.people().map((person) => [person.id, person]));
    return this.byId.get(id);
  }

  private byId: Map<string, OpenBooks['practitioners'][number]> | undefined;
}
