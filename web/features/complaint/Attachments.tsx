import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { downloadComplaintFile, postComplaintFile, postComplaintLetter } from '#contract/complaint.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { upload } from '#web/kit/api/upload.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { newKey, useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';
import type { ComplaintItem } from './Acts.tsx';

const kinds = { given: '投诉人提供', handling: '办理中', reply: '答复' } as const;

/** 附件: photos and the scans of paper answers. Nobody has to add any. */
export function Attachments({ item }: { item: ComplaintItem }) {
  const mayAdd = item.can.note === true;
  if (item.files.length === 0 && !mayAdd) return null;
  return (
    <Section title="附件" {...(mayAdd ? { actions: <><Attach item={item} />{item.isHandlerOffline && <Letter item={item} />}</> } : {})}>
      {item.files.length === 0 && <p className="sz-muted">没有附件。线下答复的，可以上传扫描件（PDF 或图片，每个不超过 20 MB）。</p>}
      <ul className="sz-complainants">{item.files.map((file) => <li key={file.fileNo}><a href={apiUrl(downloadComplaintFile, { params: { complaintId: item.id, fileNo: file.fileNo } })} download>{file.name}</a><span className="sz-muted">{kinds[file.kind]}</span></li>)}</ul>
    </Section>
  );
}

function Attach({ item }: { item: ComplaintItem }) {
  const field = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const send = async (file: File | undefined) => {
    if (file === undefined) return;
    setBusy(true);
    const form = new FormData();
    form.append('files', file);
    try {
      await upload(postComplaintFile, { params: { complaintId: item.id } }, form, { idempotencyKey: newKey(), onProgress: () => undefined });
      message.success('附件已上传');
      await client.invalidateQueries();
    } catch (error) {
      message.error(error instanceof ProblemError ? error.message : '没有上传成功，请稍后再试');
    } finally {
      setBusy(false);
      if (field.current !== null) field.current.value = '';
    }
  };
  return (
    <>
      <Button loading={isBusy} onClick={() => field.current?.click()}>上传附件</Button>
      <input ref={field} type="file" accept=".pdf,.jpg,.jpeg,.png" hidden aria-label="选择附件" onChange={(event) => void send(event.target.files?.[0])} />
    </>
  );
}

/** 拟转办函: for a body without an account; the draft opens with what is known filled in. */
function Letter({ item }: { item: ComplaintItem }) {
  const navigate = useNavigate();
  const draft = useMutationOf(postComplaintLetter, ({ paperId }) => void navigate({ to: paths.paper(paperId) }));
  return (
    <>
      <ActionButton isBusy={draft.isPending} onClick={() => draft.mutate({ params: { complaintId: item.id }, body: {} })}>拟转办函</ActionButton>
      {draft.error !== null && <p role="alert" className="sz-error">{draft.error.message}</p>}
    </>
  );
}
