import { Link } from '@tanstack/react-router';
import { UnitRow } from '#contract/registry/unit.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { paths } from '#web/paths.ts';
import { UnitLink } from './UnitLink.tsx';

/** 房屋列表的列. */
export const unitColumns = columnsOf(UnitRow, ['title', 'estate', 'usage', 'areaCm2', 'areaSource', 'holders', 'deliveredOn'], {
  extra: ['deliveredOn'],
  cells: {
    title: (row) => <UnitLink id={row.id} name={row.title} />,
    estate: (row) => <Link to={paths.estate(row.estate.id)}>{row.estate.name}</Link>,
    holders: (row) => (row.holders.length === 0 ? <span className="sz-muted">—</span> : row.holders.map((holder) => holder.name).join('、')),
  },
});
