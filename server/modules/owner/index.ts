import * as route from '#contract/owner.ts';
import * as bindingRoute from '#contract/owner-binding.ts';
import { confirmBinding as confirmBindingDuty } from '#domain/owner/obligations.ts';
import { defineModule, serve } from '#platform/module.ts';
import { endAfterTransfer, endPastOwnerships } from './ownership-ended.ts';
import { ownerPersonalData } from './personal-data.ts';
import { ownerRetentions } from './retentions.ts';
import { ownerSealed } from './sealed.ts';
import { confirmBinding, endBinding, exportBindings, listBindings, refuseBinding, revealName } from './use-cases/decide-binding.ts';
import { askCode } from './use-cases/ask-code.ts';
import { bindHome, endOwnBinding } from './use-cases/bind-home.ts';
import { fileComplaint } from './use-cases/file-complaint.ts';
import { addReceiptFacts, confirmReceipt, disputeReceipt, openReceipt } from './use-cases/follow-complaint.ts';
import { listDemoTexts } from './use-cases/list-demo-texts.ts';
import { getMine, openOwnReceipt } from './use-cases/look-at-mine.ts';
import { signInOwner, signOutOwner } from './use-cases/sign-in-owner.ts';
import { findEstates, lookAtEstate } from './use-cases/look-at-estate.ts';
import { getPrivacyPeriods } from './use-cases/privacy-periods.ts';
import { printPosters } from './use-cases/print-posters.ts';

/** 业主端: what owners reach from their phones without an account, and the posters that lead there. */
export const owner = defineModule({
  name: 'owner',
  routes: [
    serve(route.findEstates, findEstates), serve(route.lookAtEstate, lookAtEstate), serve(route.printPosters, printPosters), serve(route.askCode, askCode), serve(route.listDemoTexts, listDemoTexts),
    serve(route.fileComplaint, fileComplaint), serve(route.openReceipt, openReceipt), serve(route.addReceiptFacts, addReceiptFacts), serve(route.confirmReceipt, confirmReceipt), serve(route.disputeReceipt, disputeReceipt),
    serve(bindingRoute.postOwnerSession, signInOwner), serve(bindingRoute.endOwnerSession, signOutOwner), serve(bindingRoute.getMine, getMine), serve(bindingRoute.postOwnReceipt, openOwnReceipt), serve(bindingRoute.postBinding, bindHome), serve(bindingRoute.endOwnBinding, endOwnBinding),
    serve(bindingRoute.getPrivacyPeriods, getPrivacyPeriods), serve(bindingRoute.listBindings, listBindings), serve(bindingRoute.exportBindings, exportBindings), serve(bindingRoute.confirmBinding, confirmBinding), serve(bindingRoute.refuseBinding, refuseBinding), serve(bindingRoute.endBinding, endBinding), serve(bindingRoute.revealBindingName, revealName),
  ],
  duties: [confirmBindingDuty],
  on: { 'registry.ownership-changed': endAfterTransfer },
  // Twenty past each hour: a county's day begins at sixteen o'clock of the queue's clock.
  schedules: [{ name: 'owner-bindings', cron: '20 * * * *', run: endPastOwnerships }],
  personalData: ownerPersonalData,
  retentions: ownerRetentions,
  sealed: ownerSealed,
});
