import { postHandOverList, postNotice, postPublicNotice, postReport, postRequest, postTransferLetter, putHandOverList, putNotice, putPublicNotice, putReport, putRequest, putTransferLetter } from '#contract/paper.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { layoutLabels, type PaperLayout } from '#domain/paper/issuer.ts';
import type { PaperKind } from '#domain/paper/template.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { draftKey } from '#web/kit/form/drafts.ts';
import { RouteForm, type FieldExtra } from '#web/kit/form/RouteForm.tsx';

interface PaperFormProps {
  readonly kind: PaperKind;
  readonly first: Readonly<Record<string, unknown>>;
  readonly layouts: readonly PaperLayout[];
  readonly estateId: Id<'Estate'> | null;
  /** The draft that is changed; a new one without. */
  readonly edited?: { readonly paperId: Id<'Paper'>; readonly version: number };
  readonly draftOf?: string;
  readonly onDone: (paper: { readonly id: Id<'Paper'> }) => void;
  readonly onCancel: () => void;
}

const makers = { 'transfer-letter': postTransferLetter, notice: postNotice, 'hand-over-list': postHandOverList, 'public-notice': postPublicNotice, request: postRequest, report: postReport } as const;
/** 拟稿的草稿名称, of one kind about one estate. */
export const paperDraftKey = (kind: PaperKind, estateId: string): string => draftKey(makers[kind], undefined, estateId);

/** 拟稿表单, of one kind. */
export function PaperForm({ kind, first, layouts, estateId, edited, draftOf = '', onDone, onCancel }: PaperFormProps) {
  const choices = Object.fromEntries(layouts.map((layout) => [layout, layoutLabels[layout]]));
  const extras: Readonly<Record<string, FieldExtra>> = {
    layout: { ...(layouts.length === 1 ? { help: '本单位的这种文书只用这一种版式' } : {}), control: ({ id, text, onType, describedBy, isInvalid }) => <Choice id={id} value={text} choices={choices} describedBy={describedBy} isInvalid={isInvalid} onChange={onType} /> },
  };
  const shared = { first, extras, submit: '保存拟稿', draftOf, onDone, onCancel };
  const fixed = { estateId };
  if (edited === undefined) {
    switch (kind) {
      case 'transfer-letter': return <RouteForm route={postTransferLetter} fixed={fixed} {...shared} />;
      case 'notice': return <RouteForm route={postNotice} fixed={fixed} {...shared} />;
      case 'hand-over-list': return <RouteForm route={postHandOverList} {...shared} />;
      case 'public-notice': return <RouteForm route={postPublicNotice} fixed={fixed} {...shared} />;
      case 'request': return <RouteForm route={postRequest} fixed={fixed} {...shared} />;
      case 'report': return <RouteForm route={postReport} fixed={fixed} {...shared} />;
    }
  }
  const { paperId, version } = edited;
  const changed = { ...shared, params: { paperId }, version };
  switch (kind) {
    case 'transfer-letter': return <RouteForm route={putTransferLetter} fixed={fixed} {...changed} />;
    case 'notice': return <RouteForm route={putNotice} fixed={fixed} {...changed} />;
    case 'hand-over-list': return <RouteForm route={putHandOverList} {...changed} />;
    case 'public-notice': return <RouteForm route={putPublicNotice} fixed={fixed} {...changed} />;
    case 'request': return <RouteForm route={putRequest} fixed={fixed} {...changed} />;
    case 'report': return <RouteForm route={putReport} fixed={fixed} {...changed} />;
  }
}
