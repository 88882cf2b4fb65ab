import { globSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..');
const packages = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap((kind) => Object.keys(kind)).sort();

/** What a list of packages and docs/adr/dependencies.md disagree on: a package without a line, a line without a package, an empty cell. */
function disagreements(names: readonly string[], page: string): string[] {
  const lines = [...page.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)].map(([, name = '', rest = '']) => ({ name, cells: rest.split('|').map((cell) => cell.trim()) }));
  return [
    ...names.filter((name) => !lines.some((line) => line.name === name)).map((name) => `${name} has no line`),
    ...lines.filter(({ name }) => !names.includes(name)).map(({ name }) => `${name} is not installed`),
    ...lines.filter(({ cells }) => cells.length !== 3 || cells.includes('')).map(({ name }) => `${name} lacks why, what else or how to leave`),
    ...lines.filter(({ name }, at) => lines.findIndex((line) => line.name === name) !== at).map(({ name }) => `${name} stands twice`),
  ];
}

test('every package has its line in docs/adr/dependencies.md, and no line is stale', () => {
  const page = readFileSync(join(ROOT, 'docs/adr/dependencies.md'), 'utf8');
  expect(disagreements(packages, page)).toEqual([]);
  expect(disagreements([...packages, 'left-pad'], page)).toEqual(['left-pad has no line']);
  expect(disagreements(packages.slice(1), page)).toEqual([`${packages[0] ?? ''} is not installed`]);
  expect(disagreements(packages, `${page}| \`zod\` | | – | – |\n`)).toHaveLength(2);
});

test('files that the list of dependencies and the decisions name are there', () => {
  const names = globSync('**/*.{ts,tsx,mjs,json}', { cwd: ROOT, exclude: ['node_modules', 'node_modules/**', 'dist/**', 'data/**'] }).map((file) => file.replaceAll('\\', '/'));
  const pages = readdirSync(join(ROOT, 'docs/adr')).filter((file) => file.endsWith('.md'));
  const missing = pages.flatMap((page) => [...readFileSync(join(ROOT, 'docs/adr', page), 'utf8').matchAll(/`([\w./*-]+\.(?:ts|tsx|mjs))`/g)]
    .map(([, file = '']) => file).filter((file) => !file.includes('*') && !names.some((name) => name === file || name.endsWith(`/${file}`))).map((file) => `${page}: ${file}`));
  expect(missing).toEqual([]);
});

test('the index of decisions lists every decision, and each has its four parts', () => {
  const index = readFileSync(join(ROOT, 'docs/adr/README.md'), 'utf8');
  for (const file of readdirSync(join(ROOT, 'docs/adr')).filter((name) => /^\d{4}-/.test(name))) {
    expect(index).toContain(`./${file}`);
    const text = readFileSync(join(ROOT, 'docs/adr', file), 'utf8');
    for (const part of ['## Context', '## Decision', '## Consequences', '## What would change our mind']) expect(text).toContain(part);
  }
});
