import * as route from '#contract/obligation.ts';
import { defineModule, serve } from '#platform/module.ts';
import { inheritDuties } from './heir.ts';
import { obligationHoldings } from './holdings.ts';
import { obligationPersonalData } from './personal-data.ts';
import { recountYear } from './recompute.ts';
import { tick } from './tick.ts';
import { extendObligation, waiveObligation } from './use-cases/change-obligation.ts';
import { getDutyCalendar } from './use-cases/duty-calendar.ts';
import { endDutyFeed, listDutyFeeds, makeDutyFeed } from './use-cases/duty-feeds.ts';
import { getParameterEffect } from './use-cases/parameter-effect.ts';
import { exportEndings, listEndings } from './use-cases/list-endings.ts';
import { getObligation } from './use-cases/get-obligation.ts';
import { exportObligations, getMyObligations, getObligationOutlook, listObligations } from './use-cases/list-obligations.ts';

export { duesOf } from './dues-of.ts';
export { explainedDues, type ExplainedDue } from './explained-dues.ts';
export type { Fact, HolderRef } from './fact.ts';
export { foresee } from './foresee.ts';
export { recordFact, recordFacts, recordNew } from './record-fact.ts';
export { standingOf, type Timings } from './timings.ts';
export { whyNext } from './why-next.ts';

/** 时限义务: who must do what by when, worked out from what other modules tell it happened. */
export const obligation = defineModule({
  name: 'obligation',
  routes: [
    serve(route.listObligations, listObligations), serve(route.exportObligations, exportObligations), serve(route.listEndings, listEndings), serve(route.exportEndings, exportEndings), serve(route.getMyObligations, getMyObligations), serve(route.getObligationOutlook, getObligationOutlook),
    serve(route.listDutyFeeds, listDutyFeeds), serve(route.postDutyFeed, makeDutyFeed), serve(route.putDutyFeedEnd, endDutyFeed), serve(route.getDutyCalendar, getDutyCalendar),
    serve(route.getParameterEffect, getParameterEffect), serve(route.getObligation, getObligation), serve(route.putExtension, extendObligation), serve(route.putWaiver, waiveObligation),
  ],
  on: { 'platform.holiday-notice-recorded': recountYear, 'registry.org-unit-merged': inheritDuties, 'registry.company-merged': inheritDuties },
  schedules: [{ name: 'obligation.tick', cron: '*/2 * * * *', run: async (ctx) => { await tick(ctx); } }],
  holdings: obligationHoldings,
  personalData: obligationPersonalData,
});
