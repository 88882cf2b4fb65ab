import { getUnit, listUnits } from '#contract/registry/unit.ts';
import { isId, type Id } from '#domain/kernel/brand.ts';
import { call } from '#web/kit/api/call.ts';
import { RecordPicker, type PickerProps } from '#web/kit/fields/RecordPicker.tsx';

/** 房屋选择, within one estate: by its number; its owners tell which one it is. */
export function UnitPicker({ estateId, except, ...rest }: PickerProps & { estateId: Id<'Estate'>; except: string }) {
  const find = async (q: string) => {
    const { rows } = await call(listUnits, { query: { q, estateId, limit: 11, sort: 'name' } });
    return rows.filter((row) => row.id !== except).map((row) => ({ value: row.id, label: row.title, detail: row.holders.map((holder) => holder.name).join('、') || '没有登记产权人' }));
  };
  return <RecordPicker {...rest} what="房号" find={find} name={name} />;
}

async function name(id: string): Promise<string> {
  return isId<'Unit'>(id) ? (await call(getUnit, { params: { unitId: id } })).title : '';
}
