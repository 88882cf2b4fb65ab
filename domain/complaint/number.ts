/** 投诉编号: 投诉〔2026〕12号; year of receipt and serial from 1 in the county, without gaps and without leading zeros. */
export const complaintNo = (year: number, serial: number): string => `投诉〔${year}〕${serial}号`;
