import * as route from '#contract/privacy.ts';
import { defineModule, serve } from '#platform/module.ts';
import { deleteDue, listDeletionKinds } from './use-cases/deletions.ts';
import { exportPersonalData, getPersonalData } from './use-cases/inventory.ts';
import { decideLookupFlag, exportLookupFlags, flagLookups, listLookupFlags } from './use-cases/lookup-flags.ts';
import { exportSelfCheck, getSelfCheck, listSelfChecks, signSelfCheck } from './use-cases/self-check.ts';

/** 个人信息保护: what is held and until when, deletion on its date, flags of many look-ups, the yearly self-check. */
export const privacy = defineModule({
  name: 'privacy',
  routes: [
    serve(route.getPersonalData, getPersonalData), serve(route.exportPersonalData, exportPersonalData), serve(route.listDeletionKinds, listDeletionKinds),
    serve(route.listLookupFlags, listLookupFlags), serve(route.exportLookupFlags, exportLookupFlags), serve(route.putLookupOutcome, decideLookupFlag),
    serve(route.listSelfChecks, listSelfChecks), serve(route.getSelfCheck, getSelfCheck), serve(route.exportSelfCheck, exportSelfCheck), serve(route.putSelfCheckSignature, signSelfCheck),
  ],
  // The queue's clock is UTC: twenty past six in the evening there is twenty past two at night here.
  schedules: [{ name: 'privacy-delete', cron: '20 18 * * *', run: deleteDue }, { name: 'privacy-lookups', cron: '5 * * * *', run: flagLookups }],
});
