import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import type { Role } from '#contract/permissions.ts';
import { importFromFile } from '#modules/ledger/index.ts';
import { givenCounty, sample } from '#modules/ledger/testing/given-county.ts';
import { countyScope, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { report } from '../index.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';

/** 三张空表 of other bodies. */
export const blanks = { monthly: '市局月报表（空表）.xlsx', list: '安委办排查表（空表）.xlsx', old: '创城办统计表（空表）.xls' } as const;
const pathOf = (name: string): string => fileURLToPath(new URL(`../../../../seeds/ledgers/blanks/${name}`, import.meta.url));
/** 空表的字节. */
export const blankBytes = (name: string): Promise<Buffer> => readFile(pathOf(name));
export const none = { params: {}, query: {}, body: {} };
/** The day of the ledgers. */
export const ledgerDay = localDate('2025-06-30');

/** 云川县 with its ledgers in the books, and people who fill forms. */
export async function givenReports() {
  const county = await givenCounty();
  for (const [kind, file] of [['companies', '物业服务企业台账.xlsx'], ['estates', '住宅小区台账.xlsx'], ['practitioners', '从业人员名册.xlsx']] as const) await importFromFile(county.kit, { kind, path: sample(file), countyCode: '990101' });
  // What an import needs, and the forms' own time limits.
  const kit = { ...county.kit, modules: [...county.kit.modules, report] };
  const userId = newId<'AppUser'>();
  await systemContext(county.kit).transact(async (tx) => {
    await tx.db.insertInto('platform.appUser').values({ id: userId, countyId: county.countyId as Id<'OrgUnit'>, login: 'baobiao', name: '周敏', passwordHash: '-' }).execute();
    tx.auditNothing('test user');
  });
  const as = (scope: Scope, role: Role, more: { ifMatch?: number; uploads?: Ctx['uploads'] } = {}): Ctx => makeContext(kit, { actor: { userId, name: '周敏', grantId: null, role, sessionId: null }, scope, requestId: newId(), ip: null, ...more });
  const scope = countyScope(county.countyId);
  const townshipId = await systemContext(county.kit).read(async (db) => (await db.selectFrom('platform.orgUnit').select('id').where('name', '=', '城关街道').executeTakeFirstOrThrow()).id);
  return {
    ...county, kit, townshipId,
    clerk: (more: { ifMatch?: number; uploads?: Ctx['uploads'] } = {}) => as(scope, 'bureau-clerk', more),
    leader: () => as(scope, 'bureau-leader'),
    township: (more: { ifMatch?: number; uploads?: Ctx['uploads'] } = {}) => as({ level: 'township', id: townshipId, countyId: county.countyId }, 'township-officer', more),
    /** A file as it comes with a request. */
    uploaded: async (name: string, bytes: Buffer) => [await county.kit.files.put(Readable.from([bytes]), { name, mediaType: 'application/octet-stream', limitBytes: 50_000_000 })],
  };
}
export type Given = Awaited<ReturnType<typeof givenReports>>;
