import { useNavigate, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { getPaperStart } from '#contract/paper.ts';
import { isId, type Id } from '#domain/kernel/brand.ts';
import { paperKindLabels, type PaperKind } from '#domain/paper/template.ts';
import { EstatePicker } from '#web/kit/fields/EstatePicker.tsx';
import { carryDraft } from '#web/kit/form/drafts.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';
import { PaperForm, paperDraftKey } from './PaperForm.tsx';
import './paper.css';

const isKind = (text: unknown): text is PaperKind => typeof text === 'string' && Object.hasOwn(paperKindLabels, text);

/** 拟稿: a new paper of the kind in the address, prefilled from what is on record. */
export function PaperNewPage() {
  const params: Record<string, unknown> = useParams({ strict: false });
  const kind = params['kind'];
  return isKind(kind) ? <NewPaper key={kind} kind={kind} /> : <Page title="拟稿" lead="没有这种文书，请从“文书”页面选择文种。" />;
}

function NewPaper({ kind }: { kind: PaperKind }) {
  const navigate = useNavigate();
  const [{ estateId: text = '' }, change] = useUrlState();
  const estateId: Id<'Estate'> | null = isId<'Estate'>(text) ? text : null;
  const start = useRoute(getPaperStart, { query: { kind, ...(estateId === null ? {} : { estateId }) } });
  const value = start.data;
  // What was typed by hand goes along to the other estate; what is drawn from the books changes with it.
  const turn = (next: string) => {
    carryDraft(paperDraftKey(kind, estateId ?? ''), paperDraftKey(kind, next));
    change({ estateId: next });
  };
  const about = value?.first['estateId'];
  const title = `拟${paperKindLabels[kind]}`;
  return (
    <Page title={title} lead={value?.issuer === undefined || value.issuer === null ? '能从台账带出的内容已填好，其余请补充。' : `以“${value.issuer}”的名义。能从台账带出的内容已填好，其余请补充。`}>
      {kind !== 'hand-over-list' && (
        <div className="sz-field sz-paper-estate"><label htmlFor="paper-estate">所涉小区（可不选；选了会带出名称和位置）</label><EstatePicker id="paper-estate" value={estateId ?? about ?? ''} onChange={turn} /></div>
      )}
      {start.error !== null && <Alert type="error" showIcon role="alert" title="没有取到预填内容" description={start.error.message} />}
      {value?.trouble !== undefined && value.trouble !== null && <Alert type="warning" showIcon title="现在还不能拟稿" description={value.trouble} />}
      {value !== undefined && value.trouble === null && (
        <Section title="内容">
          {value.notes.map((note) => <p key={note} className="sz-muted">{note}</p>)}
          <PaperForm
            key={estateId} kind={kind} first={value.first} layouts={value.layouts} estateId={about !== undefined && isId<'Estate'>(about) ? about : null} draftOf={estateId ?? ''}
            onDone={(paper) => void navigate({ to: paths.paper(paper.id) })} onCancel={() => void navigate({ to: paths.papers })}
          />
        </Section>
      )}
    </Page>
  );
}
