import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { literalsOf } from './literals.ts';
import { sourceFiles } from './source-files.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What people read. Tests quote what offices write; the bench prints for us; find-table.ts writes headers as normalised. */
const READ = /^(?:domain|contract|server|web|seeds)\//;
const NOT_READ = /\.(?:test|fixture)\.tsx?$|\/testing\/|^domain\/ledger\/find-table\.ts$/;

const HAN = /\p{Script=Han}/u;
const BEFORE = /[\p{Script=Han}”）》」』%㎡]/u;
const AFTER = /[\p{Script=Han}“（《「『]/u;

/** Where a text of Chinese words has the half-width marks of English. Brackets that hold quotes are code. */
function halfWidth(text: string): number[] {
  if (!HAN.test(text)) return [];
  const beside = (at: number, length = 1) => BEFORE.test(text[at - 1] ?? '') || AFTER.test(text[at + length] ?? '');
  const marks = [...text.matchAll(/[,;:!?]/g)].filter(({ index }) => beside(index)).map(({ index }) => index);
  const brackets = [...text.matchAll(/\(([^()'"]*)\)/g)].filter(({ 0: whole, 1: inside = '', index }) => HAN.test(inside) || beside(index, whole.length)).map(({ index }) => index);
  return [...marks, ...brackets];
}

const faults = (path: string, source: string): string[] => literalsOf(path, source).flatMap(({ at, text }) =>
  halfWidth(text).map((offset) => `${path}:${source.slice(0, at + offset).split('\n').length} ${text.slice(Math.max(0, offset - 12), offset + 12)}`));

describe('Chinese sentences', () => {
  test('are written with full-width commas, colons, semicolons and brackets', () => {
    const files = [...sourceFiles(ROOT).filter((path) => READ.test(path) && !NOT_READ.test(path)), ...globSync(['*.mjs', 'tools/bootstrap/*.mjs'], { cwd: ROOT })];
    expect(files.length).toBeGreaterThan(300);
    expect(files.flatMap((path) => faults(path, readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
  });

  test('so is the page for offices', () => {
    const page = readFileSync(join(ROOT, 'README.md'), 'utf8').split('# 给办公室的使用说明')[1] ?? '';
    expect(page.length).toBeGreaterThan(500);
    expect(halfWidth(page.replaceAll(/`[^`]*`/g, '〇')).map((at) => page.slice(at - 12, at + 12))).toEqual([]);
  });

  test.each([
    "const why = '已归档,不能再修改';", 'const why = `共 ${rows} 行,请核对`;', "const title = '起算日(当日不计)';", 'const named = `截至(${on})`;', 'const page = <p>注意:先保存</p>;',
  ])('a planted breach is told: %s', (source) => {
    expect(faults('planted.tsx', source)).toHaveLength(1);
  });

  test.each([
    "const why = '已归档，不能再修改（见台账）';", "const at = '登记于 10:03,http://127.0.0.1:8080/';", 'const key = /^(业委会|业主委员会)[:,]/;', "// 注释,不是给人看的\nconst a = 1;", "const sql = \"position('物业' in name)\";", 'const rate = `${part}, ${whole}`;',
  ])('what is allowed stays allowed: %s', (source) => {
    expect(faults('allowed.tsx', source)).toEqual([]);
  });
});
