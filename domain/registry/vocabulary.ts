import { normaliseName } from '#domain/kernel/chinese-text.ts';

/** 词项: a label users read and the other words offices write for it. */
export interface Term {
  readonly label: string;
  readonly synonyms: readonly string[];
}

/** 词表: the words of one closed list. */
export type Vocabulary<Key extends string> = Readonly<Record<Key, Term>>;

/** 中文名称: the label of one word. */
export function labelOf<Key extends string>(vocabulary: Vocabulary<Key>, key: Key): string {
  return vocabulary[key].label;
}

/** 中文名称表: every word's label, for pages, forms and exports. */
export function labelsOf<Key extends string>(vocabulary: Vocabulary<Key>): Readonly<Record<Key, string>> {
  const labels: object = Object.fromEntries(keysOf(vocabulary).map((key) => [key, labelOf(vocabulary, key)]));
  const isWhole = (some: object): some is Record<Key, string> => keysOf(vocabulary).every((key) => key in some);
  if (!isWhole(labels)) throw new Error('every word has its label');
  return labels;
}

/**
 * 识别词语: which word of the list does this text mean? By its key, label or synonyms, normalised; exactly, never by part.
 * Undefined when none.
 */
export function readTerm<Key extends string>(vocabulary: Vocabulary<Key>, text: string): Key | undefined {
  const wanted = normaliseName(text);
  return keysOf(vocabulary).find((key) => wordsOf(vocabulary[key]).includes(wanted) || normaliseName(key) === wanted);
}

/** 词表各项: the words in their order. */
export function keysOf<Key extends string>(vocabulary: Vocabulary<Key>): Key[] {
  const isKey = (key: string): key is Key => Object.hasOwn(vocabulary, key);
  return Object.keys(vocabulary).filter(isKey);
}

function wordsOf({ label, synonyms }: Term): string[] {
  return [label, ...synonyms].map(normaliseName);
}
