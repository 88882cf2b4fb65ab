import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Which modules a module may call, through their index.ts. Acyclic; a new arrow needs an ADR. */
const MODULE_ARROWS: Record<string, readonly string[]> = {
  administration: [],
  registry: ['administration', 'committee', 'obligation'],
  committee: ['obligation'],
  ledger: ['registry', 'committee', 'administration'],
  paper: ['committee'],
  publication: ['committee', 'paper', 'registry', 'target', 'complaint'],
  target: ['registry', 'committee'],
  report: ['registry', 'committee', 'obligation'],
  collection: ['registry', 'obligation'],
  complaint: ['obligation', 'paper'],
  operations: [],
  notice: [],
  handover: ['administration', 'paper'],
  privacy: ['obligation'],
  obligation: [],
  owner: ['registry', 'publication', 'complaint', 'obligation'],
};

interface Arrow { readonly from: string; readonly to: string }

const ringOf = (path: string): string => {
  const [first = '', second = '', third = ''] = path.split('/');
  if (first === 'domain') return second === 'kernel' ? 'domain/kernel' : `domain/${second}`;
  if (first === 'server') return second === 'modules' ? `module/${third}` : `server/${second}`;
  if (first === 'web') return second === 'features' ? `feature/${third}` : `web/${second}`;
  return first;
};

/** Null when the arrow is allowed, else why not. */
function breach({ from, to }: Arrow): string | null {
  const [source, target] = [ringOf(from), ringOf(to)];
  if (source === target || source === 'e2e' || source === 'tools' || source === 'bench' || source === 'seeds') return null;
  const isTest = /\.(test|fixture)\.tsx?$/.test(from) || from.includes('/testing/');
  if (target === 'e2e' || target === 'tools') return `${target} is never imported`;
  if (source.startsWith('domain')) return target === 'domain/kernel' || isTest ? null : `${source} may import only domain/kernel and itself`;
  if (source === 'contract') return target.startsWith('domain') ? null : 'contract may import only domain';
  if (source === 'server/platform') return target.startsWith('domain') || target === 'contract' || isTest || to.endsWith('tables.gen.ts') ? null : 'platform knows no module';
  if (source === 'server/main') return target.startsWith('module/') && !to.endsWith('/index.ts') ? 'server/main enters a module through its index.ts' : null;
  if (source.startsWith('module/')) return moduleBreach(source.slice(7), target, to, isTest);
  if (source.startsWith('feature/')) return target === 'web/owner' || target.startsWith('feature/') || target.startsWith('server') || target.startsWith('module') || target === 'web/app' ? `${source} may not import ${target}` : null;
  if (source === 'web/kit') return target === 'web/owner' || target.startsWith('feature/') || target === 'web/app' || target.startsWith('server') || target.startsWith('module') ? 'web/kit knows no feature' : null;
  if (source === 'web/owner' || target === 'web/owner') return source === 'web/owner' && (target.startsWith('domain') || target === 'contract') ? null : 'the owners’ entry stands alone on the contract';
  if (source.startsWith('web')) return target.startsWith('server') || target.startsWith('module') ? 'the web never imports the server' : null;
  return null;
}

function moduleBreach(module: string, target: string, to: string, isTest: boolean): string | null {
  if (target.startsWith('domain') || target === 'contract' || target === 'server/platform') return null;
  if (isTest) return null;
  if (!target.startsWith('module/')) return `a module may not import ${target}`;
  const other = target.slice(7);
  if (!to.endsWith('/index.ts')) return `${other} is entered through its index.ts`;
  return MODULE_ARROWS[module]?.includes(other) ? null : `${module} → ${other} is not in the list of arrows`;
}

const ALIASES: Record<string, string> = {
  '#domain/': 'domain/', '#contract/': 'contract/', '#platform/': 'server/platform/', '#modules/': 'server/modules/',
  '#server/': 'server/', '#web/': 'web/', '#seeds/': 'seeds/', '#tools/': 'tools/',
};

/** Every import of our own files in `text`, as paths from the root. */
function importsOf(from: string, text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].flatMap(([, target = '']) => {
    if (target.startsWith('.')) return [relative(ROOT, join(ROOT, dirname(from), target))];
    const alias = Object.keys(ALIASES).find((prefix) => target.startsWith(prefix));
    return alias ? [`${ALIASES[alias]}${target.slice(alias.length)}`] : [];
  });
}

describe('arrows between rings and modules', () => {
  test('every import follows the table of ARCHITECTURE.md', () => {
    const breaches = sourceFiles(ROOT).flatMap((from) =>
      importsOf(from, readFileSync(join(ROOT, from), 'utf8')).map((to) => ({ from, to, why: breach({ from, to }) })).filter(({ why }) => why !== null));
    expect(breaches).toEqual([]);
  });

  test.each([
    ['domain/registry/heads.ts', 'domain/committee/formation.ts'],
    ['domain/registry/heads.ts', 'server/platform/ids.ts'],
    ['contract/registry.ts', 'server/platform/ids.ts'],
    ['server/platform/http/serve.ts', 'server/modules/registry/index.ts'],
    ['server/modules/registry/store.ts', 'server/modules/ledger/index.ts'],
    ['server/modules/ledger/confirm.ts', 'server/modules/registry/store.ts'],
    ['web/features/registry/EstatePage.tsx', 'web/features/ledger/ImportPage.tsx'],
    ['web/kit/Page.tsx', 'web/features/registry/EstatePage.tsx'],
    ['web/features/registry/EstatePage.tsx', 'server/platform/problem.ts'],
    ['server/modules/registry/store.ts', 'e2e/support/chromium.ts'],
    ['web/owner/App.tsx', 'web/kit/Page.tsx'],
    ['web/owner/App.tsx', 'server/platform/problem.ts'],
    ['web/app/routes.tsx', 'web/owner/App.tsx'],
    ['web/features/registry/EstatePage.tsx', 'web/owner/App.tsx'],
  ])('a planted import of %s → %s is caught', (from, to) => {
    expect(breach({ from, to })).not.toBeNull();
  });

  test('the list of module arrows has no circle and names only modules that exist', () => {
    const visit = (module: string, path: readonly string[]): void => {
      expect(path).not.toContain(module);
      expect(existsSync(join(ROOT, 'server/modules', module, 'index.ts'))).toBe(true);
      for (const next of MODULE_ARROWS[module] ?? []) visit(next, [...path, module]);
    };
    for (const module of Object.keys(MODULE_ARROWS)) visit(module, []);
  });

  test('the owners’ entry brings nothing but React and zod to the phone', () => {
    const files = sourceFiles(ROOT).filter((path) => path.startsWith('web/owner/') && !/\.test\.tsx?$/.test(path));
    const packages = new Set(files.flatMap((path) => [...readFileSync(join(ROOT, path), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^'.#][^']*)'/g)].map(([, name]) => name)));
    expect(packages).toEqual(new Set(['react', 'react-dom/client', 'zod']));
  });

  test('the domain imports no package', () => {
    const packages = sourceFiles(ROOT).filter((path) => path.startsWith('domain/') && !path.endsWith('.test.ts'))
      .flatMap((path) => [...readFileSync(join(ROOT, path), 'utf8').matchAll(/from '([^'.#][^']*)'/g)].map(([, name]) => `${path}: ${name}`));
    expect(packages).toEqual([]);
  });
});
