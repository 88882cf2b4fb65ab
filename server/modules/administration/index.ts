import * as apiKey from '#contract/administration/api-key.ts';
import * as accountLink from '#contract/administration/account-link.ts';
import * as audit from '#contract/administration/audit.ts';
import * as calendar from '#contract/administration/calendar.ts';
import * as grant from '#contract/administration/grant.ts';
import * as job from '#contract/administration/job.ts';
import * as oidc from '#contract/administration/oidc.ts';
import * as orgUnit from '#contract/administration/org-unit.ts';
import * as parameter from '#contract/administration/parameter.ts';
import * as secondFactor from '#contract/administration/second-factor.ts';
import * as session from '#contract/administration/session.ts';
import * as signInRecord from '#contract/administration/sign-in.ts';
import * as user from '#contract/administration/user.ts';
import { defineModule, serve } from '#platform/module.ts';
import { administrationSealed } from './sealed.ts';
import { administrationHoldings } from './holdings.ts';
import { administrationPersonalData } from './personal-data.ts';
import { administrationRetentions } from './retentions.ts';
import { schedules } from './schedules.ts';
import { createApiKey, giveApiKey, listApiKeys, revokeApiKey, rotateApiKey } from './use-cases/api-keys.ts';
import { getAuditEntry, getAuditHead, listAuditEntries, verifyAudit } from './use-cases/audit.ts';
import { listDemoAccounts } from './use-cases/demo-accounts.ts';
import { getWorkingDays, listHolidayNotices, putHolidayNotice } from './use-cases/calendar.ts';
import { exportApiKeys } from './use-cases/exports/export-api-keys.ts';
import { exportAuditEntries } from './use-cases/exports/export-audit-entries.ts';
import { exportHolidays } from './use-cases/exports/export-holidays.ts';
import { exportEventDeliveries, exportJobs } from './use-cases/exports/export-jobs.ts';
import { exportOrgUnits } from './use-cases/exports/export-org-units.ts';
import { exportParameters, exportRules } from './use-cases/exports/export-parameters.ts';
import { exportAccountLinks } from './use-cases/exports/export-account-links.ts';
import { exportMySignIns, exportSignIns } from './use-cases/exports/export-sign-ins.ts';
import { exportUsers } from './use-cases/exports/export-users.ts';
import { addGrant, endGrant, listGrants, listGrantScopes, listRoles } from './use-cases/grants.ts';
import { getJob, listEventDeliveries, listJobs, replayEvent, replayJob } from './use-cases/jobs.ts';
import { takeAnswer } from './use-cases/oidc/answer.ts';
import { takeCode } from './use-cases/oidc/enter.ts';
import { beginBinding, beginSignIn, getOidc } from './use-cases/oidc/begin.ts';
import { exportBindings, listBindings } from './use-cases/oidc/list-bindings.ts';
import { addUserBinding, endMyBinding, endUserBinding, listMyBindings, listUserBindings } from './use-cases/oidc/bindings.ts';
import { createOrgUnit } from './use-cases/create-org-unit.ts';
import { listOrgUnits } from './use-cases/list-org-units.ts';
import { setOrgUnitStatus } from './use-cases/set-org-unit-status.ts';
import { updateOrgUnit } from './use-cases/update-org-unit.ts';
import { changeMyPassword, getMe, listMySessions, revokeMyOtherSessions, revokeMySession, signIn, signOut, switchMyGrant } from './use-cases/own-session.ts';
import { listParameters, listRules, setParameter, withdrawParameter } from './use-cases/parameters.ts';
import { endUserSessions, inviteUser, removeUserTotp, renewInvitation, revokeAccountLinks, sendResetLink } from './use-cases/account-links.ts';
import { listAccountLinks } from './use-cases/list-account-links.ts';
import { mailAccountLink } from './use-cases/mail-account-link.ts';
import { openAccountLink, setPasswordByLink } from './use-cases/open-account-link.ts';
import { beginTotp, confirmTotp, getMyTotp, removeTotp, renewMyRecoveryCodes } from './use-cases/second-factor.ts';
import { listMySignIns, listSignIns } from './use-cases/sign-ins.ts';
import { createUser, getUser, listUsers, resetPassword, setUserStatus, updateUser } from './use-cases/users.ts';
import { whoami } from './use-cases/whoami.ts';

/** 用户与运维: sign-in, users and posts, bodies, the audit trail, parameters, the calendar and jobs. */
export const administration = defineModule({
  name: 'administration',
  routes: [
    serve(session.postSession, signIn), serve(session.listDemoAccounts, listDemoAccounts), serve(session.deleteCurrentSession, signOut), serve(session.getMe, getMe), serve(session.putMyPassword, changeMyPassword),
    serve(session.putActiveGrant, switchMyGrant), serve(session.listMySessions, listMySessions), serve(session.deleteMySession, revokeMySession), serve(session.deleteMyOtherSessions, revokeMyOtherSessions),
    serve(secondFactor.getMyTotp, getMyTotp), serve(secondFactor.postMyTotp, beginTotp), serve(secondFactor.postMyTotpConfirmation, confirmTotp), serve(secondFactor.postMyTotpRemoval, removeTotp), serve(secondFactor.postMyRecoveryCodes, renewMyRecoveryCodes),
    serve(signInRecord.listMySignIns, listMySignIns), serve(signInRecord.exportMySignIns, exportMySignIns), serve(signInRecord.listSignIns, listSignIns), serve(signInRecord.exportSignIns, exportSignIns),
    serve(accountLink.listAccountLinks, listAccountLinks), serve(accountLink.exportAccountLinks, exportAccountLinks), serve(accountLink.postInvitation, inviteUser), serve(accountLink.postRenewedInvitation, renewInvitation), serve(accountLink.postResetLink, sendResetLink),
    serve(accountLink.postLinkRevocation, revokeAccountLinks), serve(accountLink.postTotpRemoval, removeUserTotp), serve(accountLink.postSessionRevocation, endUserSessions), serve(accountLink.postLinkOpening, openAccountLink), serve(accountLink.postLinkPassword, setPasswordByLink), serve(accountLink.postLinkLetter, mailAccountLink),
    serve(user.listUsers, listUsers), serve(user.exportUsers, exportUsers), serve(user.getUser, getUser), serve(user.postUser, createUser), serve(user.putUser, updateUser),
    serve(user.putUserStatus, setUserStatus), serve(user.postPasswordReset, resetPassword),
    serve(grant.listGrants, listGrants), serve(grant.listGrantScopes, listGrantScopes), serve(grant.postGrant, addGrant), serve(grant.putGrantEnd, endGrant), serve(grant.listRoles, listRoles),
    serve(orgUnit.listOrgUnits, listOrgUnits), serve(orgUnit.exportOrgUnits, exportOrgUnits), serve(orgUnit.postOrgUnit, createOrgUnit), serve(orgUnit.putOrgUnit, updateOrgUnit), serve(orgUnit.putOrgUnitStatus, setOrgUnitStatus),
    serve(audit.listAuditEntries, listAuditEntries), serve(audit.exportAuditEntries, exportAuditEntries), serve(audit.getAuditEntry, getAuditEntry), serve(audit.getAuditHead, getAuditHead), serve(audit.postAuditVerification, verifyAudit),
    serve(parameter.listParameters, listParameters), serve(parameter.exportParameters, exportParameters), serve(parameter.postParameterOverride, setParameter), serve(parameter.putParameterOverrideWithdrawal, withdrawParameter), serve(parameter.listRules, listRules), serve(parameter.exportRules, exportRules),
    serve(calendar.listHolidayNotices, listHolidayNotices), serve(calendar.exportHolidays, exportHolidays), serve(calendar.putHolidayNotice, putHolidayNotice), serve(calendar.getWorkingDays, getWorkingDays),
    serve(job.listJobs, listJobs), serve(job.exportJobs, exportJobs), serve(job.getJob, getJob), serve(job.postJobReplay, replayJob), serve(job.listEventDeliveries, listEventDeliveries), serve(job.exportEventDeliveries, exportEventDeliveries), serve(job.postEventReplay, replayEvent),
    serve(apiKey.listApiKeys, listApiKeys), serve(apiKey.exportApiKeys, exportApiKeys), serve(apiKey.postApiKey, createApiKey), serve(apiKey.postApiKeyRotation, rotateApiKey), serve(apiKey.putApiKeyRevocation, revokeApiKey), serve(apiKey.putApiKeyHolder, giveApiKey), serve(apiKey.getWhoami, whoami),
    serve(oidc.getOidc, getOidc), serve(oidc.postOidcAuthorization, beginSignIn), serve(oidc.postOidcAnswer, takeAnswer), serve(oidc.postOidcCode, takeCode), serve(oidc.listMyOidcBindings, listMyBindings), serve(oidc.postMyOidcBinding, beginBinding), serve(oidc.deleteMyOidcBinding, endMyBinding),
    serve(oidc.listUserOidcBindings, listUserBindings), serve(oidc.postUserOidcBinding, addUserBinding), serve(oidc.putUserOidcBindingEnd, endUserBinding), serve(oidc.listOidcBindings, listBindings), serve(oidc.exportOidcBindings, exportBindings),
  ],
  schedules,
  holdings: administrationHoldings,
  retentions: administrationRetentions,
  personalData: administrationPersonalData,
  sealed: administrationSealed,
});

export { ensureHolidays } from '#platform/calendar/read.ts';
export { addUser, firstAdministrator, firstCounty, inviteByCommand, inviteByMail, resetByLink, resetByMail, resetUser, totpOff, type Made, type MadeLink, type MailedLink, type UserDraft } from './commands.ts';
export { addCounty, type CountyAdded } from './county/add-county.ts';
export { readDivisions, type Division } from './county/read-divisions.ts';
export { insertGrant } from './give-grant.ts';
export { currentGrants, presentGrants, securityAdministratorsLeft, type GrantOut } from './store/grants.ts';
export { lockUser } from './store/users.ts';
export { setDisabled } from './use-cases/users.ts';
export { sealAll, verdict, verifyAudit } from './use-cases/audit.ts';
