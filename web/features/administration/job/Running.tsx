import { listJobs } from '#contract/administration/job.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { jobColumns } from './Jobs.tsx';

const SHOWN = new Set(['title', 'progress', 'by', 'at']);
const columns = jobColumns.filter(({ key }) => SHOWN.has(key));

/** 正在进行: asked again every two seconds while something runs, every fifteen otherwise. */
export function Running() {
  const list = useRoute(listJobs, { query: { status: 'running' } }, { every: (data) => ((data?.rows.length ?? 0) > 0 ? 2_000 : 15_000), keeps: true });
  return <Section title="正在进行"><Table name="正在进行的作业" columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} empty="现在没有正在进行的作业" error={list.error} onRetry={() => void list.refetch()} /></Section>;
}
