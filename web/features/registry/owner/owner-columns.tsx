import { Link } from '@tanstack/react-router';
import { OwnerRow } from '#contract/registry/unit.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { paths } from '#web/paths.ts';

/** 业主列表的列. */
export const ownerColumns = columnsOf(OwnerRow, ['name', 'estate', 'kind', 'phone', 'idNumber', 'unitCount', 'areaCm2'], {
  cells: { name: (row) => <Link to={paths.owner(row.id)}>{row.name}</Link>, estate: (row) => <Link to={paths.estate(row.estate.id)}>{row.estate.name}</Link> },
});
