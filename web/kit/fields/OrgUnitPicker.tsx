import { useOrgUnits } from './use-org-units.ts';

/** 机构选择: townships, neighbourhoods under their townships, or any body. */
export function OrgUnitPicker({ value, onChange, level = 'any', blank = '请选择', id, describedBy, isInvalid = false, within }: {
  value: string; onChange: (value: string) => void; level?: 'township' | 'neighbourhood' | 'any'; blank?: string; id?: string;
  describedBy?: string | undefined; isInvalid?: boolean;
  /** Only the neighbourhoods of this township. */
  within?: string | undefined;
}) {
  const units = useOrgUnits();
  const rows = units.data?.rows ?? [];
  const townships = rows.filter((row) => row.kind === 'township');
  const under = (townshipId: string) => rows.filter((row) => row.kind === 'neighbourhood' && row.parentId === townshipId);
  const others = rows.filter((row) => row.kind !== 'township' && row.kind !== 'neighbourhood');
  return (
    <select className="sz-select" id={id} value={value} aria-describedby={describedBy} aria-invalid={isInvalid ? true : undefined} aria-busy={units.isPending} onChange={(event) => onChange(event.target.value)}>
      <option value="">{blank}</option>
      {level === 'any' && others.map((row) => <option key={row.id} value={row.id}>{row.name}</option>)}
      {level !== 'neighbourhood' && townships.map((row) => <option key={row.id} value={row.id}>{row.name}</option>)}
      {level !== 'township' && townships.filter((row) => within === undefined || within === '' || within === row.id).map((row) => (
        <optgroup key={row.id} label={row.name}>{under(row.id).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</optgroup>
      ))}
    </select>
  );
}
