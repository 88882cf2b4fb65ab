/** 投诉编号: 投诉〔2026〕12号; year of receipt and serial from 1 in the county, without leading zeros. A number no complaint has is told (未使用的编号). */
export const complaintNo = (year: number, serial: number): string => `投诉〔${year}〕${serial}号`;
