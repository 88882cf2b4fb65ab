import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { testWorld, type World } from '../testing/world.ts';
import { insertMany, updateMany } from './bulk-sql.ts';

let world: World;
beforeAll(async () => { world = await testWorld(); });
afterAll(() => world.stop());

/** Any text that PostgreSQL can hold, and those that an array's text could be mistaken for. */
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('NULL', 'null', '{}', '{a,b}', '"', '\\', '\\"', 'a,b', ' ', '\n\t\r', "'"))
  .map((value) => value.replaceAll('\u0000', ''));
const company = fc.record({ address: fc.option(text), formerNames: fc.array(text, { maxLength: 3 }), claimedStaff: fc.option(fc.nat()), registeredOn: fc.option(fc.constant('2020-01-02')) });

test('rows come out as they went in, whatever stands in them; and are changed to what they are set to', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(company, company), { minLength: 1, maxLength: 6 }), async (pairs) => {
    const rows = pairs.map(([before]) => { const id = newId<'Company'>(); return { id, countyId: world.county, name: '安心物业', matchKey: id, isDemo: false, status: 'active', ...before }; });
    const changed = pairs.map(([, after], at) => ({ id: rows[at]?.id ?? '', ...after }));
    const shown = ['address', 'formerNames', 'claimedStaff', 'registeredOn'] as const;
    const [first, second] = await world.clerk().transact(async (tx) => {
      tx.auditNothing('test');
      const read = () => tx.db.selectFrom('registry.company').select(shown).where('id', 'in', rows.map(({ id }) => id)).orderBy('id').execute();
      await insertMany(tx.db, 'registry.company', rows);
      const inserted = await read();
      await updateMany(tx.db, 'registry.company', shown, changed);
      return [inserted, await read()];
    });
    expect(first).toEqual(pairs.map(([before]) => before));
    expect(second).toEqual(pairs.map(([, after]) => after));
  }), { numRuns: 60 });
});
