import { getEstate, listEstates } from '#contract/registry/estate.ts';
import { isId } from '#domain/kernel/brand.ts';
import { call } from '../api/call.ts';
import { RecordPicker, type PickerProps } from './RecordPicker.tsx';

/** 小区选择: by any part of the name or initials; the township tells two of one name apart. */
export function EstatePicker(props: PickerProps) {
  return <RecordPicker {...props} what="小区" find={find} name={name} />;
}

async function find(q: string) {
  const { rows } = await call(listEstates, { query: { q, limit: 10, sort: 'name' } });
  return rows.map((row) => ({ value: row.id, label: row.name, detail: row.township.name }));
}

async function name(id: string): Promise<string> {
  return isId<'Estate'>(id) ? (await call(getEstate, { params: { estateId: id }, query: {} })).name : '';
}
