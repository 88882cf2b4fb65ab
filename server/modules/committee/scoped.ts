/** 随小区变动的业委会各表: rows that copy their estate's ancestor columns; the registry moves them with the estate. */
export const committeeScoped = [
  { table: 'committee.committee', columns: ['county_id', 'township_id', 'neighbourhood_id', 'company_id'] },
  { table: 'committee.member', columns: ['county_id', 'township_id', 'neighbourhood_id', 'company_id'] },
] as const;
