import { expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { DEMO_SEED, planDemo } from '../plan.ts';
import { planComplaints } from './complaints.ts';

test('whatever day the demo county is made on, something came back too often and stands on the agenda', () => {
  for (let days = 0; days < 400; days += 37) {
    const today = addDays(localDate('2026-03-02'), days);
    const { complaints } = planComplaints(planDemo(DEMO_SEED, today), { today });
    const proposed = complaints.filter(({ agendaOn }) => agendaOn !== null);
    expect([today, proposed.length > 0, proposed.some(({ status }) => status === 'handling')]).toEqual([today, true, true]);
  }
}, 60_000);
