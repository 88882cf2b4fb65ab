import { expect, test } from 'vitest';
import { date, period } from '#domain/ledger/cells/date.ts';
import { area, count, money } from '#domain/ledger/cells/number.ts';
import { identifier, phones } from '#domain/ledger/cells/text.ts';
import { splitContact } from '#domain/ledger/cells/contact.ts';
import { headerKey } from '#domain/ledger/header.ts';
import { isOrganisationName, normaliseName, normaliseText } from '#domain/kernel/chinese-text.ts';

/** Three times what a cell of Excel can hold; a pattern that takes the square of it would not come to an end here. */
const LENGTH = 100_000;
const runs = [' ', '\t', '\u3000', '\n', ' \n', 'a', '1', '1,', '1.', '1-', '(', '年', '一', '、', '13800000000 ', '栋', ':', '*', '元/('].map((unit) => unit.repeat(LENGTH / unit.length));

test.each(runs.map((run) => [JSON.stringify(run.slice(0, 6)), run] as const))('a hundred thousand of %s are read in one pass by every reader of cells and names', (_name, run) => {
  for (const text of [run, `${run}!`, `甲${run}乙`]) {
    for (const read of [date, period, area, count, money, identifier, phones]) expect(read(text, '万元').is).toMatch(/^(value|blank|fault)$/);
    expect([normaliseText(text), normaliseName(text)].every((each) => each.length <= text.length)).toBe(true);
    expect(headerKey(text).length).toBeLessThanOrEqual(500);
    expect([typeof isOrganisationName(text), Array.isArray(splitContact(text).numbers)]).toEqual(['boolean', true]);
  }
});
