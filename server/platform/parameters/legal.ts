import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Source } from '#domain/kernel/rule.ts';

/** 依据 as people read it: the document, the clause, and what the clause says. */
export interface BasisText { readonly title: string; readonly clause: string | null; readonly summary: string | null }

const Documents = z.array(z.object({
  id: z.string(), title: z.string(), documentNo: z.string().optional(), note: z.string().optional(), clauses: z.array(z.object({ clause: z.string(), summary: z.string() })),
}));
const documents = Documents.parse(JSON.parse(readFileSync(new URL('../../../docs/legal/sources.json', import.meta.url), 'utf8')));

/** 依据全文: a county's own words stand as they are. */
export function basisText(basis: Source | string): BasisText {
  if (typeof basis === 'string') return { title: basis, clause: null, summary: null };
  const found = documents.find(({ id }) => id === basis.id);
  return {
    title: found?.title ?? basis.id, clause: basis.clause === '全文' ? null : basis.clause,
    summary: found?.clauses.find(({ clause }) => clause === basis.clause)?.summary ?? null,
  };
}

/** 文号 of a document, where it has one. */
export const documentNoOf = (basis: Source): string | undefined => documents.find(({ id }) => id === basis.id)?.documentNo;

/** 引用说明 of a document: what a reader should check before relying on it. */
export const noteOf = (basis: Source): string | undefined => documents.find(({ id }) => id === basis.id)?.note;
