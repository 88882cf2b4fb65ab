import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { publishedHolidays } from '#domain/kernel/holidays.ts';
import { workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { everything } from '../access/scope.ts';
import { systemContext } from '../make-context.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { importNotice, type NoticeDraft } from './import-notice.ts';
import { ensureHolidays, readCalendar } from './read.ts';

let world: TestKit;
beforeEach(async () => { world = await testKit([]); });
afterEach(() => world.stop());

const dates = (...days: string[]) => days.map(localDate);
const notice2027: NoticeDraft = {
  year: 2027, noticeNo: '国办发明电〔2026〕9号', title: '2027年部分节假日安排的通知', publishedOn: localDate('2026-11-05'),
  daysOff: dates('2027-01-01', '2027-01-02', '2027-01-03', '2027-02-05'), makeupDays: dates('2027-01-31'),
};
const load = (draft: NoticeDraft) => systemContext(world.kit).transact((tx) => importNotice(tx, draft, null, world.kit.clock.now()));
const due = async (from: string, days = 3) => workingDaysAfter(await world.kit.database.read(everything, readCalendar), localDate(from), days);
const entries = () => world.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['action', 'before', 'after']).orderBy('entryNo').execute());

describe('the working calendar', () => {
  test.each([
    ['2025-09-26', '2025-09-30'], ['2025-09-30', '2025-10-11'], ['2026-02-13', '2026-02-25'], ['2026-09-18', '2026-09-22'],
  ])('three working days after %s end on %s', async (from, on) => {
    await ensureHolidays(world.kit);
    expect(await due(from)).toEqual({ on, provisional: false });
  });

  test('the notices that come with the product are listed once and never replace an officer’s own', async () => {
    await load({ ...notice2027, year: 2026, daysOff: dates('2026-01-01'), makeupDays: [] });
    expect(await ensureHolidays(world.kit)).toEqual([2025]);
    expect(await ensureHolidays(world.kit)).toEqual([]);
    const rows = await world.kit.database.read(everything, (db) => db.selectFrom('platform.holidayNotice').selectAll().orderBy('year').execute());
    expect(rows.map(({ year, daysOff }) => [year, daysOff.length])).toEqual([[2025, publishedHolidays[0]?.off.length], [2026, 1]]);
    expect((await due('2026-02-13')).on).toBe('2026-02-18');
  });

  test('beyond the loaded years a date is provisional until the notice is loaded', async () => {
    expect(await due('2026-12-30')).toEqual({ on: '2027-01-04', provisional: true });
    await load(notice2027);
    expect(await due('2026-12-30')).toEqual({ on: '2027-01-05', provisional: false });
  });

  test('the same year again replaces the notice and says what it was', async () => {
    await load(notice2027);
    await load({ ...notice2027, makeupDays: [] });
    expect(await entries()).toMatchObject([{ action: 'calendar.import' }, { action: 'calendar.replace', before: { makeupDays: ['2027-01-31'] }, after: { makeupDays: [] } }]);
  });

  test('every wrong day is named at once: another year, a weekday as make-up day, both at once', async () => {
    const wrong = { ...notice2027, daysOff: dates('2026-10-01', '2027-01-02'), makeupDays: dates('2027-01-02', '2027-01-05') };
    await expect(load(wrong)).rejects.toMatchObject({ code: 'input.invalid', errors: [
      { pointer: '/daysOff/0', message: '2026年10月1日不在2027年，请核对年份' },
      { pointer: '/makeupDays/1', message: '2027年1月5日是周一至周五，不能作为调休上班日' },
      { pointer: '/makeupDays/0', message: '2027年1月2日同时填成了放假日和调休上班日' },
    ] });
    expect(await entries()).toEqual([]);
  });

  test('the last week of the year before belongs to a notice too', async () => {
    await load({ ...notice2027, daysOff: dates('2026-12-31', '2027-01-01'), makeupDays: dates('2026-12-27') });
    expect((await due('2026-12-30', 1)).on).toBe('2027-01-04');
  });
});
