import * as route from '#contract/paper.ts';
import { defineModule, serve } from '#platform/module.ts';
import { paperHoldings } from './holdings.ts';
import { paperPersonalData } from './personal-data.ts';
import { cancelPaper, discardPaper } from './use-cases/cancel-paper.ts';
import { downloadPdf, downloadWord } from './use-cases/download-paper.ts';
import { draftPaper, editPaper } from './use-cases/draft-paper.ts';
import { issuePaper } from './use-cases/issue-paper.ts';
import { addIssuerCode, listIssuerCodes, listNumberRegisters } from './use-cases/issuer-codes.ts';
import { exportPapers, getPaper, listPapers } from './use-cases/list-papers.ts';
import { getPaperStart } from './use-cases/start-paper.ts';
import { verifyPaper } from './use-cases/verify-paper.ts';

/** 文书: drafted, issued with a number, cancelled; drawn as PDF and Word; checked by anybody. */
export const paper = defineModule({
  name: 'paper',
  routes: [
    serve(route.listPapers, listPapers), serve(route.exportPapers, exportPapers), serve(route.getPaperStart, getPaperStart), serve(route.getPaper, getPaper),
    serve(route.downloadPdf, downloadPdf), serve(route.downloadWord, downloadWord),
    serve(route.postTransferLetter, draftPaper('transfer-letter')), serve(route.putTransferLetter, editPaper('transfer-letter')),
    serve(route.postNotice, draftPaper('notice')), serve(route.putNotice, editPaper('notice')),
    serve(route.postHandOverList, draftPaper('hand-over-list')), serve(route.putHandOverList, editPaper('hand-over-list')),
    serve(route.postPublicNotice, draftPaper('public-notice')), serve(route.putPublicNotice, editPaper('public-notice')),
    serve(route.postRequest, draftPaper('request')), serve(route.putRequest, editPaper('request')),
    serve(route.postReport, draftPaper('report')), serve(route.putReport, editPaper('report')),
    serve(route.putIssuance, issuePaper), serve(route.putCancellation, cancelPaper), serve(route.putDiscard, discardPaper),
    serve(route.listIssuerCodes, listIssuerCodes), serve(route.postIssuerCode, addIssuerCode), serve(route.listNumberRegisters, listNumberRegisters),
    serve(route.verifyPaper, verifyPaper),
  ],
  holdings: paperHoldings,
  personalData: paperPersonalData,
});

export { downloadPdf as downloadPaperPdf } from './use-cases/download-paper.ts';
export { draftTransferLetter } from './use-cases/draft-paper.ts';
export { issueHandOverList } from './use-cases/issue-hand-over-list.ts';
export { frozenPaper, type FrozenPaper } from './frozen.ts';
export { issuerOf, NO_ISSUER, type Issuer } from './issuer.ts';
