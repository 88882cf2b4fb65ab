import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import { Crashed, Missing } from './Missing.tsx';
import { Shell } from './Shell.tsx';
import { SignInPage } from '#web/features/administration/SignInPage.tsx';

const root = createRootRoute({ notFoundComponent: Missing, errorComponent: Crashed });
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

/** One page behind the shell, fetched when first opened. */
function page<M extends Record<K, RouteComponent>, K extends keyof M & string>(path: string, load: () => Promise<M>, name: K) {
  return createRoute({ getParentRoute: () => shell, path, component: lazyRouteComponent(load, name) });
}

const registry = [
  page('/estates', () => import('#web/features/registry/estate/EstateListPage.tsx'), 'EstateListPage'),
  page('/estates/new', () => import('#web/features/registry/estate/EstateNewPage.tsx'), 'EstateNewPage'),
  page('/estates/$estateId', () => import('#web/features/registry/estate/EstatePage.tsx'), 'EstatePage'),
  page('/estates/$estateId/edit', () => import('#web/features/registry/estate/EstateEditPage.tsx'), 'EstateEditPage'),
  page('/estates/$estateId/sheet', () => import('#web/features/registry/sheet/EstateSheetPage.tsx'), 'EstateSheetPage'),
  page('/estates/$estateId/units', () => import('#web/features/registry/unit/EstateUnitsPage.tsx'), 'EstateUnitsPage'),
  page('/estates/$estateId/buildings', () => import('#web/features/registry/unit/EstateBuildingsPage.tsx'), 'EstateBuildingsPage'),
  page('/estates/$estateId/posters', () => import('#web/features/owner/EstatePostersPage.tsx'), 'EstatePostersPage'),
  page('/buildings/$buildingId', () => import('#web/features/registry/unit/BuildingPage.tsx'), 'BuildingPage'),
  page('/estates/$estateId/units/new', () => import('#web/features/registry/unit/UnitNewPage.tsx'), 'UnitNewPage'),
  page('/estates/$estateId/owners', () => import('#web/features/registry/owner/EstateOwnersPage.tsx'), 'EstateOwnersPage'),
  page('/companies', () => import('#web/features/registry/company/CompanyListPage.tsx'), 'CompanyListPage'),
  page('/companies/new', () => import('#web/features/registry/company/CompanyNewPage.tsx'), 'CompanyNewPage'),
  page('/companies/$companyId', () => import('#web/features/registry/company/CompanyPage.tsx'), 'CompanyPage'),
  page('/companies/$companyId/edit', () => import('#web/features/registry/company/CompanyEditPage.tsx'), 'CompanyEditPage'),
  page('/companies/$companyId/sheet', () => import('#web/features/registry/sheet/CompanySheetPage.tsx'), 'CompanySheetPage'),
  page('/practitioners', () => import('#web/features/registry/practitioner/PractitionerListPage.tsx'), 'PractitionerListPage'),
  page('/practitioners/new', () => import('#web/features/registry/practitioner/PractitionerNewPage.tsx'), 'PractitionerNewPage'),
  page('/practitioners/$practitionerId', () => import('#web/features/registry/practitioner/PractitionerPage.tsx'), 'PractitionerPage'),
  page('/practitioners/$practitionerId/edit', () => import('#web/features/registry/practitioner/PractitionerEditPage.tsx'), 'PractitionerEditPage'),
  page('/units', () => import('#web/features/registry/unit/UnitListPage.tsx'), 'UnitListPage'),
  page('/units/$unitId', () => import('#web/features/registry/unit/UnitPage.tsx'), 'UnitPage'),
  page('/units/$unitId/edit', () => import('#web/features/registry/unit/UnitEditPage.tsx'), 'UnitEditPage'),
  page('/owner-bindings', () => import('#web/features/owner/BindingsPage.tsx'), 'BindingsPage'),
  page('/owners', () => import('#web/features/registry/owner/OwnerListPage.tsx'), 'OwnerListPage'),
  page('/owners/$ownerId', () => import('#web/features/registry/owner/OwnerPage.tsx'), 'OwnerPage'),
  page('/owners/$ownerId/edit', () => import('#web/features/registry/owner/OwnerEditPage.tsx'), 'OwnerEditPage'),
  page('/service-contracts', () => import('#web/features/registry/contract/ContractListPage.tsx'), 'ContractListPage'),
  page('/service-contracts/$contractId', () => import('#web/features/registry/contract/ContractPage.tsx'), 'ContractPage'),
  page('/townships', () => import('#web/features/registry/sheet/TownshipListPage.tsx'), 'TownshipListPage'),
  page('/townships/$townshipId/sheet', () => import('#web/features/registry/sheet/TownshipSheetPage.tsx'), 'TownshipSheetPage'),
  page('/directory', () => import('#web/features/registry/directory/DirectoryPage.tsx'), 'DirectoryPage'),
  page('/quality', () => import('#web/features/registry/quality/QualityPage.tsx'), 'QualityPage'),
];

const others = [
  page('/', () => import('#web/features/home/HomePage.tsx'), 'HomePage'),
  page('/obligations', () => import('#web/features/obligation/ObligationListPage.tsx'), 'ObligationListPage'),
  page('/endings', () => import('#web/features/obligation/EndingListPage.tsx'), 'EndingListPage'),
  page('/obligations/outlook', () => import('#web/features/obligation/ObligationOutlookPage.tsx'), 'ObligationOutlookPage'),
  page('/obligations/$obligationId', () => import('#web/features/obligation/ObligationPage.tsx'), 'ObligationPage'),
  page('/me/password', () => import('#web/features/administration/PasswordPage.tsx'), 'PasswordPage'),
  page('/me/sessions', () => import('#web/features/administration/SessionsPage.tsx'), 'SessionsPage'),
  page('/notices', () => import('#web/features/notice/NoticeListPage.tsx'), 'NoticeListPage'),
  page('/me/notice-choice', () => import('#web/features/notice/ChoicePage.tsx'), 'ChoicePage'),
  page('/notice-channels', () => import('#web/features/notice/ChannelsPage.tsx'), 'ChannelsPage'),
  page('/demo-texts', () => import('#web/features/owner/DemoTextListPage.tsx'), 'DemoTextListPage'),
  page('/notice-deliveries', () => import('#web/features/notice/DeliveryListPage.tsx'), 'DeliveryListPage'),
  page('/me/totp', () => import('#web/features/administration/TotpPage.tsx'), 'TotpPage'),
  page('/sign-ins', () => import('#web/features/administration/SignInsPage.tsx'), 'SignInsPage'),
  page('/committees', () => import('#web/features/committee/CommitteeListPage.tsx'), 'CommitteeListPage'),
  page('/committees/$committeeId', () => import('#web/features/committee/CommitteePage.tsx'), 'CommitteePage'),
  page('/formation', () => import('#web/features/target/FormationPage.tsx'), 'FormationPage'),
  page('/formation/readings/$readingId', () => import('#web/features/target/ReadingPage.tsx'), 'ReadingPage'),
  page('/reports', () => import('#web/features/report/FormListPage.tsx'), 'FormListPage'),
  page('/reports/$formId', () => import('#web/features/report/FormPage.tsx'), 'FormPage'),
  page('/reports/$formId/filling', () => import('#web/features/report/FillingPage.tsx'), 'FillingPage'),
  page('/report-sendings', () => import('#web/features/report/SendingListPage.tsx'), 'SendingListPage'),
  page('/report-sendings/$sendingId', () => import('#web/features/report/SendingPage.tsx'), 'SendingPage'),
  page('/collections', () => import('#web/features/collection/CollectionListPage.tsx'), 'CollectionListPage'),
  page('/collections/new', () => import('#web/features/collection/CollectionNewPage.tsx'), 'CollectionNewPage'),
  page('/collections/$collectionId', () => import('#web/features/collection/CollectionPage.tsx'), 'CollectionPage'),
  page('/collections/$collectionId/edit', () => import('#web/features/collection/CollectionEditPage.tsx'), 'CollectionEditPage'),
  page('/collection-parts', () => import('#web/features/collection/PartListPage.tsx'), 'PartListPage'),
  page('/collection-parts/$partId', () => import('#web/features/collection/PartPage.tsx'), 'PartPage'),
  page('/imports', () => import('#web/features/ledger/ImportListPage.tsx'), 'ImportListPage'),
  page('/imports/new', () => import('#web/features/ledger/ImportNewPage.tsx'), 'ImportNewPage'),
  page('/imports/$batchId', () => import('#web/features/ledger/ImportPage.tsx'), 'ImportPage'),
  page('/papers', () => import('#web/features/paper/PaperListPage.tsx'), 'PaperListPage'),
  page('/papers/new/$kind', () => import('#web/features/paper/PaperNewPage.tsx'), 'PaperNewPage'),
  page('/papers/$paperId', () => import('#web/features/paper/PaperPage.tsx'), 'PaperPage'),
  page('/papers/$paperId/edit', () => import('#web/features/paper/PaperEditPage.tsx'), 'PaperEditPage'),
  page('/issuer-codes', () => import('#web/features/paper/IssuerCodesPage.tsx'), 'IssuerCodesPage'),
  page('/complaints', () => import('#web/features/complaint/ComplaintListPage.tsx'), 'ComplaintListPage'),
  page('/complaints/new', () => import('#web/features/complaint/ComplaintNewPage.tsx'), 'ComplaintNewPage'),
  page('/complaints/rebounds', () => import('#web/features/complaint/ReboundPage.tsx'), 'ReboundPage'),
  page('/complaints/rechecks', () => import('#web/features/complaint/RecheckPage.tsx'), 'RecheckPage'),
  page('/complaints/long-open', () => import('#web/features/complaint/ComplaintLongOpenPage.tsx'), 'ComplaintLongOpenPage'),
  page('/complaints/board', () => import('#web/features/complaint/ComplaintBoardPage.tsx'), 'ComplaintBoardPage'),
  page('/complaints/agenda', () => import('#web/features/complaint/ComplaintAgendaPage.tsx'), 'ComplaintAgendaPage'),
  page('/complaints/$complaintId', () => import('#web/features/complaint/ComplaintPage.tsx'), 'ComplaintPage'),
  page('/complaints/$complaintId/case-file', () => import('#web/features/complaint/CaseFilePage.tsx'), 'CaseFilePage'),
  page('/hotline', () => import('#web/features/complaint/hotline/OrderListPage.tsx'), 'OrderListPage'),
  page('/hotline/imports', () => import('#web/features/complaint/hotline/OrderImportsPage.tsx'), 'OrderImportsPage'),
  page('/hotline/imports/$orderBatchId', () => import('#web/features/complaint/hotline/OrderImportPage.tsx'), 'OrderImportPage'),
  page('/hotline/rates', () => import('#web/features/complaint/hotline/RatesPage.tsx'), 'RatesPage'),
  page('/hotline/returns', () => import('#web/features/complaint/hotline/ReturnsPage.tsx'), 'ReturnsPage'),
  page('/hotline/settings', () => import('#web/features/complaint/hotline/SettingsPage.tsx'), 'SettingsPage'),
  page('/complaint-statistics', () => import('#web/features/complaint/StatisticsPage.tsx'), 'StatisticsPage'),
  page('/complaint-overdue', () => import('#web/features/complaint/OverduePage.tsx'), 'OverduePage'),
  page('/complaint-responsibilities', () => import('#web/features/complaint/ResponsibilitiesPage.tsx'), 'ResponsibilitiesPage'),
  page('/publications', () => import('#web/features/publication/PublicationListPage.tsx'), 'PublicationListPage'),
  page('/publications/new/$kind', () => import('#web/features/publication/PublicationNewPage.tsx'), 'PublicationNewPage'),
  page('/publications/$publicationId', () => import('#web/features/publication/PublicationPage.tsx'), 'PublicationPage'),
  page('/publications/$publicationId/edit', () => import('#web/features/publication/PublicationEditPage.tsx'), 'PublicationEditPage'),
  page('/account-links', () => import('#web/features/administration/AccountLinksPage.tsx'), 'AccountLinksPage'),
  page('/oidc-bindings', () => import('#web/features/administration/OidcBindingListPage.tsx'), 'OidcBindingListPage'),
  page('/users', () => import('#web/features/administration/UserListPage.tsx'), 'UserListPage'),
  page('/users/$userId', () => import('#web/features/administration/UserPage.tsx'), 'UserPage'),
  page('/person-requests', () => import('#web/features/privacy/PersonRequestListPage.tsx'), 'PersonRequestListPage'),
  page('/person-requests/new', () => import('#web/features/privacy/PersonRequestNewPage.tsx'), 'PersonRequestNewPage'),
  page('/person-requests/$requestId', () => import('#web/features/privacy/PersonRequestPage.tsx'), 'PersonRequestPage'),
  page('/personal-data', () => import('#web/features/privacy/PersonalDataPage.tsx'), 'PersonalDataPage'),
  page('/personal-data/deletions', () => import('#web/features/privacy/DeletionsPage.tsx'), 'DeletionsPage'),
  page('/lookup-flags', () => import('#web/features/privacy/LookupFlagPage.tsx'), 'LookupFlagPage'),
  page('/self-checks', () => import('#web/features/privacy/SelfCheckListPage.tsx'), 'SelfCheckListPage'),
  page('/self-checks/$year', () => import('#web/features/privacy/SelfCheckPage.tsx'), 'SelfCheckPage'),
  page('/hand-overs', () => import('#web/features/handover/HandOverListPage.tsx'), 'HandOverListPage'),
  page('/hand-overs/new', () => import('#web/features/handover/HandOverNewPage.tsx'), 'HandOverNewPage'),
  page('/hand-overs/$handOverId', () => import('#web/features/handover/HandOverPage.tsx'), 'HandOverPage'),
  page('/me/hand-overs', () => import('#web/features/handover/MyHandOversPage.tsx'), 'MyHandOversPage'),
  page('/machine-keys', () => import('#web/features/administration/ApiKeyListPage.tsx'), 'ApiKeyListPage'),
  page('/me/oidc-bindings', () => import('#web/features/administration/OidcBindingsPage.tsx'), 'OidcBindingsPage'),
  page('/org-units', () => import('#web/features/administration/OrgUnitsPage.tsx'), 'OrgUnitsPage'),
  page('/org-units/$orgUnitId', () => import('#web/features/administration/org-unit/OrgUnitPage.tsx'), 'OrgUnitPage'),
  page('/parameters', () => import('#web/features/administration/ParametersPage.tsx'), 'ParametersPage'),
  page('/rules', () => import('#web/features/administration/RulesPage.tsx'), 'RulesPage'),
  page('/calendar', () => import('#web/features/administration/CalendarPage.tsx'), 'CalendarPage'),
  page('/audit', () => import('#web/features/administration/AuditPage.tsx'), 'AuditPage'),
  page('/audit/$entryId', () => import('#web/features/administration/AuditEntryPage.tsx'), 'AuditEntryPage'),
  page('/backups', () => import('#web/features/operations/BackupPage.tsx'), 'BackupPage'),
  page('/slow-statements', () => import('#web/features/operations/SlowStatementsPage.tsx'), 'SlowStatementsPage'),
  page('/jobs', () => import('#web/features/administration/JobsPage.tsx'), 'JobsPage'),
  page('/dev/kit', () => import('#web/features/dev/KitPage.tsx'), 'KitPage'),
];

const verify = ['/verify', '/verify/$verifyCode'].map((path) => createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(() => import('#web/features/paper/VerifyPage.tsx'), 'VerifyPage') }));
const oidcReturn = createRoute({ getParentRoute: () => root, path: '/sign-in/oidc', component: lazyRouteComponent(() => import('#web/features/administration/OidcReturnPage.tsx'), 'OidcReturnPage') });
const collectionLink = createRoute({ getParentRoute: () => root, path: '/l/collection-answer', component: lazyRouteComponent(() => import('#web/features/collection/LinkPage.tsx'), 'LinkPage') });
const accountLinks = ['/l/invitation', '/l/password-reset'].map((path) => createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(() => import('#web/features/administration/AccountLinkPage.tsx'), 'AccountLinkPage') }));
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage });

/** 路由: plain texts after `?`, so that an address can be read and passed on. */
export const router = createRouter({
  routeTree: root.addChildren([signIn, oidcReturn, ...accountLinks, ...verify, collectionLink, shell.addChildren([...registry, ...others])]),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string')).toString();
    return text === '' ? '' : `?${text}`;
  },
  scrollRestoration: true,
  defaultNotFoundComponent: Missing,
  defaultErrorComponent: Crashed,
});
