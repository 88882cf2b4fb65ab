import { Input } from 'antd';
import { postPublication, putPublication } from '#contract/publication.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { publicationSubjects, type PublicationKind } from '#domain/publication/kind.ts';
import { RouteForm, type FieldExtra } from '#web/kit/form/RouteForm.tsx';

interface DraftFormProps {
  readonly kind: PublicationKind;
  readonly subjectId: string | null;
  readonly first: Readonly<Record<string, unknown>>;
  /** The draft that is changed; a new one without. */
  readonly edited?: { readonly publicationId: Id<'Publication'>; readonly version: number };
  readonly onDone: (made: { readonly id: Id<'Publication'> }) => void;
  readonly onCancel: () => void;
}

/** 拟稿表单: title, text and period; what comes from the records is shown beside it. */
export function DraftForm({ kind, subjectId, first, edited, onDone, onCancel }: DraftFormProps) {
  const isWritten = publicationSubjects[kind] === 'none';
  const extras: Readonly<Record<string, FieldExtra>> = {
    title: isWritten ? { title: '标题', isNeeded: true } : { help: '不填就用带出的标题' },
    body: {
      ...(isWritten ? { isNeeded: true } : { title: '补充说明（可不填，放在带出内容之前）' }),
      control: ({ id, text, onType, describedBy, isInvalid }) => <Input.TextArea id={id} value={text} aria-describedby={describedBy} aria-invalid={isInvalid} autoSize={{ minRows: isWritten ? 10 : 3, maxRows: 30 }} maxLength={20_000} onChange={(event) => onType(event.target.value)} />,
    },
    periodDays: { isNeeded: true, help: '发布当日不计入', applies: ({ periodKind }) => periodKind === 'natural' || periodKind === 'working' },
    periodUntilOn: { isNeeded: true, help: '含当日', applies: ({ periodKind }) => periodKind === 'until' },
  };
  const shared = { first, extras, submit: '保存拟稿', draftOf: [kind, subjectId].filter(Boolean).join(' '), onDone, onCancel };
  if (edited === undefined) return <RouteForm route={postPublication} fixed={{ kind, subjectId }} {...shared} />;
  return <RouteForm route={putPublication} params={{ publicationId: edited.publicationId }} version={edited.version} {...shared} />;
}
