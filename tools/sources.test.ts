import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as makers from '#domain/kernel/rule.ts';
import sources from '../docs/legal/sources.json' with { type: 'json' };
import type { Source } from '#domain/kernel/rule.ts';

interface Entry { id: string; title: string; effectiveFrom: string; effectiveTo?: string; clauses: { clause: string; summary: string }[] }
/** Anything in domain/ that cites: where it was found, what it cites, and from which day it claims to hold. */
interface Citation { where: string; source: Source; from: string | null }

const root = fileURLToPath(new URL('..', import.meta.url));
const entries: readonly Entry[] = sources;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isSource = (value: unknown): value is Source => isRecord(value) && typeof value['id'] === 'string' && typeof value['clause'] === 'string';

/** Every citation inside a value, however deep; a value with `source: []` cites an empty clause, which no entry has. */
function citations(value: unknown, where: string, seen: Set<unknown>, from: string | null = null): Citation[] {
  if (!isRecord(value) || seen.has(value)) return [];
  if (isSource(value)) return [{ where, source: value, from }];
  seen.add(value);
  const since = typeof value['from'] === 'string' ? value['from'] : null;
  if (Array.isArray(value['source']) && value['source'].length === 0) return [{ where, source: { id: 'house', clause: '' }, from: null }];
  return Object.entries(value).flatMap(([key, inner]) => citations(inner, `${where}.${key}`, seen, since));
}

/** What is wrong with a citation, or nothing. */
function fault({ where, source, from }: Citation): string | undefined {
  const entry = entries.find(({ id }) => id === source.id);
  if (entry === undefined) return `${where}: no document ${source.id}`;
  if (!entry.clauses.some(({ clause }) => clause === source.clause)) return `${where}: ${entry.title} has no clause "${source.clause}"`;
  if (from !== null && from < entry.effectiveFrom) return `${where}: cites ${entry.title} before it took effect`;
  return undefined;
}

async function domainModules(): Promise<[string, Record<string, unknown>][]> {
  const files = globSync('domain/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts')).sort();
  return Promise.all(files.map(async (file): Promise<[string, Record<string, unknown>]> => [file, await import(pathToFileURL(join(root, file)).href)]));
}

async function domainCitations(): Promise<Citation[]> {
  const seen = new Set<unknown>();
  return (await domainModules()).flatMap(([file, module]) => Object.entries(module).flatMap(([name, value]) => citations(value, `${file}#${name}`, seen)));
}

describe('docs/legal/sources.json', () => {
  test('every rule, parameter, quality rule and notice cites a document and clause that exist, in force by then', async () => {
    const found = await domainCitations();
    expect(found.length).toBeGreaterThan(40);
    expect(found.map(fault).filter((sentence) => sentence !== undefined)).toEqual([]);
  });

  test('the citations written in the sources of domain/ are all seen, also those kept inside functions', () => {
    const cite = new Map<string, unknown>(Object.entries(makers));
    const written = globSync('domain/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts')).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/\b([a-z]\w+)\('([^']+)'\)/g)].flatMap(([, maker = '', clause = '']) => {
        const make = cite.get(maker);
        const made: unknown = typeof make === 'function' ? Reflect.apply(make, null, [clause]) : undefined;
        return isSource(made) ? [{ where: file, source: made, from: null }] : [];
      }));
    expect(written.length).toBeGreaterThan(30);
    expect(written.map(fault).filter((sentence) => sentence !== undefined)).toEqual([]);
  });

  test('planted breaches are told: an unknown document, an unknown clause, a law not yet in force, no source at all', () => {
    const version = { from: '2020-06-01', value: 1, source: { id: 'civil-code', clause: '第二百零一条' } };
    const planted = {
      document: { source: [{ id: 'nobody', clause: '第一条' }] },
      clause: { source: [{ id: 'civil-code', clause: '第九千条' }] },
      early: { versions: [version] },
      none: { source: [] },
    };
    const faults = citations(planted, 'planted', new Set()).map(fault);
    expect(faults).toHaveLength(4);
    expect(faults.every((sentence) => sentence !== undefined)).toBe(true);
    expect(fault({ where: 'right', source: { id: 'civil-code', clause: '第二百零一条' }, from: '2021-01-01' })).toBeUndefined();
  });

  test('documents and clauses are listed once each, with a title, a day and a summary in Chinese', () => {
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    for (const { title, effectiveFrom, effectiveTo, clauses } of entries) {
      expect(title).toMatch(/[\u4e00-\u9fff]/);
      expect(effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(effectiveTo === undefined || effectiveTo > effectiveFrom).toBe(true);
      expect(new Set(clauses.map(({ clause }) => clause)).size).toBe(clauses.length);
      for (const { summary } of clauses) expect(summary).toMatch(/[\u4e00-\u9fff]{4}/);
    }
  });

  test('rule and parameter ids are used once', async () => {
    const ids = (await domainModules()).flatMap(([, module]) => Object.values(module)).flatMap((value) => (Array.isArray(value) ? value : [value]))
      .filter((value) => isRecord(value) && typeof value['id'] === 'string' && ('versions' in value || 'check' in value || 'found' in value));
    const byId = Map.groupBy(new Set(ids), (value) => (isRecord(value) ? String(value['id']) : ''));
    expect(byId.size).toBeGreaterThan(40);
    expect([...byId].filter(([, values]) => values.length > 1).map(([id]) => id)).toEqual([]);
  });
});
