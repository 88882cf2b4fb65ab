import { Alert, Checkbox } from 'antd';
import { useState } from 'react';
import { downloadHotlineReturn, exportHotlineReturns, HotlineReturn, listHotlineReturns, postHotlineReturn } from '#contract/hotline.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(HotlineReturn, ['madeAt', 'orders', 'madeBy']);

/** 回传答复: one button for all that waits; what went back before can be downloaded again. */
export function ReturnsPage() {
  const waiting = useRoute(listHotlineReturns, { query: { limit: 1 } }).data?.waiting;
  const [again, setAgain] = useState(false);
  const make = useMutationOf(postHotlineReturn, ({ id }) => { setAgain(false); window.location.assign(apiUrl(downloadHotlineReturn, { params: { hotlineReturnId: id } })); });
  return (
    <ListPage
      route={listHotlineReturns} exportRoute={exportHotlineReturns} title="回传答复给12345" lead="按热线原来的表头生成，填好办理结果、答复内容、办结时间、办理单位、退单和延期；诉求人的姓名、电话不带出。" columns={columns} rowKey={(row) => row.id} empty="还没有回传过"
      buttons={<><ActionButton isPrimary isBusy={make.isPending} onClick={() => make.mutate({ body: { again } })}>{waiting === undefined ? '生成回传文件' : `生成回传文件（${String(waiting)} 件等待回传）`}</ActionButton><Checkbox checked={again} onChange={(event) => setAgain(event.target.checked)}>上次回传的也再传一次</Checkbox><LinkButton to={`${paths.hotline}?returning=waiting`}>看等待回传的</LinkButton>{make.error !== null && <Alert type="warning" showIcon role="alert" title={make.error.message} />}</>}
      actions={(row) => <DownloadLink href={apiUrl(downloadHotlineReturn, { params: { hotlineReturnId: row.id } })}>下载</DownloadLink>}
    />
  );
}
