import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Progress } from 'antd';
import { useRef, useState } from 'react';
import { exportReportForms, listReportForms, postReportForm, ReportForm } from '#contract/report.ts';
import { upload } from '#web/kit/api/upload.ts';
import { newKey } from '#web/kit/hooks/use-mutation-of.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import './report.css';

const columns = columnsOf(ReportForm, ['title', 'reportedTo', 'fileName', 'markCount', 'last', 'createdBy', 'holder', 'updatedAt'], {
  extra: ['createdBy'],
  cells: { title: (row) => <Link to={paths.report(row.id)}>{row.title}</Link>, last: (row) => (row.last === null ? '还没有上报' : <Link to={paths.reportSending(row.last.id)}>截至 {dateWords(row.last.asOfOn)}</Link>) },
});

/** 上报表格: blanks of other bodies, marked once and filled whenever they ask. */
export function FormListPage() {
  const may = useMay();
  return (
    <ListPage
      route={listReportForms} title="上报表格" lead="别的单位发来的空表，标记一次，以后自己填好。" columns={columns} rowKey={(row) => row.id} empty="还没有上报表格。把市局或其他单位发来的空表放到上面。" exportRoute={exportReportForms}
      actions={(row) => <ActionLink to={paths.reportFilling(row.id)} ability={row.markCount === 0 ? '先标记再填报' : row.can.fill}>填报</ActionLink>} buttons={<LinkButton to={paths.reportSendings}>已上报</LinkButton>}
    >
      {may(postReportForm.permission) && <BlankDrop />}
    </ListPage>
  );
}

/** 放入空表: one workbook; a known shape is recognised and keeps its marks. */
function BlankDrop() {
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const send = async (files: readonly File[]) => {
    const [file, more] = files;
    if (file === undefined) return;
    setFault(more === undefined ? null : '一次放一张空表');
    if (more !== undefined) return;
    setPercent(0);
    const form = new FormData();
    form.append('files', file);
    try {
      const made = await upload(postReportForm, {}, form, { idempotencyKey: newKey(), onProgress: setPercent });
      const known = made.isRecognised ? `?known=${encodeURIComponent(made.notices.join('；') || '同一张表，标记照旧')}` : '';
      void navigate({ href: `${paths.report(made.id)}${known}` });
    } catch (error) {
      setFault(error instanceof Error ? error.message : '没有上传成功，请重试');
    }
    setPercent(null);
  };
  return (
    <>
      <div className="sz-drop sz-section" onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); void send([...event.dataTransfer.files]); }}>
        <p><strong>把别的单位发来的空表拖到这里</strong>（xlsx 或 xls）</p>
        <Button onClick={() => field.current?.click()}>选择空表</Button>
        <input ref={field} type="file" accept=".xlsx,.xls,.et" aria-label="选择空表文件" className="sz-file" tabIndex={-1} onChange={(event) => { void send([...(event.target.files ?? [])]); event.target.value = ''; }} />
        <p className="sz-muted">同一张表下个月再发来，会自己认出来，不用重新标记</p>
      </div>
      {percent !== null && <div role="status"><Progress percent={percent} aria-label="上传进度" /></div>}
      {fault !== null && <Alert type="error" showIcon role="alert" title="没有上传" description={fault} style={{ marginBottom: 16 }} />}
    </>
  );
}
