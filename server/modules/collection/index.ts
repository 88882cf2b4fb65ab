import * as route from '#contract/collection.ts';
import { answerCollection } from '#domain/collection/obligations.ts';
import { defineModule, serve } from '#platform/module.ts';
import { collectionSealed } from './sealed.ts';
import { keepPartsTimed } from './end-parts.ts';
import { collectionHoldings } from './holdings.ts';
import { collectionPersonalData } from './personal-data.ts';
import { collectionRetentions } from './retentions.ts';
import { decide, exportBoard, getBoard, sendBack } from './use-cases/board.ts';
import { copyCollection, draftCollection, editCollection } from './use-cases/draft.ts';
import { downloadPart, uploadPart, uploadReturned } from './use-cases/files.ts';
import { handInAnswer, saveAnswer, takeBackAnswer } from './use-cases/fill.ts';
import { answerLink, makePartLink, openPartLink, revokePartLinks } from './use-cases/links.ts';
import { exportCollections, exportParts, getKnowledge, getOneCollection, getOnePart, getRecipients, listCollections, listParts } from './use-cases/look.ts';
import { chaseCollection, closeCollection, issueCollection, withdrawCollection } from './use-cases/send-down.ts';
import { getDifferences, updateRegistry } from './use-cases/update-registry.ts';

/** 采集任务: a few columns asked of chosen bodies, prefilled, answered three ways, merged, and taken over into the books after a look. */
export const collection = defineModule({
  name: 'collection',
  routes: [
    serve(route.listCollections, listCollections), serve(route.exportCollections, exportCollections), serve(route.postCollection, draftCollection), serve(route.getCollection, getOneCollection), serve(route.putCollection, editCollection),
    serve(route.issueCollection, issueCollection), serve(route.withdrawCollection, withdrawCollection), serve(route.closeCollection, closeCollection), serve(route.copyCollection, copyCollection), serve(route.getCollectionKnowledge, getKnowledge), serve(route.getCollectionRecipients, getRecipients),
    serve(route.getCollectionBoard, getBoard), serve(route.exportCollectionBoard, exportBoard), serve(route.decideCollection, decide), serve(route.sendBackPart, sendBack), serve(route.chaseCollection, chaseCollection), serve(route.postReturnedFiles, uploadReturned),
    serve(route.postCollectionLink, makePartLink), serve(route.revokeCollectionLinks, revokePartLinks), serve(route.openCollectionLink, openPartLink), serve(route.answerCollectionLink, answerLink),
    serve(route.getCollectionDifferences, getDifferences), serve(route.updateFromCollection, updateRegistry),
    serve(route.listCollectionParts, listParts), serve(route.exportCollectionParts, exportParts), serve(route.getCollectionPart, getOnePart), serve(route.saveCollectionAnswer, saveAnswer), serve(route.handInCollectionAnswer, handInAnswer), serve(route.takeBackCollectionAnswer, takeBackAnswer),
    serve(route.getCollectionFile, downloadPart), serve(route.postCollectionFile, uploadPart),
  ],
  duties: [answerCollection],
  // An hour after midnight, when the day before is over.
  schedules: [{ name: 'collection.keep-parts-timed', cron: '0 17 * * *', run: keepPartsTimed }],
  holdings: collectionHoldings,
  retentions: collectionRetentions,
  personalData: collectionPersonalData,
  sealed: collectionSealed,
});
