import { getCompany, listCompanies } from '#contract/registry/company.ts';
import { isId } from '#domain/kernel/brand.ts';
import { call } from '../api/call.ts';
import { RecordPicker, type PickerProps } from './RecordPicker.tsx';

/** 企业选择: by any part of the name, initials, or code. */
export function CompanyPicker(props: PickerProps) {
  return <RecordPicker {...props} what="企业" find={find} name={name} />;
}

async function find(q: string) {
  const { rows } = await call(listCompanies, { query: { q, limit: 10, sort: 'name' } });
  return rows.map((row) => ({ value: row.id, label: row.name, detail: row.creditCode ?? undefined }));
}

async function name(id: string): Promise<string> {
  return isId<'Company'>(id) ? (await call(getCompany, { params: { companyId: id }, query: {} })).name : '';
}
