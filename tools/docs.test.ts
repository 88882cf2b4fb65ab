import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { beforeAll, describe, expect, test } from 'vitest';
import { defineRoute } from '#contract/define-route.ts';
import { modules } from '#server/main/modules.ts';
import { defineModule, serve } from '#platform/module.ts';
import { emittedIn } from './doc-lists.ts';
import { docFiles } from './gen-docs.ts';

const stale = async (files: ReadonlyMap<string, string>): Promise<string[]> => {
  const committed = await Promise.all([...files.keys()].map(async (path) => ({ path, text: await readFile(join(import.meta.dirname, '..', path), 'utf8').catch(() => null) })));
  return committed.filter(({ path, text }) => text !== files.get(path)).map(({ path }) => path);
};

describe('the documents drawn from code', () => {
  let files: Map<string, string>;
  beforeAll(async () => { files = await docFiles(modules); });

  test('are those that are committed; refresh with `npm run gen`', async () => {
    expect(await stale(files)).toEqual([]);
  });

  test('list every rule with its clause and every served route with its permission', () => {
    const routes = modules.flatMap((module) => module.routes);
    expect(routes.length).toBeGreaterThan(50);
    expect(files.get('docs/generated/routes.md')?.match(/`\/api\//g)).toHaveLength(routes.length);
    expect(files.get('docs/generated/rules.md')).toContain('| `committee.formation` | 组建率 | 全县物业管理工作推进会部署');
  });

  test('are found stale when a route is planted', async () => {
    const route = defineRoute({ method: 'GET', path: '/planted', summary: '多出来的', permission: 'registry.read', response: z.object({ planted: z.boolean() }) });
    const planted = await docFiles([...modules, defineModule({ name: 'planted', routes: [serve(route, async () => ({ planted: true }))] })]);
    expect(await stale(planted)).toEqual(expect.arrayContaining(['docs/generated/routes.md', 'docs/generated/openapi.json']));
  });
});

test('an emitted event is found by its name, wherever the line breaks', () => {
  expect(emittedIn([['a.ts', "tx.emit({\n  name: 'estate.merged', key: id })"], ['b.ts', "tx.audit({ action: 'estate.merge' })"]])).toEqual([['estate.merged', 'a.ts']]);
});
