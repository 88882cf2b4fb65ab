import { defineModule } from '#platform/module.ts';

/** 业主组织: a first thin committee with its members and term. */
export const committee = defineModule({ name: 'committee', routes: [] });

export { bulkWriteCommittees, committeeIndex, undoCommittees, type CommitteeEntry, type CommitteeWrite } from './bulk.ts';
export { committeeScoped } from './scoped.ts';
export { committeesAt, standingCommittee, type CommitteeAt } from './read.ts';
