/** 字体: which face a run is set in; the renderers know the files and names. */
export type Face = 'song' | 'fang' | 'hei' | 'kai' | 'biaosong';
export interface Run { readonly text: string; readonly face: Face }
/** 一行: its runs, and its width as they stand without stretching. */
export interface SetLine { readonly runs: readonly Run[]; readonly width: number; readonly endsParagraph: boolean }
/** Width of one character in a face, in the unit of the line's width. */
export type WidthOf = (char: string, face: Face) => number;

const NEVER_FIRST = new Set('，。、；：？！）》〉」』】〕”’…—％%,.;:?!)]}·');
const NEVER_LAST = new Set('（《〈「『【〔“‘([{');
const STAYS_TOGETHER = /[A-Za-z0-9.%:/_@+-]/;

interface Atom { readonly chars: readonly { readonly char: string; readonly face: Face }[]; readonly width: number }

/**
 * 断行: breaks runs into lines no wider than `first`, then `rest`. No line begins with a closing mark or ends with an opening one;
 * numbers and Latin words stay whole where they fit a line.
 */
export function breakLines(runs: readonly Run[], { first, rest }: { readonly first: number; readonly rest: number }, widthOf: WidthOf): SetLine[] {
  const lines: Atom[][] = [];
  let line: Atom[] = [];
  const room = () => (lines.length === 0 ? first : rest);
  for (const atom of atomsOf(runs, rest, widthOf)) {
    if (line.length > 0 && widthOfAll(line) + atom.width > room() + 0.01) {
      const carried = carry(line, atom);
      lines.push(line);
      line = carried;
    }
    line.push(atom);
  }
  if (line.length > 0) lines.push(line);
  return lines.map((atoms, at) => ({ runs: joined(atoms), width: widthOfAll(atoms), endsParagraph: at === lines.length - 1 }));
}

/** Takes back what may not stand at the end of `line`, or must go with `next`, which may not begin one. At least one atom stays. */
function carry(line: Atom[], next: Atom): Atom[] {
  const carried: Atom[] = [];
  const first = () => charAt(carried[0] ?? next, 0);
  const last = () => charAt(line.at(-1), -1);
  while (line.length > 1 && (NEVER_FIRST.has(first()) || NEVER_LAST.has(last()))) {
    const back = line.pop();
    if (back) carried.unshift(back);
  }
  return carried;
}

const charAt = (atom: Atom | undefined, at: number): string => atom?.chars.at(at)?.char ?? '';
const widthOfAll = (atoms: readonly Atom[]): number => atoms.reduce((sum, atom) => sum + atom.width, 0);

function atomsOf(runs: readonly Run[], most: number, widthOf: WidthOf): Atom[] {
  const atoms: { chars: { char: string; face: Face }[]; width: number }[] = [];
  for (const { text, face } of runs) for (const char of text) {
    const width = widthOf(char, face);
    const last = atoms.at(-1);
    const joins = last !== undefined && STAYS_TOGETHER.test(char) && STAYS_TOGETHER.test(charAt(last, -1)) && last.width + width <= most;
    if (joins) { last.chars.push({ char, face }); last.width += width; }
    else atoms.push({ chars: [{ char, face }], width });
  }
  return atoms;
}

function joined(atoms: readonly Atom[]): Run[] {
  const runs: { text: string; face: Face }[] = [];
  for (const { char, face } of atoms.flatMap((atom) => atom.chars)) {
    const last = runs.at(-1);
    if (last?.face === face) last.text += char;
    else runs.push({ text: char, face });
  }
  return runs;
}
