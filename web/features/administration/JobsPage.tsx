import './administration.css';
import { App } from 'antd';
import { exportJobs, listJobs, postJobReplay } from '#contract/administration/job.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { Guarded } from './Guarded.tsx';
import { Deliveries } from './job/Deliveries.tsx';
import { jobColumns, type Job } from './job/Jobs.tsx';
import { Running } from './job/Running.tsx';

/** 运维: background jobs and undelivered events, with a way to run them again. */
export function JobsPage() {
  return <Guarded title="运维" route={listJobs}><JobsList /></Guarded>;
}

function JobsList() {
  const { message } = App.useApp();
  const mayReplay = useMay()(postJobReplay.permission);
  const replay = useMutationOf(postJobReplay, () => message.success('已重新执行'));
  return (
    <ListPage
      route={listJobs} exportRoute={exportJobs} title="运维" lead="后台作业和事件投递。失败的可以重新执行，重复执行不会做两遍。" columns={jobColumns} rowKey={(row) => row.id} empty="还没有后台作业" without={['kind']}
      {...(mayReplay ? { actions: (row: Job) => row.status === 'failed' && <ActionButton isBusy={replay.isPending} onClick={() => replay.mutate({ params: { jobId: row.id } })}>重新执行</ActionButton> } : {})}
    >
      <Running />
      <Deliveries />
    </ListPage>
  );
}
