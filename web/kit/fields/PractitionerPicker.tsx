import { getPractitioner, listPractitioners } from '#contract/registry/practitioner.ts';
import { isId } from '#domain/kernel/brand.ts';
import { call } from '../api/call.ts';
import { RecordPicker, type PickerProps } from './RecordPicker.tsx';

/** 人员选择: by name; the company tells two of one name apart. */
export function PractitionerPicker(props: PickerProps) {
  return <RecordPicker {...props} what="人员" find={find} name={name} />;
}

async function find(q: string) {
  const { rows } = await call(listPractitioners, { query: { q, limit: 10, sort: 'name' } });
  return rows.map((row) => ({ value: row.id, label: row.name, detail: row.company?.name }));
}

async function name(id: string): Promise<string> {
  return isId<'Practitioner'>(id) ? (await call(getPractitioner, { params: { practitionerId: id } })).name : '';
}
