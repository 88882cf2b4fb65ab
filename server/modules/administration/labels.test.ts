import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { About } from '#contract/administration/shared.ts';
import { allParameters, allRules, optionsOf } from './catalogue.ts';
import { actionTitle, subjectTitle } from './labels.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const files = (pattern: string) => globSync(pattern, { cwd: ROOT }).filter((path) => !/\.(test|fixture)\.ts$/.test(path)).toSorted();
const read = (path: string) => readFileSync(ROOT + path, 'utf8');

const actionsIn = (text: string) => [...text.matchAll(/\baction:\s*([^\n]*)/g)].flatMap(([, rest = '']) => [...(rest.split(/,\s*subject/)[0] ?? '').matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, action = '']) => action));
const subjectsIn = (text: string) => [...text.matchAll(/subject: \['([A-Za-z]+)'/g)].map(([, kind = '']) => kind);

test('every rule and parameter belongs to a capability that the pages have a name for', () => {
  const capabilities = new Set([...allRules, ...allParameters].map(({ id }) => id.split('.')[0] ?? ''));
  expect(capabilities.size).toBeGreaterThan(2);
  expect([...capabilities].filter((each) => !About.safeParse(each).success)).toEqual([]);
  expect(About.safeParse('planted').success).toBe(false);
});

describe('words of the audit trail', () => {
  const sources = files('server/{modules,platform}/**/*.ts').map(read);

  test('every action that is recorded has a Chinese name', () => {
    const actions = new Set(sources.flatMap(actionsIn));
    expect(actions.size).toBeGreaterThan(30);
    expect([...actions].filter((action) => actionTitle(action) === action)).toEqual([]);
  });

  test('every kind of subject has a Chinese name', () => {
    expect([...new Set(sources.flatMap(subjectsIn))].filter((kind) => subjectTitle(kind) === kind)).toEqual([]);
  });

  test('a planted action without a name is seen', () => {
    expect(actionsIn("tx.audit({ action: 'estate.paint', subject: ['Estate', id] })").filter((action) => actionTitle(action) === action)).toEqual(['estate.paint']);
  });
});

test('whatever a parameter chooses among has a Chinese name, so that it can be read and set', () => {
  const chosen = allParameters.filter(({ versions }) => Array.isArray(versions[0]?.value));
  expect(chosen.map(({ id }) => id)).toEqual(expect.arrayContaining(['complaint.hotline-left-out', 'complaint.public-categories']));
  for (const parameter of chosen) {
    const options = optionsOf(parameter);
    expect([parameter.id, options.every(({ label }) => /\p{Script=Han}/u.test(label)), parameter.accepts(options.map(({ value }) => value))]).toEqual([parameter.id, true, true]);
    expect([parameter.id, options.length > 0]).toEqual([parameter.id, true]);
  }
});

test('every rule and parameter of the domain is on the pages that list them', async () => {
  const modules = await Promise.all(files('domain/**/*.ts').map((path) => import(pathToFileURL(ROOT + path).href) as Promise<Record<string, unknown>>));
  const values = modules.flatMap((module) => Object.values(module)).flatMap((value) => (Array.isArray(value) ? value : [value])).filter((value) => typeof value === 'object' && value !== null && 'id' in value);
  const idsWith = (key: string) => new Set(values.filter((value) => key in value).map(({ id }) => String(id)));
  expect(idsWith('versions').size).toBeGreaterThan(15);
  expect([...idsWith('versions')].filter((id) => !allParameters.some((each) => each.id === id))).toEqual([]);
  expect([...idsWith('check'), ...idsWith('repair')].filter((id) => !allRules.some((each) => each.id === id))).toEqual([]);
  expect(new Set(allRules.map(({ id }) => id)).size).toBe(allRules.length);
});
