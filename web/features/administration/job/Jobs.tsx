import type { Answer } from '#contract/define-route.ts';
import { jobStatusLabels, type listJobs } from '#contract/administration/job.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { instantWords, numberWords } from '#web/kit/schema/words.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';

export type Job = Answer<typeof listJobs>['rows'][number];

const tones: Readonly<Record<Job['status'], Tone>> = { waiting: 'plain', running: 'info', done: 'good', failed: 'bad', cancelled: 'plain' };

/** 作业各列. */
export const jobColumns: readonly Column<Job>[] = [
  { key: 'title', title: '作业', cell: (row) => row.title, text: (row) => row.title },
  { key: 'status', title: '状态', cell: (row) => <StatusTag tone={tones[row.status]}>{jobStatusLabels[row.status]}</StatusTag>, text: (row) => jobStatusLabels[row.status] },
  { key: 'progress', title: '进度', cell: (row) => <JobProgress job={row} /> },
  { key: 'error', title: '失败原因', cell: (row) => row.error ?? '—', text: (row) => row.error ?? '' },
  { key: 'attempts', title: '已试', isNumber: true, cell: (row) => `${row.attempts} 次`, isExtra: true },
  { key: 'by', title: '发起人', cell: (row) => row.createdBy ?? '系统', text: (row) => row.createdBy ?? '系统' },
  { key: 'at', title: '发起时间', cell: (row) => <DateText value={row.createdAt} />, text: (row) => instantWords(row.createdAt) },
  { key: 'end', title: '结束时间', cell: (row) => <DateText value={row.finishedAt} /> },
];

/** 进度: a bar while the total is known, and the stage in words. */
function JobProgress({ job }: { job: Job }) {
  const { doneCount, totalCount, stage, status } = job;
  const count = totalCount === null ? (doneCount === 0 ? '' : `${numberWords(doneCount)} 条`) : `${numberWords(doneCount)} / ${numberWords(totalCount)}`;
  return (
    <span>
      {status === 'running' && totalCount !== null && totalCount > 0 && <progress className="sz-progress" aria-label={`${job.title}的进度`} value={doneCount} max={totalCount} />}
      <span className="sz-block">{[stage, count].filter(Boolean).join('　') || '—'}</span>
    </span>
  );
}
