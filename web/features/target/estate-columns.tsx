import { Link } from '@tanstack/react-router';
import { FormationEstate } from '#contract/target.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { fieldOf } from '#web/kit/schema/field-facts.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { paths } from '#web/paths.ts';

const words = fieldOf(FormationEstate, 'standing').choices;

/** 各小区计入情况的列. */
export const estateColumns = columnsOf(FormationEstate, ['estate', 'township', 'standing', 'reason'], {
  cells: {
    estate: (row) => <Link to={paths.estate(row.estate.id)}>{row.estate.name}</Link>,
    standing: (row) => <StatusTag tone={row.inNumerator ? (row.isExpired ? 'warn' : 'good') : row.inDenominator ? 'bad' : 'plain'}>{words[row.standing] ?? row.standing}</StatusTag>,
  },
});
