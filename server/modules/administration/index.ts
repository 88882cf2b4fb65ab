import * as route from '#contract/administration.ts';
import { defineModule, serve } from '#platform/module.ts';
import { schedules } from './schedules.ts';
import { getAuditEntry, getAuditHead, listAuditEntries, verifyAudit } from './use-cases/audit.ts';
import { listDemoAccounts } from './use-cases/demo-accounts.ts';
import { getWorkingDays, listHolidayNotices, putHolidayNotice } from './use-cases/calendar.ts';
import { addGrant, endGrant, listGrants, listGrantScopes, listRoles } from './use-cases/grants.ts';
import { handOver } from './use-cases/hand-over.ts';
import { getJob, listEventDeliveries, listJobs, replayEvent, replayJob } from './use-cases/jobs.ts';
import { createOrgUnit, listOrgUnits, setOrgUnitStatus, updateOrgUnit } from './use-cases/org-units.ts';
import { changeMyPassword, getMe, listMySessions, revokeMyOtherSessions, revokeMySession, signIn, signOut, switchMyGrant } from './use-cases/own-session.ts';
import { listParameters, listRules, setParameter, withdrawParameter } from './use-cases/parameters.ts';
import { createUser, getUser, listUsers, resetPassword, setUserStatus, updateUser } from './use-cases/users.ts';

/** 用户与运维: sign-in, users and posts, bodies, the audit trail, parameters, the calendar and jobs. */
export const administration = defineModule({
  name: 'administration',
  routes: [
    serve(route.postSession, signIn), serve(route.listDemoAccounts, listDemoAccounts), serve(route.deleteCurrentSession, signOut), serve(route.getMe, getMe), serve(route.putMyPassword, changeMyPassword),
    serve(route.putActiveGrant, switchMyGrant), serve(route.listMySessions, listMySessions), serve(route.deleteMySession, revokeMySession), serve(route.deleteMyOtherSessions, revokeMyOtherSessions),
    serve(route.listUsers, listUsers), serve(route.getUser, getUser), serve(route.postUser, createUser), serve(route.putUser, updateUser),
    serve(route.putUserStatus, setUserStatus), serve(route.postPasswordReset, resetPassword),
    serve(route.listGrants, listGrants), serve(route.listGrantScopes, listGrantScopes), serve(route.postGrant, addGrant), serve(route.putGrantEnd, endGrant), serve(route.postHandOver, handOver), serve(route.listRoles, listRoles),
    serve(route.listOrgUnits, listOrgUnits), serve(route.postOrgUnit, createOrgUnit), serve(route.putOrgUnit, updateOrgUnit), serve(route.putOrgUnitStatus, setOrgUnitStatus),
    serve(route.listAuditEntries, listAuditEntries), serve(route.getAuditEntry, getAuditEntry), serve(route.getAuditHead, getAuditHead), serve(route.postAuditVerification, verifyAudit),
    serve(route.listParameters, listParameters), serve(route.postParameterOverride, setParameter), serve(route.putParameterOverrideWithdrawal, withdrawParameter), serve(route.listRules, listRules),
    serve(route.listHolidayNotices, listHolidayNotices), serve(route.putHolidayNotice, putHolidayNotice), serve(route.getWorkingDays, getWorkingDays),
    serve(route.listJobs, listJobs), serve(route.getJob, getJob), serve(route.postJobReplay, replayJob), serve(route.listEventDeliveries, listEventDeliveries), serve(route.postEventReplay, replayEvent),
  ],
  schedules,
});

export { ensureHolidays } from '#platform/calendar/read.ts';
export { addUser, firstAdministrator, firstCounty, resetUser, type Made, type UserDraft } from './commands.ts';
export { addCounty, type CountyAdded } from './county/add-county.ts';
export { readDivisions, type Division } from './county/read-divisions.ts';
export { sealAll, verdict, verifyAudit } from './use-cases/audit.ts';
