import { expect, test } from 'vitest';
import { cadenceNamesReceiver } from './rules.ts';

test.each([
  ['month', null, 1], ['month', '', 1], ['year', ' ', 1], ['quarter', '市住建局', 0], [null, null, 0], [null, '市住建局', 0],
] as const)('a form sent each %s and reported to %s breaks %i rules', (every, reportedTo, broken) => {
  expect(cadenceNamesReceiver.check({ every, reportedTo })).toHaveLength(broken);
});
