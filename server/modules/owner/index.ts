import * as route from '#contract/owner.ts';
import { defineModule, serve } from '#platform/module.ts';
import { ownerPersonalData } from './personal-data.ts';
import { ownerRetentions } from './retentions.ts';
import { ownerSealed } from './sealed.ts';
import { askCode } from './use-cases/ask-code.ts';
import { fileComplaint } from './use-cases/file-complaint.ts';
import { addReceiptFacts, confirmReceipt, disputeReceipt, openReceipt } from './use-cases/follow-complaint.ts';
import { listDemoTexts } from './use-cases/list-demo-texts.ts';
import { findEstates, lookAtEstate } from './use-cases/look-at-estate.ts';
import { printPosters } from './use-cases/print-posters.ts';

/** 业主端: what owners reach from their phones without an account, and the posters that lead there. */
export const owner = defineModule({
  name: 'owner',
  routes: [
    serve(route.findEstates, findEstates), serve(route.lookAtEstate, lookAtEstate), serve(route.printPosters, printPosters), serve(route.askCode, askCode), serve(route.listDemoTexts, listDemoTexts),
    serve(route.fileComplaint, fileComplaint), serve(route.openReceipt, openReceipt), serve(route.addReceiptFacts, addReceiptFacts), serve(route.confirmReceipt, confirmReceipt), serve(route.disputeReceipt, disputeReceipt),
  ],
  personalData: ownerPersonalData,
  retentions: ownerRetentions,
  sealed: ownerSealed,
});
