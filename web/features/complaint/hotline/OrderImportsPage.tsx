import { Link, useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { exportOrderBatches, listOrderBatches, OrderBatch, postOrderBatch } from '#contract/hotline.ts';
import { upload } from '#web/kit/api/upload.ts';
import { AttachButton } from '#web/kit/AttachButton.tsx';
import { newKey } from '#web/kit/hooks/use-mutation-of.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { BatchTag } from './BatchTag.tsx';

type Row = Answer<typeof listOrderBatches>['rows'][number];
const number = (name: 'rows' | 'new' | 'changed' | 'refused') => (row: Row) => <Link to={paths.hotlineImport(row.id)}>{row[name]}</Link>;
const columns = columnsOf(OrderBatch, ['fileName', 'status', 'rows', 'new', 'changed', 'refused', 'createdBy', 'createdAt'], {
  cells: { fileName: (row) => <Link to={paths.hotlineImport(row.id)}>{row.fileName}</Link>, status: (row) => <BatchTag status={row.status} />, rows: number('rows'), new: number('new'), changed: number('changed'), refused: number('refused') },
});

/** 导入12345工单: the hotline's file as it comes, and what became of those before. */
export function OrderImportsPage() {
  const navigate = useNavigate();
  const send = async (form: FormData) => { const batch = await upload(postOrderBatch, {}, form, { idempotencyKey: newKey(), onProgress: () => undefined }); await navigate({ to: paths.hotlineImport(batch.id) }); };
  return (
    <ListPage
      route={listOrderBatches} exportRoute={exportOrderBatches} title="导入12345工单" lead="把热线系统导出的工单表（.xlsx、.xls、.csv）原样放进来，不用改格式。先预览，确认之后才建件；同一工单编号只更新，不会重复建件。" columns={columns} rowKey={(row) => row.id} empty="还没有导入过12345工单"
      buttons={<><AttachButton accept=".xlsx,.xls,.csv,.htm,.html,.et" words="选择工单文件" done="已上传，正在读取" isPrimary send={send} /><LinkButton to={paths.hotline}>12345工单</LinkButton></>}
    />
  );
}
