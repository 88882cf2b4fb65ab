import * as route from '#contract/handover.ts';
import { defineModule, serve } from '#platform/module.ts';
import { handoverPersonalData } from './personal-data.ts';
import { cancelHandOver } from './use-cases/cancel-hand-over.ts';
import { endLeave, endLeavesDue } from './use-cases/end-leave.ts';
import { keepScan } from './use-cases/keep-scan.ts';
import { downloadHandOverPaper, downloadScan, exportHandOvers, getHandOver, listHandOvers, listMyHandOvers } from './use-cases/look-at-hand-overs.ts';
import { objectToItems, signWitness } from './use-cases/object.ts';
import { signIncoming } from './use-cases/sign-incoming.ts';
import { signInPlace, signOutgoing } from './use-cases/sign-outgoing.ts';
import { getHoldings, startHandOver } from './use-cases/start-hand-over.ts';

/** 工作交接: an officer leaves; posts and what is in hand go to the successor on a list that both sign. */
export const handover = defineModule({
  name: 'handover',
  routes: [
    serve(route.listHandOvers, listHandOvers), serve(route.exportHandOvers, exportHandOvers), serve(route.listMyHandOvers, listMyHandOvers), serve(route.getHoldings, getHoldings), serve(route.getHandOver, getHandOver),
    serve(route.postHandOver, startHandOver), serve(route.putOutgoingSignature, signOutgoing), serve(route.putWitnessSignature, signWitness), serve(route.putIncomingSignature, signIncoming), serve(route.putObjections, objectToItems),
    serve(route.postStandInScan, keepScan), serve(route.putStandInSignature, signInPlace), serve(route.downloadScan, downloadScan), serve(route.downloadHandOverPaper, downloadHandOverPaper),
    serve(route.putHandOverCancellation, cancelHandOver), serve(route.putLeaveEnd, endLeave),
  ],
  personalData: handoverPersonalData,
  // Ten past midnight there is ten past four in the afternoon of the queue's clock.
  schedules: [{ name: 'handover-return', cron: '10 16 * * *', run: endLeavesDue }],
});
