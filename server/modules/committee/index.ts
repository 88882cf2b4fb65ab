import * as route from '#contract/committee.ts';
import { defineModule, serve } from '#platform/module.ts';
import { createCommittee, getCommittee, listCommittees, updateCommittee, updateMembers } from './use-cases/committees.ts';

/** 业主组织: a first thin committee with its members and term. */
export const committee = defineModule({
  name: 'committee',
  routes: [
    serve(route.listCommittees, listCommittees), serve(route.getCommittee, getCommittee), serve(route.postCommittee, createCommittee),
    serve(route.putCommittee, updateCommittee), serve(route.putMembers, updateMembers),
  ],
});

export { bulkWriteCommittees, committeeIndex, undoCommittees, type CommitteeEntry, type CommitteeWrite } from './bulk.ts';
export { committeeScoped } from './scoped.ts';
export { committeesAt, membersAt, standingCommittee, type CommitteeAt } from './read.ts';
