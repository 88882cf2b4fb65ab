import { afterAll, beforeAll, expect, test } from 'vitest';
import { duesOf, obligation } from '#modules/obligation/index.ts';
import { systemContext } from '#platform/make-context.ts';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { blankBytes, blanks, givenReports, none, type Given } from './testing/given-reports.ts';
import { getOneForm } from './use-cases/look-at-forms.ts';
import { previewFilling } from './use-cases/preview.ts';
import { archiveForm, saveMarks } from './use-cases/save-marks.ts';
import { sendReport } from './use-cases/send.ts';
import { setCadence } from './use-cases/set-cadence.ts';
import { uploadForm } from './use-cases/upload-form.ts';

let given: Given;
beforeAll(async () => { given = await givenReports(); });
afterAll(() => given.stop());

const form = (formId: Id<'Form'>) => getOneForm(given.clerk(), { ...none, params: { formId } });
const dues = async (formId: Id<'Form'>) => { const ctx = given.clerk(); return (await ctx.read((db) => duesOf(db, ctx, ['Form', formId]))).map(({ state, dueOn, isLate }) => `${state} ${String(dueOn)}${isLate ? ' late' : ''}`).toSorted(); };
const set = async (formId: Id<'Form'>, every: 'none' | 'month' | 'quarter' | 'year', daysAfter: number) => setCadence(given.clerk({ ifMatch: (await form(formId)).version }), { ...none, params: { formId }, body: { every, daysAfter } });
const send = async (formId: Id<'Form'>, more: { correctsId?: Id<'Sending'>; correction?: string } = {}) => {
  const on = localDate(given.clock.now().slice(0, 10));
  const { digest } = await previewFilling(given.clerk(), { ...none, params: { formId }, query: { on } });
  return sendReport(given.leader(), { ...none, params: { formId }, body: { on, digest, reportedTo: '市住建局', signer: '李局', phone: '', ...more } });
};
const passTo = async (moment: string) => { given.clock.set(moment); for (const { run } of obligation.schedules) await run(systemContext(given.kit)); };

test('a form that is sent each month stands among the county’s duties month by month; each sending does the earliest that is open, a correction none, and archived it asks for nothing more', async () => {
  given.clock.set('2026-03-10T02:00:00.000Z');
  const fresh = await uploadForm(given.clerk({ uploads: await given.uploaded(blanks.monthly, await blankBytes(blanks.monthly)) }), { ...none, body: {} });
  await expect(set(fresh.id, 'month', 5)).rejects.toMatchObject({ code: 'rule.violated', violations: [{ rule: 'report.cadence-names-receiver' }] });
  await saveMarks(given.clerk({ ifMatch: fresh.version }), { ...none, params: { formId: fresh.id }, body: { title: fresh.title, reportedTo: '市住建局', marks: fresh.suggestions } });
  expect([(await set(fresh.id, 'month', 5)).cadence, await dues(fresh.id)]).toEqual([{ every: 'month', daysAfter: 5 }, ['open 2026-04-05']]);
  const row = await systemContext(given.kit).read((db) => db.selectFrom('obligation.obligation').select(['path', 'holderKind', 'title']).where('subjectId', '=', fresh.id).executeTakeFirstOrThrow());
  expect(row).toEqual({ path: `/reports/${fresh.id}/filling`, holderKind: 'county-bureau', title: fresh.title });

  await passTo('2026-04-02T02:00:00.000Z');
  expect(await dues(fresh.id)).toEqual(['open 2026-04-05', 'open 2026-05-05']);
  const first = await send(fresh.id);
  expect(await dues(fresh.id)).toEqual(['discharged 2026-04-05', 'open 2026-05-05']);
  await send(fresh.id, { correctsId: first.id, correction: '小区数漏计一处' });
  expect(await dues(fresh.id)).toEqual(['discharged 2026-04-05', 'open 2026-05-05']);

  // A month that nobody sent stays open beside the next, and is the first to be done.
  await passTo('2026-06-03T02:00:00.000Z');
  await send(fresh.id);
  expect(await dues(fresh.id)).toEqual(['discharged 2026-04-05', 'discharged 2026-05-05 late', 'open 2026-06-05', 'open 2026-07-05']);

  // Another cadence begins with its own period; the former one is void.
  await set(fresh.id, 'quarter', 10);
  expect((await dues(fresh.id)).filter((each) => each.startsWith('open'))).toEqual(['open 2026-07-10']);
  expect((await form(fresh.id)).dues.filter(({ state }) => state === 'open')).toHaveLength(1);
  await archiveForm(given.clerk({ ifMatch: (await form(fresh.id)).version }), { ...none, params: { formId: fresh.id }, body: { reason: '市里不再要' } });
  expect((await dues(fresh.id)).filter((each) => each.startsWith('open'))).toEqual([]);
});
