import { getOwner, listOwners } from '#contract/registry/unit.ts';
import { isId, type Id } from '#domain/kernel/brand.ts';
import { call } from '#web/kit/api/call.ts';
import { RecordPicker, type PickerProps } from '#web/kit/fields/RecordPicker.tsx';

/** 业主选择, within one estate: by name; the masked numbers tell two of one name apart. */
export function OwnerPicker({ estateId, except, ...rest }: PickerProps & { estateId: Id<'Estate'>; except: string }) {
  const find = async (q: string) => {
    const { rows } = await call(listOwners, { query: { q, estateId, limit: 11, sort: 'name' } });
    return rows.filter((row) => row.id !== except).map((row) => ({ value: row.id, label: row.name, detail: row.idNumber ?? row.phone ?? `${row.unitCount} 套房屋` }));
  };
  return <RecordPicker {...rest} what="业主" find={find} name={name} />;
}

async function name(id: string): Promise<string> {
  return isId<'Owner'>(id) ? (await call(getOwner, { params: { ownerId: id } })).name : '';
}
