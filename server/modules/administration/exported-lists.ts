/** 导出的清单 by the kind that its audited action begins with: the paths of the routes whose conditions its entries keep. */
export const exportedLists: Readonly<Record<string, readonly string[]>> = {
  'account-link': ['/account-links/export'], 'api-key': ['/api-keys/export'], audit: ['/audit-entries/export'], holiday: ['/holiday-notices/export'], job: ['/jobs/export'], delivery: ['/event-deliveries/export'],
  'oidc-binding': ['/oidc-bindings/export'], 'org-unit': ['/org-units/export'], parameter: ['/parameters/export'], rule: ['/rules/export'], 'sign-in': ['/sign-ins/export', '/me/sign-ins/export'], user: ['/users/export'],
  collection: ['/collections/export'], 'collection-part': ['/collection-parts/export'], 'collection-board': [], committee: ['/committees/export'], handover: ['/hand-overs/export'], notice: ['/notices/export'],
  'ledger-batch': ['/ledger-batches/export'], 'notice-delivery': ['/notice-deliveries/export'], paper: ['/papers/export'], 'person-request': ['/person-requests/export'], 'lookup-flag': ['/lookup-flags/export'],
  publication: ['/publications/export'], obligation: ['/obligations/export'], complaint: ['/complaints/export'], 'hotline-batch': ['/hotline-batches/export'], 'hotline-row': ['/hotline-batches/:orderBatchId/rows/export'], 'hotline-order': ['/hotline-orders/export'], 'hotline-rate': ['/hotline-rates/export'], 'hotline-return': ['/hotline-returns/export'], company: ['/companies/export'], estate: ['/estates/export'], practitioner: ['/practitioners/export'], contract: ['/service-contracts/export'], quality: ['/quality/export'], unit: ['/units/export'],
  'report-form': ['/report-forms/export'], 'report-sending': ['/report-sendings/export'], formation: ['/target/formation/export', '/target/formation/estates/export'],
  'self-check': ['/self-checks/:year/export'], 'personal-data': [], 'deletion-kind': [], 'personal-copy': [], 'slow-statement': [],
};
