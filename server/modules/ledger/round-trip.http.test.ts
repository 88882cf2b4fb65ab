import type { FastifyInstance } from 'fastify';
import { writeFile } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Id } from '#domain/kernel/brand.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { COOKIE, CSRF_HEADER } from '#platform/http/session.ts';
import { hashPassword } from '#platform/identity/password.ts';
import { signIn } from '#platform/identity/sessions.ts';
import { newId } from '#platform/ids.ts';
import { importFromFile } from './index.ts';
import { givenCounty, sample } from './testing/given-county.ts';

const OWNERS = { purpose: '业主身份核对', document: '云住建函〔2025〕1号', deleteOn: '2027-06-30' };
const kinds: readonly [LedgerKind, string, string][] = [
  ['companies', '物业服务企业台账.xlsx', 'companies'], ['estates', '住宅小区台账.xlsx', 'estates'], ['practitioners', '从业人员名册.xlsx', 'practitioners'], ['units', '房屋业主名册.xlsx', 'units'],
];

describe('what was exported comes in again without a change', () => {
  let county: Awaited<ReturnType<typeof givenCounty>>;
  let app: FastifyInstance;
  let headers: Record<string, string>;
  let folder = '';
  const load = (kind: LedgerKind, path: string, dryRun = false) => importFromFile(county.kit, { kind, path, countyCode: '990101', dryRun, ...OWNERS });

  beforeAll(async () => {
    county = await givenCounty();
    folder = await mkdtemp(join(tmpdir(), 'shanzhi-export-'));
    for (const [kind, file] of kinds) await load(kind, sample(file));
    app = await buildServer(county.kit, { logLevel: 'silent' });
    const userId = newId<'AppUser'>();
    const countyId = county.countyId as Id<'OrgUnit'>;
    await county.kit.database.write(everything, async (db) => {
      await db.insertInto('platform.appUser').values({ id: userId, countyId, login: 'clerk', name: '经办', passwordHash: await hashPassword('quiet-river-42') }).execute();
      await db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId, countyId, role: 'bureau-clerk', level: 'county', scopeId: countyId, startedOn: '2020-01-01' as never }).execute();
    });
    const { token, session } = await signIn(county.kit, { login: 'clerk', password: 'quiet-river-42', ip: '127.0.0.1', userAgent: 'test' });
    headers = { cookie: `${COOKIE}=${token}`, [CSRF_HEADER]: session.csrfToken };
  });
  afterAll(async () => { await app.close(); await county.stop(); });

  for (const [kind, , path] of kinds) {
    test(kind, async () => {
      const answer = await app.inject({ method: 'GET', url: `/api/${path}/export`, headers });
      expect(answer.statusCode).toBe(200);
      const file = join(folder, `${path}.xlsx`);
      await writeFile(file, answer.rawPayload);
      const again = await load(kind, file, true);
      expect({ new: again.new, changed: again.changed, refused: again.refused, problems: again.problems.filter(({ severity }) => severity === 'error').slice(0, 3) }).toEqual({ new: 0, changed: 0, refused: 0, problems: [] });
      expect(again.unchanged).toBeGreaterThan(0);
    });
  }
});
