import { useNavigate, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { getPublicationStart } from '#contract/publication.ts';
import { publicationKindLabels, publicationSubjects, type PublicationKind } from '#domain/publication/kind.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';
import { Blocks } from './Blocks.tsx';
import { DraftForm } from './DraftForm.tsx';
import { SubjectChoice } from './SubjectChoice.tsx';

const isKind = (text: unknown): text is PublicationKind => typeof text === 'string' && Object.hasOwn(publicationKindLabels, text);

/** 拟公开稿件: of the kind in the address, drawn from what is on record. */
export function PublicationNewPage() {
  const params: Record<string, unknown> = useParams({ strict: false });
  const kind = params['kind'];
  return isKind(kind) ? <NewPublication key={kind} kind={kind} /> : <Page title="拟稿" lead="没有这种公开事项，请从“公开发布”页面选择。" />;
}

function NewPublication({ kind }: { kind: PublicationKind }) {
  const navigate = useNavigate();
  const [{ subjectId = '' }, change] = useUrlState();
  const asks = !['none', 'county'].includes(publicationSubjects[kind]);
  const start = useRoute(getPublicationStart, { query: { kind, ...(subjectId === '' ? {} : { subjectId }) } });
  const value = start.data;
  const isReady = value !== undefined && value.trouble === null && (!asks || subjectId !== '');
  return (
    <Page title={`发布${publicationKindLabels[kind]}`} lead={value?.issuer === undefined || value.issuer === null ? '保存后送审，审核、签发后才向公众公开。' : `以“${value.issuer}”的名义。保存后送审，审核、签发后才向公众公开。`}>
      <SubjectChoice kind={kind} value={subjectId} onChange={(next) => change({ subjectId: next })} />
      {start.error !== null && <Alert type="error" showIcon role="alert" title="不能带出内容" description={start.error.message} />}
      {value?.trouble !== undefined && value.trouble !== null && <Alert type="warning" showIcon title="现在还不能拟稿" description={value.trouble} />}
      {isReady && value.blocks.length > 0 && (
        <Section title="带出的内容" note="这部分按登记带出，不在这里修改；有误请先改登记">
          <p><strong>{value.title}</strong></p>
          <Blocks blocks={value.blocks} />
          {value.fileNames.length > 0 && <p className="sz-muted">附件：{value.fileNames.join('、')}</p>}
        </Section>
      )}
      {isReady && (
        <Section title="拟稿">
          <DraftForm
            key={subjectId} kind={kind} subjectId={subjectId === '' ? null : subjectId} first={{ title: '', body: '', periodKind: value.periodKind, periodDays: value.periodDays, periodUntilOn: value.periodUntilOn }}
            onDone={({ id }) => void navigate({ to: paths.publication(id) })} onCancel={() => void navigate({ to: paths.publications })}
          />
        </Section>
      )}
    </Page>
  );
}
