import * as route from '#contract/publication.ts';
import { defineModule, serve } from '#platform/module.ts';
import { publicationSealed } from './sealed.ts';
import { answerSighting } from './use-cases/answer-sighting.ts';
import { attachFile, downloadFile, removeFile } from './use-cases/attach-file.ts';
import { discardPublication, draftPublication, editPublication } from './use-cases/draft-publication.ts';
import { publicationHoldings } from './holdings.ts';
import { publicationPersonalData } from './personal-data.ts';
import { publicationRetentions } from './retentions.ts';
import { renderItem } from './page/item-page.ts';
import { renderList } from './page/list-page.ts';
import { expirePublications } from './use-cases/expire-publications.ts';
import { exportPublications, getPublication, getPublicationTurns, listPublications } from './use-cases/look-at-publications.ts';
import { issuePublication, returnIssuance, returnReview, reviewPublication, submitPublication, withdrawPublication } from './use-cases/pass-on.ts';
import { downloadPublicFile, getPublicFeed, getPublicItem, listPublicItems, listPublicPlaces } from './use-cases/public-page.ts';
import { getPublicationStart } from './use-cases/start-publication.ts';

/** 公开发布: drafted, reviewed, issued, withdrawn; the only way anything reaches the public page. */
export const publication = defineModule({
  name: 'publication',
  routes: [
    serve(route.listPublications, listPublications), serve(route.exportPublications, exportPublications), serve(route.getPublicationTurns, getPublicationTurns), serve(route.getPublicationStart, getPublicationStart), serve(route.getPublication, getPublication),
    serve(route.postPublication, draftPublication), serve(route.putPublication, editPublication), serve(route.putDiscard, discardPublication),
    serve(route.postPublicationFile, attachFile), serve(route.putFileRemoval, removeFile), serve(route.downloadPublicationFile, downloadFile), serve(route.putSightingAnswer, answerSighting),
    serve(route.putReviewRequest, submitPublication), serve(route.putReview, reviewPublication), serve(route.putReviewReturn, returnReview), serve(route.putIssuance, issuePublication), serve(route.putIssuanceReturn, returnIssuance), serve(route.putWithdrawal, withdrawPublication),
    serve(route.listPublicItems, listPublicItems), serve(route.getPublicItem, getPublicItem), serve(route.downloadPublicFile, downloadPublicFile), serve(route.listPublicPlaces, listPublicPlaces), serve(route.getPublicFeed, getPublicFeed),
  ],
  holdings: publicationHoldings,
  personalData: publicationPersonalData,
  sealed: publicationSealed,
  retentions: publicationRetentions,
  pages: [{ path: '/public', render: renderList }, { path: '/public/:publicId', render: renderItem }],
  // Every hour at seven past: a county's day begins at sixteen o'clock of the queue's clock.
  schedules: [{ name: 'publication-expire', cron: '7 * * * *', run: expirePublications }],
});

export { publishedNear, type Near } from './near.ts';
