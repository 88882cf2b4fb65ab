/**
 * 封存的列 of one table: what the deployment's secret sealed or keyed, so that changing the secret reaches all of it. A module names its tables;
 * a column named `…_cipher`, `…_index` or `…_last4` that nobody names, or a seal in any other column, stops the change before a row is written.
 */
export interface SealedTable {
  readonly table: `${string}.${string}`;
  /** Columns that are one seal each. */
  readonly seals?: readonly string[];
  /** Columns that are one blind index each, of what a seal in the same row holds. */
  readonly indexes?: readonly string[];
  /** Columns of text or JSON with seals and indexes among other things; the groups of the pattern are the indexes. The pattern is global. */
  readonly mixed?: Readonly<Record<string, RegExp>>;
  /** Columns named like these that hold neither. */
  readonly plain?: readonly string[];
  /** True where rows hold an index of what nobody keeps: they cannot be made anew, so they end. */
  readonly ends?: true;
}

/** 索引的数组: each element of a text[] as PostgreSQL writes it. */
export const INDEX_LIST = /(?<=[{,"])([\w-]{22})(?=[",}])/g;

/** 封存的一段, wherever it stands: `v1.<iv>.<tag>.<ciphertext>`. */
export const SEAL = /v1\.[\w-]{16}\.[\w-]{22}\.[\w-]*/g;
