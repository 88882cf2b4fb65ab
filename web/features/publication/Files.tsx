import type { Answer } from '#contract/define-route.ts';
import { downloadPublicationFile, type getPublication, postPublicationFile, putFileRemoval } from '#contract/publication.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { upload } from '#web/kit/api/upload.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { AttachButton } from '#web/kit/AttachButton.tsx';
import { newKey, useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';

type Item = Answer<typeof getPublication>;

/** 附件: what goes out with the item, and, while it is drafted, adding and taking away. */
export function Files({ item }: { item: Item }) {
  const mayChange = item.can.attach === true;
  const remove = useMutationOf(putFileRemoval);
  if (item.files.length === 0 && !mayChange) return null;
  return (
    <Section title="附件" {...(mayChange ? { actions: <AttachButton accept=".pdf,.docx,.xlsx,.png,.jpg,.jpeg" done="附件已上传，并做了自动检查" send={(form) => upload(postPublicationFile, { params: { publicationId: item.id } }, form, { idempotencyKey: newKey(), onProgress: () => undefined })} /> } : {})}>
      {item.files.length === 0 && <p className="sz-muted">没有附件。可以上传 PDF、Word（.docx）、Excel（.xlsx）或图片，每个不超过 20 MB。</p>}
      <ul className="sz-publication-files">
        {item.files.map((file) => (
          <li key={file.fileNo}>
            <a href={apiUrl(downloadPublicationFile, { params: { publicationId: item.id, fileNo: file.fileNo } })} download>{file.name}</a><span className="sz-muted">{sizeWords(file.sizeBytes)}{file.isDrawn ? '，由文书生成' : ''}</span>
            {mayChange && !file.isDrawn && <ActionButton isQuiet isBusy={remove.isPending} onClick={() => remove.mutate({ params: { publicationId: item.id, fileNo: file.fileNo }, body: {}, version: item.version })}>移除</ActionButton>}
          </li>
        ))}
      </ul>
      {remove.error !== null && <p role="alert" className="sz-error">{remove.error.message}</p>}
    </Section>
  );
}

/** 大小 in words. */
export const sizeWords = (bytes: number): string => (bytes < 1_048_576 ? `${String(Math.max(1, Math.round(bytes / 1024)))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`);
