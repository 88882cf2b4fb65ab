import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { historyOf } from '#platform/audit/history.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { listIssuerCodes } from '#modules/paper/use-cases/issuer-codes.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { getOrgUnit } from '#modules/registry/use-cases/get-org-unit.ts';
import { mergeOrgUnit } from '#modules/registry/use-cases/merge-org-unit.ts';
import { getOneSending, listSendings } from '#modules/report/use-cases/send.ts';
import { sendingsLike } from '#modules/report/store/sendings.ts';

const MANY = 100_000;
const nobody = { params: {}, query: {}, body: {} };

describe('what a township sent and recorded is read by the one it was merged into', () => {
  let world: World;
  let third: Id<'OrgUnit'>;
  const formOf = new Map<string, string>();
  beforeAll(async () => {
    world = await testWorld();
    third = newId<'OrgUnit'>();
    await put(sql`insert into platform.org_unit (id, county_id, township_id, parent_id, kind, name, match_key) values (${third}, ${world.county}, ${third}, ${world.county}, 'township', '南镇', '南镇')`);
    for (const [place, shape, code] of [[world.east, 'a', '东函'], [world.west, 'b', '西函'], [third, 'c', '南函']] as const) {
      const [form, file] = [newId<'Form'>(), newId<'File'>()];
      formOf.set(place, form);
      await put(sql`insert into platform.file (id, county_id, township_id, hash, size_bytes, media_type, name, subject_kind, subject_id, uploaded_by)
        select ${file}, ${world.county}, ${place}, ${shape.repeat(64)}, 1, 'x', '空表.xlsx', 'Form', ${form}, id from platform.app_user limit 1`);
      await put(sql`insert into report.form (id, county_id, township_id, title, file_id, file_type, shape, sheets, marks, created_at, updated_at)
        values (${form}, ${world.county}, ${place}, '月报', ${file}, 'xlsx', ${shape.repeat(64)}, '[]', '[]', now(), now())`);
      await put(sql`insert into paper.issuer_code (id, county_id, township_id, issuer_id, paper_kind, code, effective_from, basis, created_at)
        values (gen_random_uuid(), ${world.county}, ${place}, ${place}, 'notice', ${code}, '2020-01-01', '本单位规定', now())`);
    }
    // As many as a county has after many years, most of them of one township.
    await send(world.west, MANY);
    await send(world.east, 3);
    await send(third, 2);
    const owner = new pg.Client({ connectionString: world.ownerUrl });
    await owner.connect();
    await owner.query('analyze report.sending');
    await owner.end();
    await world.township(world.east).transact(async (tx) => { tx.audit({ action: 'estate.update', subject: ['Estate', estate], before: { name: '甲' }, after: { name: '乙' } }); });
  });
  afterAll(() => world.stop());

  const estate = '00000000-0000-7000-8000-00000000e57a';
  const put = (statement: ReturnType<typeof sql>) => systemContext(world.kit).transact(async (tx) => { await statement.execute(tx.db); tx.auditNothing('test'); });
  const send = (place: Id<'OrgUnit'>, count: number) => put(sql`
    insert into report.sending (id, county_id, township_id, form_id, title, file_id, file_hash, as_of_on, known_on, reported_to, signer, filler, cells, subjects, differences, warnings, sheets, sent_at)
    select gen_random_uuid(), f.county_id, f.township_id, f.id, '月报' || n, f.file_id, f.shape, '2025-06-30', '2025-06-30', '市局', '周敏', '周敏', '[]', '[]', '[]', '[]', '[]', now()
      from report.form f, generate_series(1, ${count}::int) n where f.id = ${formOf.get(place) ?? ''}`);
  const sent = async (place: Id<'OrgUnit'>) => (await listSendings(world.township(place), { ...nobody, query: { limit: 50 } })).rows;
  const history = (who: Ctx) => who.read((db) => historyOf(db, 'Estate', estate, z.object({ name: z.string().meta({ title: '名称' }) })));
  const merge = async (from: Id<'OrgUnit'>, into: Id<'OrgUnit'>) => {
    const administrator = (version: number | null) => world.as({ level: 'county', id: world.county, countyId: world.county }, 'system-administrator', version);
    const { version } = await getOrgUnit(administrator(null), { ...nobody, params: { orgUnitId: from } });
    return mergeOrgUnit(administrator(version), { ...nobody, params: { orgUnitId: from }, body: { intoId: into, onDate: localDate('2026-01-01'), basis: '批复' } });
  };
  const plan = (who: Ctx) => who.read(async (db) => {
    const { sql: text, parameters } = sendingsLike(db, who.scope, {}).selectAll('s').orderBy('s.id', 'desc').limit(51).compile();
    const { rows } = await sql<Record<string, string>>`explain ${sql.raw(text.replaceAll(/\$(\d)/g, (_, at) => `'${String(parameters[Number(at) - 1])}'`))}`.execute(db);
    return rows.map((row) => Object.values(row).join('')).join('\n');
  });

  test('before a merger each reads its own; of a hundred thousand a page is one walk of the township’s index, without sorting', async () => {
    expect([(await sent(world.east)).length, (await sent(third)).length, (await sent(world.west)).length]).toEqual([3, 2, 50]);
    expect((await history(world.township(world.east))).length).toBe(1);
    expect((await history(world.township(third))).length).toBe(0);
    for (const place of [world.west, world.east]) {
      const found = await plan(world.township(place));
      expect(found).toContain('sending_township_idx');
      expect(found).not.toContain('Sort');
    }
  });

  test('after two mergers the last reads what the first sent, its history and its codes; a sibling reads none of it, and nothing of it may be changed', async () => {
    const [first] = await sent(world.east);
    await merge(world.east, third);
    expect((await sent(third)).length).toBe(5);
    expect((await getOneSending(world.township(third), { ...nobody, params: { sendingId: first?.id ?? newId<'Sending'>() } })).title).toBe(first?.title);
    expect((await history(world.township(third))).map(({ changes }) => changes.length)).toEqual([1]);
    expect((await listIssuerCodes(world.township(third))).rows.map(({ issuer, code, isInForce }) => [issuer, code, isInForce])).toEqual(expect.arrayContaining([['南镇', '南函', true], ['东街道', '东函', false]]));
    await expect(getOneSending(world.township(world.west), { ...nobody, params: { sendingId: first?.id ?? newId<'Sending'>() } })).rejects.toMatchObject({ code: 'not-found' });
    expect((await history(world.township(world.west))).length).toBe(0);
    expect((await listIssuerCodes(world.township(world.west))).rows.map(({ code }) => code)).toEqual(['西函']);

    await merge(third, world.west);
    const all = await world.township(world.west).read((db) => sql<{ n: number }>`select count(*) as n from report.sending`.execute(db));
    expect(all.rows[0]?.n).toBe(MANY + 5);
    expect((await history(world.township(world.west))).length).toBe(1);
    await expect(world.township(world.west).transact(async (tx) => { await sql`update report.sending set title = 'x'`.execute(tx.db); tx.auditNothing('test'); })).rejects.toThrow(/permission denied/);
    const neighbour = await world.as({ level: 'neighbourhood', id: world.westCommunity, countyId: world.county }, 'neighbourhood-officer').read((db) => sql<{ n: number }>`select count(*) as n from report.sending`.execute(db));
    expect(neighbour.rows[0]?.n).toBe(0);
  });

  test('every insert-only table with a place is read by the successor: a new one has to say so', async () => {
    const { rows } = await world.clerk().read((db) => sql<{ table: string; reads: string }>`
      select format('%I.%I', n.nspname, c.relname) as "table", string_agg(distinct pg_get_expr(p.polqual, p.polrelid), ' ') as reads from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_policy p on p.polrelid = c.oid and p.polcmd in ('r', '*')
       where a.attname in ('township_id', 'neighbourhood_id') and not a.attisdropped and c.relkind = 'r' and not has_column_privilege(c.oid, a.attnum, 'update') and has_table_privilege(c.oid, 'select') group by 1 order by 1`.execute(db));
    expect(rows.map(({ table }) => table)).toEqual(['audit.entry', 'paper.issuer_code', 'report.sending']);
    for (const { table, reads } of rows) expect([table, reads.includes('scope_ids()')]).toEqual([table, true]);
  });
});
