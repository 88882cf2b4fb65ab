/** 不存放个人信息的表: places, numbers, rules, marks. A new table is either answered for by its module's `personalData` or stands here with a reason. */
export const holdsNobody: readonly string[] = [
  'audit.seal', 'committee.committee', 'complaint.complaint_file', 'complaint.complaint_paper', 'complaint.number_allotment', 'complaint.number_register', 'complaint.overdue_reading', 'complaint.participant', 'complaint.rollup', 'ledger.mapping_memory', 'obligation.rung', 'paper.number_register', 'platform.backup', 'platform.deployment_key', 'platform.event_delivery', 'platform.holiday_notice', 'platform.oidc_spent_state',
  'privacy.deletion', 'publication.index_register', 'registry.building', 'registry.estate_lineage', 'registry.estate_name', 'registry.estate_rollup', 'registry.service_contract', 'registry.unit_area',
];
