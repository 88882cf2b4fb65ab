import { exportHandOvers, listHandOvers, postHandOver } from '#contract/handover.ts';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { handOverColumns } from './columns.tsx';

/** 工作交接列表: of the whole county, for who arranges them. */
export function HandOverListPage() {
  return (
    <ListPage
      route={listHandOvers} exportRoute={exportHandOvers} title="工作交接" lead="人员调离、退休、轮岗或休假时，岗位和名下事项列成清单，双方签字后一次移交。" columns={handOverColumns} rowKey={(row) => row.id} without={['userId']}
      empty="还没有工作交接" create={{ to: paths.handOverNew, words: '发起交接', permission: postHandOver.permission }}
    />
  );
}
