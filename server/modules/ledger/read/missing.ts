import { unitTitle } from '#modules/registry/index.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import type { Db } from '#platform/db/types.ts';
import { loadUnits } from '../books/load.ts';
import type { OpenBooks } from '../books/open-books.ts';
import type { Entry, Judged } from '../judge/judged.ts';

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

  /** One estate after another, so that only one is held. */
  private async missingUnits(db: Db): Promise<Missing[]> {
    const missing: Missing[] = [];
    for (const estateId of this.about) {
      const estate = this.books.estates.get(estateId);
      for (const { id, matchKey, building, entrance, room } of (await loadUnits(db, [estateId])).get(estateId)?.values() ?? []) {
        if (!this.keys.has(`unit:${estateId}/${matchKey}`)) missing.push({ kind: 'unit', id, name: unitTitle(building, entrance, room), detail: estate?.name ?? '' });
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
