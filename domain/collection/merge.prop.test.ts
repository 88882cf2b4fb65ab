import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CellContent } from './column.ts';
import { NOTHING_SAID, summaryOf, totalled } from './summary.ts';
import { mergeCell, mergePart, totalsOf, type Handed } from './merge.ts';

const content: fc.Arbitrary<CellContent> = fc.constantFrom<CellContent>(null, 1, 2, '甲', true, false);
const answer = fc.record({ at: fc.constantFrom('1', '2', '3'), value: fc.option(content, { nil: undefined }) });
const answers = fc.array(answer, { maxLength: 5 }).map((list) => list.map(({ at, value }, index): Handed => ({ id: `a${index}`, at, values: { r: value === undefined ? {} : { c: value } } })));
const where = { row: 'r', column: 'c', choosing: undefined };

describe('merging the answers of one cell', () => {
  test('does not depend on the order in which they are read', () => {
    fc.assert(fc.property(content, answers, fc.nat(), (base, list, turn) => {
      const turned = [...list.slice(turn % (list.length + 1)), ...list.slice(0, turn % (list.length + 1))].toReversed();
      expect(mergeCell(base, turned, where)).toEqual(mergeCell(base, list, where));
    }));
  });

  test('invents nothing: the outcome was said by somebody, or stands in the books, or is an open conflict', () => {
    fc.assert(fc.property(content, answers, (base, list) => {
      const merged = mergeCell(base, list, where);
      const said = list.flatMap(({ values }) => (values['r'] !== undefined && 'c' in values['r'] ? [values['r']['c'] ?? null] : []));
      if (merged.state === 'held') expect([said, merged.value]).toEqual([[], base]);
      else if (merged.state === 'answered') expect(said).toContain(merged.value);
      else expect(new Set(said).size).toBeGreaterThan(1);
    }));
  });

  test('the same said twice is no conflict', () => {
    fc.assert(fc.property(content, answers, (base, list) => {
      const again = list.map((one) => ({ ...one, id: `${one.id}x` }));
      expect(mergeCell(base, [...list, ...again], where)).toMatchObject({ state: mergeCell(base, list, where).state, value: mergeCell(base, list, where).value });
    }));
  });

  test('a blank gives way to a content where the books hold nothing, and never where they hold something', () => {
    const [one, none]: Handed[] = [{ id: 'a', at: '1', values: { r: { c: 7 } } }, { id: 'b', at: '2', values: { r: { c: null } } }];
    if (one === undefined || none === undefined) throw new Error('unreachable');
    expect(mergeCell(null, [one, none], where)).toMatchObject({ state: 'answered', value: 7 });
    expect(mergeCell(7, [one, none], where)).toMatchObject({ state: 'conflict', value: null });
  });

  test('a choice settles the conflict, until something else comes in later', () => {
    fc.assert(fc.property(content, answers, (base, list) => {
      const open = mergeCell(base, list, where);
      fc.pre(open.state === 'conflict');
      for (const { answerId, value } of open.claims) {
        const choosing = { answerId, at: '3' };
        expect(mergeCell(base, list, { ...where, choosing })).toMatchObject({ state: 'decided', value });
        const late: Handed = { id: 'late', at: '4', values: { r: { c: '别的' } } };
        expect(mergeCell(base, [...list, late], { ...where, choosing }).state).toBe('conflict');
        expect(mergeCell(base, [...list, { ...late, values: { r: { c: value } } }], { ...where, choosing }).value).toBe(value);
      }
    }));
  });
});

test('sums are the sums of what is settled, and each open conflict is told', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { maxLength: 20 }), (pairs) => {
    const rows = pairs.map((_, index) => ({ id: `r${index}`, title: '' }));
    const list = [0, 1].map((which): Handed => ({ id: `a${which}`, at: '1', values: Object.fromEntries(pairs.map((pair, index) => [`r${index}`, { c: pair[which] ?? 0 }])) }));
    const [sum] = totalsOf([{ key: 'c', kind: 'whole' }], mergePart({ rows, columns: [{ key: 'c' }], held: {}, answers: list, choosings: {} }));
    const agreed = pairs.filter(([a, b]) => a === b);
    expect(sum).toEqual({ column: 'c', total: agreed.reduce((total, [a]) => total + a, 0), filled: agreed.length, open: pairs.length - agreed.length });
  }));
});

test('the sums of the parts\' summaries are the sums of all their cells, conflicts and changed rows too', () => {
  const columns = [{ key: 'c', kind: 'whole' }, { key: 'd', kind: 'text' }] as const;
  const value = fc.option(fc.nat(1_000), { nil: null });
  const part = fc.array(fc.record({ base: value, said: fc.array(value, { maxLength: 2 }) }), { minLength: 1, maxLength: 6 }).map((lines) => mergePart({
    rows: lines.map((_, at) => ({ id: `r${at}`, title: '' })), columns, held: Object.fromEntries(lines.map(({ base }, at) => [`r${at}`, { c: base }])), choosings: {},
    answers: [0, 1].map((which) => ({ id: `a${which}`, at: '1', values: Object.fromEntries(lines.flatMap(({ said }, at) => (which < said.length ? [[`r${at}`, { c: said[which] ?? null }]] : []))) })),
  }));
  fc.assert(fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
    const summaries = parts.map((cells) => summaryOf(columns, cells));
    expect(totalled(columns, [...summaries, NOTHING_SAID])).toEqual(totalsOf(columns, parts.flat()));
    expect(summaries.map(({ conflicts }) => conflicts)).toEqual(parts.map((cells) => cells.filter(({ state }) => state === 'conflict').length));
    for (const [at, { changedRows }] of summaries.entries()) expect(changedRows).toBe(new Set(parts[at]?.filter(({ state, value: now, base }) => state === 'conflict' || (state !== 'held' && now !== base)).map(({ row }) => row)).size);
  }));
});
