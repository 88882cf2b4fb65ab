import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Face } from '#domain/paper/typeset/break-lines.ts';

/** 字体文件: its path, which characters it has, and how wide each is, in thousandths of its size. */
export interface Font { readonly path: string; has(codePoint: number): boolean; advance(codePoint: number): number }

const FOLDER = fileURLToPath(new URL('../../../assets/fonts/', import.meta.url));
const opened = new Map<string, Font>();

/** 打开字体, once a process; only the two tables that tell glyphs and widths are read here. @throws Error when the file is no TrueType font */
export function openFont(name: string): Font {
  const known = opened.get(name);
  if (known) return known;
  const path = `${FOLDER}${name}`;
  const font = readFont(path, readFileSync(path));
  opened.set(name, font);
  return font;
}

/** 书体对应的字体文件: 宋、仿宋、小标宋、楷 are drawn with the Song face we may ship, 黑体 with the sans; Word names the true ones. */
export const fontFile = (face: Face): string => (face === 'hei' ? 'NotoSansSC-Regular.ttf' : 'NotoSerifSC-Regular.ttf');
const OTHER: Readonly<Record<string, string>> = { 'NotoSansSC-Regular.ttf': 'NotoSerifSC-Regular.ttf', 'NotoSerifSC-Regular.ttf': 'NotoSansSC-Regular.ttf' };

/** 字体文件 for one character: the face's own, else the other one, else the face's own (an empty box; refused before it comes to that). */
export function fileFor(char: string, face: Face): string {
  const own = fontFile(face);
  const other = OTHER[own] ?? own;
  const point = char.codePointAt(0) ?? 0;
  return openFont(own).has(point) || !openFont(other).has(point) ? own : other;
}

/** 缺字: characters no font of ours can draw, each once. */
export function missingGlyphs(text: string): string[] {
  const fonts = Object.keys(OTHER).map(openFont);
  return [...new Set(text)].filter((char) => !/[\s　]/.test(char) && !fonts.some((font) => font.has(char.codePointAt(0) ?? 0)));
}

function readFont(path: string, bytes: Buffer): Font {
  const tables = new Map(Array.from({ length: bytes.readUInt16BE(4) }, (_, at) => {
    const entry = 12 + at * 16;
    return [bytes.toString('latin1', entry, entry + 4), bytes.readUInt32BE(entry + 8)] as const;
  }));
  const table = (name: string): number => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`${path} has no ${name} table`);
    return offset;
  };
  const unitsPerEm = bytes.readUInt16BE(table('head') + 18);
  const metrics = bytes.readUInt16BE(table('hhea') + 34);
  const hmtx = table('hmtx');
  const glyphs = readCmap(bytes, table('cmap'));
  return {
    path,
    has: (point) => (glyphs.get(point) ?? 0) !== 0,
    advance: (point) => bytes.readUInt16BE(hmtx + 4 * Math.min(glyphs.get(point) ?? 0, metrics - 1)) * 1000 / unitsPerEm,
  };
}

/** Code point → glyph, from the format 12 table that every font with characters beyond the first plane has. @throws Error without one */
function readCmap(bytes: Buffer, cmap: number): Map<number, number> {
  const subtables = Array.from({ length: bytes.readUInt16BE(cmap + 2) }, (_, at) => cmap + bytes.readUInt32BE(cmap + 4 + at * 8 + 4));
  const full = subtables.find((offset) => bytes.readUInt16BE(offset) === 12);
  if (full === undefined) throw new Error('the font has no full character map');
  const glyphs = new Map<number, number>();
  for (let group = 0; group < bytes.readUInt32BE(full + 12); group += 1) {
    const at = full + 16 + group * 12;
    const [from, to, glyph] = [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8)];
    for (let point = from; point <= to; point += 1) glyphs.set(point, glyph + point - from);
  }
  return glyphs;
}
