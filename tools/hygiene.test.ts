import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkIdentityNumber, identityCheckDigit } from '#domain/kernel/identifier.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What .gitignore keeps out, and git itself. */
const NOT_OURS = new Set(['.git', 'node_modules', 'data', 'dist', '.cache']);
const BINARY = /\.(?:xlsx?|ttf|png|jpe?g|ico|woff2?)$/i;

/** Number printed in GB 11643-1999 as its example: belongs to nobody. */
const PRINTED_IN_THE_STANDARD = '11010519491231002X';
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
const joined = (...parts: readonly string[]) => parts.join('');

/** What never stands in a file of the repository. Each pattern is written so that it does not match itself. */
const REFUSED: readonly { readonly what: string; readonly found: (text: string, path: string) => readonly string[] }[] = [
  { what: 'a package registry other than the public one', found: (text) => all(text, /https?:\/\/[\w.-]*(?:registry|mirror|artifactory|nexus|verdaccio)[\w.-]*/gi).filter((host) => !host.endsWith('//registry.npmjs.org')) },
  { what: 'where the packages were downloaded from', found: (text, path) => (path === 'package-lock.json' || path.endsWith('.npmrc') ? all(text, /"resolved": "[^"]*"|^\s*registry\s*=.*$|_auth\w*\s*=.*$/gm).filter((line) => !line.includes('//registry.npmjs.org/')) : []) },
  { what: 'a path of somebody\'s machine', found: (text) => all(text, /(?<![\w.~-])\/(?:work|root|home\/[a-z][\w-]*|Users\/\w+)\/[\w.-]+|[A-Z]:\\\\?Users\\/g) },
  { what: 'a private key', found: (text) => all(text, /-----BEGIN [A-Z ]*PRIVATE KEY-----/g) },
  { what: 'an identity number that may be somebody\'s', found: (text, path) => (path.startsWith('seeds/') ? [] : all(text, /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g).filter((number) => PROVINCES.test(number) && checkIdentityNumber(number.toUpperCase()) === 'ok' && number.toUpperCase() !== PRINTED_IN_THE_STANDARD)) },
  { what: 'a word about how this was written', found: (text) => all(text, new RegExp(joined('\\bsitt', 'ings?\\b|\\bsub-?ag', 'ents?\\b|\\bclau', 'de\\b|\\banth', 'ropic\\b|\\bchat', 'gpt\\b|\\bcopi', 'lot\\b'), 'gi')) },
];

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([found]) => found);

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || entry.name.endsWith('.log')) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [relative(ROOT, path).replaceAll('\\', '/')];
  });
}

const faults = (path: string, text: string): string[] => REFUSED.flatMap(({ what, found }) => found(text, path).map((each) => `${path}: ${what}: ${each}`));

describe('every file of the repository', () => {
  test('is free of registry hosts, machine paths, keys, real identity numbers and words about how it was written', () => {
    const files = filesUnder(ROOT).filter((path) => !BINARY.test(path));
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap((path) => faults(path, readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
  });

  const body = '51010219620228001';
  test.each([
    ['README.md', joined('npm --registry https://npm-', 'mirror.example.cn i')],
    ['package-lock.json', '{ "resolved": "https://cache.example.cn/a.tgz" }'],
    ['.npmrc', 'registry=https://x.example'],
    ['.npmrc', '//x.example/:_authToken=abc'],
    ['docs/a.md', joined('see /wo', 'rk/notes/a.md')],
    ['tools/a.ts', joined("readFileSync('/ho", "me/wang/x.json')")],
    ['tools/a.ts', joined('C:\\Us', 'ers\\wang')],
    ['server/a.ts', joined('-----BEGIN RSA PRIV', 'ATE KEY-----')],
    ['domain/a.test.ts', `const number = '${body}${identityCheckDigit(body)}';`],
    ['docs/a.md', joined('written by Clau', 'de')],
  ])('a planted breach in %s is told: %s', (path, text) => {
    expect(faults(path, text)).toHaveLength(1);
  });

  test.each([
    ['package-lock.json', '{ "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz" }'], ['README.md', 'a checkout under a 0700 home, /usr/lib/postgresql/15, ./data/files'],
    ['domain/a.test.ts', '11010519491231002X 990101199007230768'], ['seeds/a.csv', '510102196202280018'],
  ])('what is allowed stays allowed in %s: %s', (path, text) => {
    expect(faults(path, text)).toEqual([]);
  });
});

test('what is made on a machine stays out of the repository, and versions are exact', () => {
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n');
  for (const line of ['node_modules/', '/data/', '/dist/']) expect(ignored).toContain(line);
  expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toContain('save-exact=true');
  const manifest: Record<string, Record<string, string>> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const versions = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.values(manifest[kind] ?? {}));
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
});

test('the font is kept with its licence', () => {
  expect(readFileSync(join(ROOT, 'assets/fonts/OFL.txt'), 'utf8')).toContain('SIL Open Font License, Version 1.1');
  expect(readFileSync(join(ROOT, 'assets/fonts/OFL-NotoSerifSC.txt'), 'utf8')).toMatch(/SIL Open Font License/i);
  expect(readdirSync(join(ROOT, 'assets/fonts'))).toEqual(expect.arrayContaining(['NotoSansSC-Regular.ttf', 'NotoSerifSC-Regular.ttf']));
});
