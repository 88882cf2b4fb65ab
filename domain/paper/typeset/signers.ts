/** 签发人之间: a full-width blank, so that a name may hold no mark of its own. */
const BETWEEN = '\u3000';
const A_ROW = 2;

/** 签发人 as one text of a paper, in the order of the bodies that issue it. */
export const signersText = (names: readonly string[]): string => names.join(BETWEEN);

/** 签发人的各行 (GB/T 9704 7.2.6): two names a row, evenly; each row as wide as the others, names under names. One name stands as it is. */
export function signerRows(signer: string): string[] {
  const names = signer.split(BETWEEN).filter((name) => name !== '');
  if (names.length < 2) return names;
  const wide = Math.max(3, ...names.map((name) => [...name].length));
  const even = names.map((name) => evenly(name, wide));
  return Array.from({ length: Math.ceil(names.length / A_ROW) }, (_, row) => {
    const [first = '', second = BETWEEN.repeat(wide)] = even.slice(row * A_ROW, (row + 1) * A_ROW);
    return `${first}${BETWEEN}${second}`;
  });
}

/** A name of two characters is spread over three; what is shorter than the longest ends in blanks. */
function evenly(name: string, wide: number): string {
  const signs = [...name];
  const spread = signs.length === 2 ? `${signs[0] ?? ''}${BETWEEN}${signs[1] ?? ''}` : name;
  return spread + BETWEEN.repeat(wide - [...spread].length);
}
