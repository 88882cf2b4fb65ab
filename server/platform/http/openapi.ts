import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Route } from '#contract/define-route.ts';

const GENERATED = fileURLToPath(new URL('../../../docs/generated/openapi.json', import.meta.url));

/** 接口说明: OpenAPI 3.1 at /openapi.json. Published for others; our own client is typed from the contract itself. A server answers what was generated and committed: drawing it takes its memory for good. */
export function serveOpenApi(app: FastifyInstance): void {
  app.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(createReadStream(GENERATED)));
}

/** 生成接口说明: the document drawn from the routes as they are served, answered at /openapi.json; for the generator. */
export async function drawOpenApi(app: FastifyInstance, routes: readonly Route[]): Promise<void> {
  const [{ default: swagger }, { completed }] = await Promise.all([import('@fastify/swagger'), import('./openapi-document.ts')]);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: '善治 Shanzhi', version: '0.1.0', description: '县域住宅物业监管与业主自治平台接口', license: { name: '未授权', identifier: 'LicenseRef-None' } }, servers: [{ url: '/' }] },
    transform: jsonSchemaTransform,
    // Without it $refs to named components dangle.
    transformObject: jsonSchemaTransformObject,
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => completed(app.swagger(), routes));
}
