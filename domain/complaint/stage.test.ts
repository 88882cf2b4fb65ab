import { expect, test } from 'vitest';
import { complaintStatusLabels, openStatuses, type ComplaintStatus } from './lifecycle.ts';
import { stageNames, stageOf, stages } from './stage.ts';

const all = Object.keys(complaintStatusLabels) as ComplaintStatus[];

test('every open file stands in exactly one column, and of those ended only what was closed', () => {
  expect(all.filter((status) => stageOf(status) !== null).toSorted()).toEqual([...openStatuses, 'closed'].toSorted());
  for (const status of all) expect(stageNames.filter((stage) => (stages[stage].statuses as readonly string[]).includes(status)).length).toBeLessThan(2);
});
