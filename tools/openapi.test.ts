import { createConfig, lintFromString } from '@redocly/openapi-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { modules } from '#server/main/modules.ts';
import { openApiOf } from './gen-docs.ts';

/** Every rule of redocly's strictest recommendation holds; none is switched off. */
async function faults(source: string): Promise<string[]> {
  const found = await lintFromString({ source, absoluteRef: '/openapi.json', config: await createConfig({ extends: ['recommended-strict'] }) });
  return found.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer ?? ''}`);
}

describe('openapi.json', () => {
  let source: string;
  beforeAll(async () => { source = await openApiOf(modules); });

  test('is OpenAPI 3.1 without a fault', async () => {
    expect(JSON.parse(source)).toMatchObject({ openapi: '3.1.0' });
    expect(await faults(source)).toEqual([]);
  });

  test('a dangling reference, a path parameter that is not declared and an operation without a name are told', async () => {
    expect(await faults(source.replace('#/components/schemas/Problem', '#/components/schemas/Nowhere'))).not.toEqual([]);
    expect(await faults(source.replace('"/api/estates/{estateId}"', '"/api/estates/{planted}"'))).not.toEqual([]);
    expect(await faults(source.replace(/"operationId": "[^"]+",/, ''))).not.toEqual([]);
  });
});
