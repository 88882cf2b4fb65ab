import { useNavigate } from '@tanstack/react-router';
import { downloadComplaintFile, postComplaintFile, postComplaintLetter } from '#contract/complaint.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { upload } from '#web/kit/api/upload.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { AttachButton } from '#web/kit/AttachButton.tsx';
import { newKey, useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { paths } from '#web/paths.ts';
import type { ComplaintItem } from './Acts.tsx';

const kinds = { given: '投诉人提供', letter: '来件原件', handling: '办理中', reply: '答复' } as const;

/** 附件: photos and the scans of paper answers. Nobody has to add any. */
export function Attachments({ item }: { item: ComplaintItem }) {
  const mayAdd = item.can.note === true;
  if (item.files.length === 0 && !mayAdd) return null;
  return (
    <Section title="附件" {...(mayAdd ? { actions: <><LinkButton to={paths.complaintCaseFile(item.id)}>卷宗</LinkButton><AttachButton accept=".pdf,.jpg,.jpeg,.png" done="附件已上传" send={(form) => upload(postComplaintFile, { params: { complaintId: item.id } }, form, { idempotencyKey: newKey(), onProgress: () => undefined })} />{item.isHandlerOffline && <Letter item={item} />}</> } : {})}>
      {item.files.length === 0 && <p className="sz-muted">没有附件。线下答复的，可以上传扫描件（PDF 或图片，每个不超过 20 MB）。</p>}
      <ul className="sz-complainants">{item.files.map((file) => <li key={file.fileNo}><a href={apiUrl(downloadComplaintFile, { params: { complaintId: item.id, fileNo: file.fileNo } })} download>{file.name}</a><span className="sz-muted">{kinds[file.kind]}</span></li>)}</ul>
    </Section>
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
