import { expect, test } from 'vitest';
import { allNoticeKinds, kindsReaching } from './notice.ts';
import { roles, type Role } from './permissions.ts';

const isRole = (name: string): name is Role => Object.hasOwn(roles, name);
const all = Object.keys(roles).filter(isRole);

test('every kind can reach some post, and only parties are told who hold none', () => {
  expect(kindsReaching(all)).toEqual(allNoticeKinds);
  expect(kindsReaching([])).toEqual(['handover.waiting', 'handover.ended']);
});

test('what is the administrators’ alone is offered to nobody else', () => {
  for (const role of all.filter((each) => each !== 'system-administrator')) expect([role, kindsReaching([role])]).toEqual([role, expect.not.arrayContaining(['backup.failed'])]);
  expect(kindsReaching(['system-administrator'])).toEqual(expect.arrayContaining(['backup.failed', 'job.failed', 'channel.failed']));
  expect(kindsReaching(['security-administrator'])).toEqual(expect.arrayContaining(['privacy.lookups']));
});
