import { globSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { permissions } from '#contract/permissions.ts';
import { domainRules } from './doc-lists.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Concept { readonly chinese: string; readonly codes: readonly string[]; readonly tables: readonly string[]; readonly routes: readonly string[]; readonly not: readonly string[] }
/** What the code calls its things. */
interface Names { readonly modules: readonly string[]; readonly schemas: readonly string[]; readonly prefixes: readonly string[]; readonly tables: readonly string[]; readonly ids: readonly string[]; readonly exported: readonly string[]; readonly routes: readonly string[]; readonly text: string }

/** Names that a standard gives, not we: Open311 calls a county so. */
const ofStandards = new Set(['jurisdiction_id']);
const quoted = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
const unique = (list: readonly string[]) => [...new Set(list)].sort();

function concepts(page: string): Concept[] {
  return page.split('\n').map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())).filter((cells) => cells.length === 5 && !/^(?:中文|-+)/.test(cells[0] ?? ''))
    .map(([chinese = '', code, table, api, not = '']) => ({ chinese, codes: quoted(code), tables: quoted(table), routes: quoted(api), not: not.split(',').map((word) => word.trim()).filter(Boolean) }));
}

const capabilities = (page: string) => [...page.matchAll(/^\| [^|]+ \| `([a-z]+)` \| [^|]+ \|$/gm)].map(([, name = '']) => name);

async function namesInCode(): Promise<Names> {
  const sources = globSync('{contract,domain,server,web,seeds}/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) => !file.endsWith('.gen.ts')).map((file) => read(file));
  const text = sources.join('\n');
  const find = (pattern: RegExp, from = text) => unique([...from.matchAll(pattern)].map(([, word = '']) => word));
  const { rules, parameters } = await domainRules();
  const tables = find(/^## (\S+)$/gm, read('docs/generated/data-dictionary.md'));
  return {
    modules: readdirSync(join(ROOT, 'server/modules')), tables, schemas: unique(tables.map((table) => table.split('.')[0] ?? '')),
    prefixes: unique([...Object.keys(permissions), ...rules.map(({ id }) => id), ...parameters.map(({ id }) => id)].map((id) => id.split('.')[0] ?? '')),
    ids: find(/\.meta\(\{ id: '(\w+)'/g), exported: find(/^export (?:declare )?(?:abstract )?(?:async )?(?:interface|type|class|const|function\*?) (\w+)/gm), routes: find(/\bpath: '(\/[^']+)'/g), text,
  };
}

const SUFFIX = /(?:Draft|Row|Brief|Version|Line|Detail|Status|Kind|Level|Can)$/;
const pascal = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const snake = (word: string) => word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const plurals = (word: string) => [word, `${word}s`, `${word}es`, word.replace(/y$/, 'ies')];

/** Names of the code that the page lacks. */
function unlisted(page: string, names: Names): string[] {
  const listed = concepts(page);
  const codes = new Set(listed.flatMap((each) => each.codes));
  const tables = new Set(listed.flatMap((each) => each.tables));
  const known = new Set(capabilities(page));
  return [
    ...unique([...names.modules, ...names.schemas, ...names.prefixes]).filter((name) => !known.has(name)).map((name) => `capability ${name}`),
    ...names.tables.filter((name) => !tables.has(name)).map((name) => `table ${name}`),
    ...names.ids.filter((name) => !codes.has(name) && !codes.has(name.replace(SUFFIX, ''))).map((name) => `schema ${name}`),
  ];
}

/** What the page lists and the code does not have. */
function stale(page: string, names: Names): string[] {
  const has = (code: string) => new RegExp(`\\b${code}\\b`).test(names.text);
  return concepts(page).flatMap(({ codes, tables, routes }) => [
    ...codes.filter((code) => !has(code)), ...tables.filter((table) => !names.tables.includes(table)),
    ...routes.filter((route) => !names.routes.some((path) => path === route || path.startsWith(`${route}/`))),
  ]).concat(capabilities(page).filter((name) => ![...names.modules, ...names.schemas, ...names.prefixes].includes(name)));
}

/** Refused words that name a thing all the same: a whole exported name, an id's kind, a `…Id`, a table, a part of a route. */
function misnamed(page: string, names: Names): string[] {
  return concepts(page).flatMap(({ chinese, not }) => not.flatMap((word) => {
    const uses = [
      ...names.exported.filter((name) => name === pascal(word) || name === `${word}Id`),
      ...names.tables.filter((table) => table.split('.')[1] === snake(word)),
      ...names.routes.filter((route) => route.split('/').some((part) => plurals(word.toLowerCase()).includes(part))),
      ...[...names.text.matchAll(new RegExp(`\\bid\\('${pascal(word)}'\\)|\\bId<'${pascal(word)}'>|\\b${word}Id\\b|\\b${snake(word)}_id\\b`, 'g'))].map(([use]) => use).filter((use) => !ofStandards.has(use)),
    ];
    return unique(uses).map((use) => `${use}: ${chinese} is not called "${word}"`);
  }));
}

describe('GLOSSARY.md', () => {
  const page = read('GLOSSARY.md');
  let names: Names;
  beforeAll(async () => { names = await namesInCode(); });

  test('lists every module, schema, prefix of a permission or rule, table and named shape of the contract', () => {
    expect(names.tables.length).toBeGreaterThan(30);
    expect(names.ids.length).toBeGreaterThan(50);
    expect(unlisted(page, names)).toEqual([]);
  });

  test('lists nothing that the code does not have', () => { expect(stale(page, names)).toEqual([]); });

  test('none of its refused words names a thing in the code', () => { expect(misnamed(page, names)).toEqual([]); });

  test('planted: a new table, a new shape, a new module, a stale row and a refused word are each told', () => {
    expect(unlisted(page, { ...names, tables: [...names.tables, 'registry.garden'] })).toContain('table registry.garden');
    expect(unlisted(page, { ...names, ids: [...names.ids, 'Garden', 'GardenDraft'] })).toEqual(expect.arrayContaining(['schema Garden', 'schema GardenDraft']));
    expect(unlisted(page, { ...names, modules: [...names.modules, 'voting'] })).toContain('capability voting');
    expect(stale(`${page}\n| 花园 | \`Gardenhood\` | \`registry.garden\` | \`/gardens\` | park |\n`, names)).toEqual(expect.arrayContaining(['Gardenhood', 'registry.garden', '/gardens']));
    for (const planted of [{ exported: ['Enterprise'] }, { tables: ['registry.enterprise'] }, { routes: ['/enterprises'] }, { text: 'const enterpriseId = row.id;' }, { text: "id('Enterprise')" }, { text: 'where enterprise_id = $1' }]) {
      expect(misnamed(page, { ...names, ...planted })).toHaveLength(1);
    }
  });
});
