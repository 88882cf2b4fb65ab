import type { SealedTable } from '#platform/crypto/sealed-table.ts';

/** A finding is marked by its kind and a keyed index of what was found, which is nowhere else: what was answered stays answered, and a new look makes new marks. */
const MARK = /"key": "[a-z-]+\.([\w-]{22})"/g;

/** 封存的列 of this module. */
export const publicationSealed: readonly SealedTable[] = [
  { table: 'publication.publication', mixed: { sightings: MARK, answers: MARK } },
  { table: 'publication.publication_file', mixed: { sightings: MARK } },
];
