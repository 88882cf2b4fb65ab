import * as route from '#contract/complaint.ts';
import * as letters from '#contract/incoming-letter.ts';
import * as hotline from '#contract/hotline.ts';
import * as statistics from '#contract/complaint-statistics.ts';
import * as overdueRoute from '#contract/complaint-overdue.ts';
import { complaintDuties } from '#domain/complaint/obligations.ts';
import { defineModule, serve } from '#platform/module.ts';
import { hotlineJobs } from './hotline/jobs.ts';
import * as rebound from '#contract/rebound.ts';
import { proposeWhenEscalated } from './agenda.ts';
import { complaintHoldings } from './holdings.ts';
import { open311 } from './open311/door.ts';
import { inheritFiles } from './inherit.ts';
import { complaintPersonalData, complaintRetentions } from './personal-data.ts';
import { judgeAnew } from './judge.ts';
import { resumeWaiting } from './resume.ts';
import { complaintSealed } from './sealed.ts';
import { correctComplaint, revealComplainant } from './use-cases/correct.ts';
import { downloadCaseFile, getCaseFile } from './use-cases/case-file.ts';
import { closeComplaint, followUpComplaint, mergeComplaint, recheckComplaint, reopenComplaint, replyToComplaint, withdrawComplaint } from './use-cases/end.ts';
import { attachToComplaint, downloadComplaintFile } from './use-cases/files.ts';
import { addLetterFacts, bringLetterBack, downloadLetter, exportLetters, listLetters, openLetter, setLetterAside, takeInLetter } from './use-cases/incoming-letters.ts';
import { readLetter } from './use-cases/letter-reading.ts';
import { draftLetter } from './use-cases/letter.ts';
import { assignComplaint, designateHandler, objectToHandling, transferComplaint } from './use-cases/hand-on.ts';
import { askCompany, askInformation, contactComplainant, extendComplaint, giveFeedback, interveneInComplaint, noteComplaint, recordEmergency, takeInformation } from './use-cases/handle.ts';
import { askOrderExtension, sendBackOrder, settleOrderExtension } from './use-cases/hotline-acts.ts';
import { listSettings, recordHeading, recordType, recordWording } from './use-cases/hotline-settings.ts';
import { exportOrders, listOrders } from './use-cases/hotline-orders.ts';
import { exportRates, getRates } from './use-cases/hotline-rates.ts';
import { downloadReturn, exportReturns, listReturns, makeReturn } from './use-cases/hotline-returns.ts';
import { cancelOrders, confirmOrders, downloadOrderFile, exportBatches, getOneBatch, listBatches, uploadOrders } from './use-cases/order-batches.ts';
import { getMapping, pickColumns } from './use-cases/order-mapping.ts';
import { exportRows, listRows, mendRow } from './use-cases/order-rows.ts';
import { getOrder } from './use-cases/order-view.ts';
import { exportAgenda, listAgenda } from './use-cases/agenda-list.ts';
import { getComplaintBoard } from './use-cases/board.ts';
import { listLikeComplaints, listLikenesses, tellApart } from './use-cases/likenesses.ts';
import { exportRebounds, listRebounds } from './use-cases/rebounds.ts';
import { exportRechecks, listRechecks } from './use-cases/rechecks.ts';
import { exportComplaints, getComplaint, listComplaints } from './use-cases/look.ts';
import { exportOverdue, getOverdue, keepOverdue } from './use-cases/overdue.ts';
import { registerComplaint } from './use-cases/receive.ts';
import { listResponsibilities, recordResponsibility } from './use-cases/responsibilities.ts';
import { exportComplaintStatistics, getComplaintStatistics } from './use-cases/statistics.ts';
import { acceptComplaint, refuseComplaint, signComplaint } from './use-cases/take-up.ts';

/** 投诉: received, signed for, accepted or refused, assigned, answered, closed, looked at again; each step with its day. */
export const complaint = defineModule({
  name: 'complaint',
  routes: [
    serve(route.listComplaints, listComplaints), serve(route.exportComplaints, exportComplaints), serve(route.getComplaint, getComplaint), serve(route.postComplaint, registerComplaint), serve(route.postComplaintLetterReading, readLetter), serve(route.listLikeComplaints, listLikeComplaints), serve(route.listLikenesses, listLikenesses), serve(route.postUnlikeness, tellApart),
    serve(route.getComplaintBoard, getComplaintBoard), serve(route.listAgenda, listAgenda), serve(route.exportAgenda, exportAgenda),
    serve(rebound.listRebounds, listRebounds), serve(rebound.exportRebounds, exportRebounds), serve(rebound.listRechecks, listRechecks), serve(rebound.exportRechecks, exportRechecks),
    serve(route.putSigning, signComplaint), serve(route.putAcceptance, acceptComplaint), serve(route.putRefusal, refuseComplaint),
    serve(route.putAssignment, assignComplaint), serve(route.putTransfer, transferComplaint), serve(route.putObjection, objectToHandling), serve(route.putDesignation, designateHandler),
    serve(route.putContact, contactComplainant), serve(route.putIntervention, interveneInComplaint), serve(route.putEmergency, recordEmergency), serve(route.putInformationRequest, askInformation), serve(route.putInformation, takeInformation), serve(route.putExtension, extendComplaint), serve(route.putNote, noteComplaint), serve(route.putCompanyRequest, askCompany), serve(route.putFeedback, giveFeedback),
    serve(route.putReply, replyToComplaint), serve(route.putClosure, closeComplaint), serve(route.putFollowUp, followUpComplaint), serve(route.putRecheck, recheckComplaint), serve(route.putReopening, reopenComplaint), serve(route.putWithdrawal, withdrawComplaint), serve(route.putMerger, mergeComplaint), serve(route.putCorrection, correctComplaint), serve(route.revealComplainant, revealComplainant),
    serve(route.postComplaintFile, attachToComplaint), serve(route.downloadComplaintFile, downloadComplaintFile), serve(route.postComplaintLetter, draftLetter), serve(route.getCaseFile, getCaseFile), serve(route.downloadCaseFile, downloadCaseFile),
    serve(letters.listIncomingLetters, listLetters), serve(letters.exportIncomingLetters, exportLetters), serve(letters.postIncomingLetter, takeInLetter), serve(letters.postIncomingLetterReading, openLetter), serve(letters.putIncomingLetterAside, setLetterAside), serve(letters.putIncomingLetterBack, bringLetterBack), serve(letters.postIncomingLetterFacts, addLetterFacts), serve(letters.downloadIncomingLetter, downloadLetter),
    serve(hotline.postOrderBatch, uploadOrders), serve(hotline.listOrderBatches, listBatches), serve(hotline.exportOrderBatches, exportBatches), serve(hotline.getOrderBatch, getOneBatch), serve(hotline.listOrderRows, listRows), serve(hotline.patchOrderRow, mendRow), serve(hotline.exportOrderRows, exportRows), serve(hotline.getOrderFile, downloadOrderFile), serve(hotline.getOrderMapping, getMapping), serve(hotline.putOrderMapping, pickColumns), serve(hotline.postOrderConfirmation, confirmOrders), serve(hotline.deleteOrderBatch, cancelOrders),
    serve(hotline.getHotlineOrder, getOrder), serve(hotline.putSendBack, sendBackOrder), serve(hotline.putExtensionRequest, askOrderExtension), serve(hotline.putExtensionAnswer, settleOrderExtension), serve(hotline.listHotlineSettings, listSettings), serve(hotline.postHotlineType, recordType), serve(hotline.postHotlineWording, recordWording), serve(hotline.postHotlineHeading, recordHeading), serve(hotline.listHotlineOrders, listOrders), serve(hotline.exportHotlineOrders, exportOrders), serve(hotline.getHotlineRates, getRates), serve(hotline.exportHotlineRates, exportRates),
    serve(hotline.listHotlineReturns, listReturns), serve(hotline.exportHotlineReturns, exportReturns), serve(hotline.postHotlineReturn, makeReturn), serve(hotline.downloadHotlineReturn, downloadReturn),
    serve(statistics.getComplaintStatistics, getComplaintStatistics), serve(statistics.exportComplaintStatistics, exportComplaintStatistics), serve(route.listResponsibilities, listResponsibilities), serve(route.postResponsibility, recordResponsibility),
    serve(overdueRoute.getOverdue, getOverdue), serve(overdueRoute.exportOverdue, exportOverdue), serve(overdueRoute.postOverdueReading, keepOverdue),
  ],
  jobs: hotlineJobs,
  duties: complaintDuties,
  on: { 'obligation.overdue': judgeAnew, 'obligation.moved': judgeAnew, 'registry.org-unit-merged': inheritFiles, 'obligation.escalated': proposeWhenEscalated },
  // A quarter past each hour: a county's day begins at sixteen o'clock of the queue's clock.
  schedules: [{ name: 'complaint-resume', cron: '15 * * * *', run: resumeWaiting }],
  holdings: complaintHoldings,
  personalData: complaintPersonalData,
  sealed: complaintSealed,
  doors: [open311],
  retentions: complaintRetentions,
});

export { addFacts, complaintByReceipt, confirmAnswer, disputeAnswer, type ByReceipt, type ReceiptView } from './door.ts';
export { unusedNumbers } from './numbering.ts';
export { recountComplaints } from './recount.ts';
export { frozenOverdue, type FrozenOverdue } from './overdue.ts';
export { complaintsOfPhone, receiptOfPhone, type OwnComplaint } from './own.ts';
export { receiveComplaint, type Receipt, type Received } from './receive.ts';
