import { answerPersonRequest } from '#domain/privacy/obligations.ts';
import * as request from '#contract/person-request.ts';
import * as route from '#contract/privacy.ts';
import { defineModule, serve } from '#platform/module.ts';
import { privacySealed } from './sealed.ts';
import { privacyPersonalData, privacyRetentions } from './personal-data.ts';
import { searchJob } from './search-job.ts';
import { downloadCertificate } from './use-cases/certificate.ts';
import { decideErasure } from './use-cases/decide-erasure.ts';
import { deleteDue, exportDeletionKinds, listDeletionKinds } from './use-cases/deletions.ts';
import { reapplyErasures } from './use-cases/erased-book.ts';
import { answerRequest, choosePersonRecords, proposeErasure } from './use-cases/handle-request.ts';
import { exportPersonalData, getPersonalData } from './use-cases/inventory.ts';
import { exportPersonCopy, listPersonRecords } from './use-cases/look-at-person.ts';
import { exportPersonRequests, getPersonRequest, listPersonRequests } from './use-cases/look-at-requests.ts';
import { decideLookupFlag, exportLookupFlags, flagLookups, listLookupFlags } from './use-cases/lookup-flags.ts';
import { searchAgain } from './use-cases/search-again.ts';
import { registerRequest } from './use-cases/register-request.ts';
import { exportSelfCheck, getSelfCheck, listSelfChecks, signSelfCheck } from './use-cases/self-check.ts';

/** 个人信息保护: what is held and until when, deletion on its date, one person's copy and erasure, flags of many look-ups, the yearly self-check. */
export const privacy = defineModule({
  name: 'privacy',
  routes: [
    serve(route.getPersonalData, getPersonalData), serve(route.exportPersonalData, exportPersonalData), serve(route.listDeletionKinds, listDeletionKinds), serve(route.exportDeletionKinds, exportDeletionKinds),
    serve(request.listPersonRequests, listPersonRequests), serve(request.exportPersonRequests, exportPersonRequests), serve(request.postPersonRequest, registerRequest), serve(request.getPersonRequest, getPersonRequest),
    serve(request.listPersonRecords, listPersonRecords), serve(request.getPersonCopy, exportPersonCopy), serve(request.postPersonSearch, searchAgain), serve(request.putPersonChoice, choosePersonRecords), serve(request.putErasureProposal, proposeErasure),
    serve(request.putRequestAnswer, answerRequest), serve(request.putErasureDecision, decideErasure), serve(request.getErasureCertificate, downloadCertificate),
    serve(route.listLookupFlags, listLookupFlags), serve(route.exportLookupFlags, exportLookupFlags), serve(route.putLookupOutcome, decideLookupFlag),
    serve(route.listSelfChecks, listSelfChecks), serve(route.getSelfCheck, getSelfCheck), serve(route.exportSelfCheck, exportSelfCheck), serve(route.putSelfCheckSignature, signSelfCheck),
  ],
  jobs: [searchJob],
  duties: [answerPersonRequest],
  retentions: privacyRetentions,
  personalData: privacyPersonalData,
  sealed: privacySealed,
  // The queue's clock is UTC: twenty past six in the evening there is twenty past two at night here.
  schedules: [{ name: 'privacy-delete', cron: '20 18 * * *', run: deleteDue }, { name: 'privacy-lookups', cron: '5 * * * *', run: flagLookups }, { name: 'privacy-reapply', cron: '*/5 * * * *', run: reapplyErasures }],
});
