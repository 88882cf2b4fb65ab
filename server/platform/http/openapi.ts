import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Route } from '#contract/define-route.ts';
import { completed } from './openapi-document.ts';

/** 接口说明: OpenAPI 3.1 at /openapi.json, drawn from the contract. Published for others; our own client is typed from the contract itself. */
export async function serveOpenApi(app: FastifyInstance, routes: readonly Route[]): Promise<void> {
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: '善治 Shanzhi', version: '0.1.0', description: '县域住宅物业监管与业主自治平台接口', license: { name: '未授权', identifier: 'LicenseRef-None' } }, servers: [{ url: '/' }] },
    transform: jsonSchemaTransform,
    // Without it $refs to named components dangle.
    transformObject: jsonSchemaTransformObject,
  });
  let document: ReturnType<typeof completed> | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, async () => (document ??= completed(app.swagger(), routes)));
}
