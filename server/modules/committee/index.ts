import * as route from '#contract/committee.ts';
import { renewTerm } from '#domain/committee/obligations.ts';
import { defineModule, serve } from '#platform/module.ts';
import { committeeSealed } from './sealed.ts';
import { committeePersonalData, committeeRetentions } from './personal-data.ts';
import { keepTermsTimed } from './tell-terms.ts';
import { archiveCommittee } from './use-cases/archive-committee.ts';
import { exportCommittees } from './use-cases/export-committees.ts';
import { getCommittee, listCommittees } from './use-cases/list-committees.ts';
import { createCommittee, updateCommittee } from './use-cases/record-committee.ts';
import { updateMembers } from './use-cases/update-members.ts';

/** 业主组织: a first thin committee with its members and term. */
export const committee = defineModule({
  name: 'committee',
  routes: [
    serve(route.listCommittees, listCommittees), serve(route.exportCommittees, exportCommittees), serve(route.getCommittee, getCommittee), serve(route.postCommittee, createCommittee),
    serve(route.putCommittee, updateCommittee), serve(route.putMembers, updateMembers), serve(route.archiveCommittee, archiveCommittee),
  ],
  duties: [renewTerm],
  // An hour after midnight; what came by a ledger in the day gets its time limit then.
  schedules: [{ name: 'committee.keep-terms-timed', cron: '5 17 * * *', run: keepTermsTimed }],
  retentions: committeeRetentions,
  personalData: committeePersonalData,
  sealed: committeeSealed,
});

export { bulkWriteCommittees, committeeIndex, undoCommittees, type CommitteeEntry, type CommitteeWrite } from './bulk.ts';
export { committeeIds } from './store.ts';
export { committeeScoped } from './scoped.ts';
export { committeesAt, committeeTermsAt, membersAt, standingCommittee, type CommitteeAt } from './read.ts';
