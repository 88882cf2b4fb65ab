import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer } from '#platform/http/serve.ts';
import { openVault } from '#platform/crypto/vault.ts';
import type { Kit } from '#platform/kit.ts';
import { slowLog } from '#platform/db/slow-log.ts';
import { fileStoreOn } from '#platform/files/store.ts';
import { queue } from '#platform/jobs/queue.ts';
import type { Module } from '#platform/module.ts';
import { erasedBookAt, ERASED_BOOK } from '#platform/personal/erased-book.ts';
import { backupPlanIn, stoppedClock, TEST_DEPLOYMENT } from '#platform/testing/kit-on.ts';
import { modules as served } from '#server/main/modules.ts';
import { dutiesPage, eventsPage, permissionsPage, problemsPage, routesPage, rulesPage } from './doc-lists.ts';

const untouched = (): never => { throw new Error('documents are drawn without a database'); };

/** A kit good enough to assemble the server and nothing more. */
function paperKit(modules: readonly Module[]): Kit {
  return {
    database: { ask: untouched, read: untouched, snapshot: untouched, write: untouched, brief: untouched, bulk: untouched, listen: untouched, ping: untouched, load: untouched, close: () => Promise.resolve() },
    vault: openVault('a secret that only draws documents'), clock: stoppedClock(), files: fileStoreOn(tmpdir()), queue, modules,
    hash: 'sha256', origin: 'http://127.0.0.1:8080', isDemo: false, oidc: null, erased: erasedBookAt([join(tmpdir(), ERASED_BOOK)]), backups: backupPlanIn(tmpdir(), ''), outgoing: { allow: [] }, slow: slowLog(null, { now: stoppedClock().now }), deployment: TEST_DEPLOYMENT,
  };
}

/** 接口说明: the OpenAPI document of the assembled server, drawn from its routes; a server answers this file at /openapi.json. */
export async function openApiOf(modules: readonly Module[]): Promise<string> {
  const app = await buildServer(paperKit(modules), { logLevel: 'silent', drawsOpenApi: true });
  try {
    const answer = await app.inject({ method: 'GET', url: '/openapi.json' });
    if (answer.statusCode !== 200) throw new Error(`/openapi.json answered ${answer.statusCode}: ${answer.body}`);
    return `${JSON.stringify(answer.json(), null, 1)}\n`;
  } finally {
    await app.close();
  }
}

/** 生成文档: every document drawn from code as path → text; needs no database. */
export async function docFiles(modules: readonly Module[] = served): Promise<Map<string, string>> {
  return new Map([
    ['docs/generated/rules.md', await rulesPage()],
    ['docs/generated/permissions.md', permissionsPage()],
    ['docs/generated/problems.md', problemsPage()],
    ['docs/generated/events.md', eventsPage(modules)],
    ['docs/generated/duties.md', dutiesPage(modules)],
    ['docs/generated/routes.md', routesPage(modules)],
    ['docs/generated/openapi.json', await openApiOf(modules)],
  ]);
}
