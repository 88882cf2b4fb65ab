import { Link } from '@tanstack/react-router';
import { HandOverRow } from '#contract/handover.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { paths } from '#web/paths.ts';
import { HandOverStatusTag } from './status.tsx';

/** 工作交接的列: on the county's list and on one's own. */
export const handOverColumns = columnsOf(HandOverRow, ['fromName', 'toName', 'status', 'cause', 'plannedOn', 'untilOn', 'witnessName', 'reason', 'itemCount', 'startedByName', 'completedAt'], {
  extra: ['untilOn', 'witnessName', 'itemCount', 'startedByName'],
  cells: { fromName: (row) => <Link to={paths.handOver(row.id)}>{row.fromName}</Link>, status: (row) => <HandOverStatusTag status={row.status} /> },
});
