import { useNavigate } from '@tanstack/react-router';
import { Alert } from 'antd';
import { getPublication } from '#contract/publication.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';
import { publicationSubjects } from '#domain/publication/kind.ts';
import { DraftForm } from './DraftForm.tsx';

/** 修改公开稿件: saving draws what comes from the records anew. */
export function PublicationEditPage() {
  const publicationId = useParam('Publication', 'publicationId');
  const navigate = useNavigate();
  const item = useRoute(getPublication, { params: { publicationId } });
  const value = item.data;
  const back = () => void navigate({ to: paths.publication(publicationId) });
  return (
    <Page title="修改公开稿件" lead={value?.title} needs={[item]}>
      {value !== undefined && value.can.edit !== true && <Alert type="warning" showIcon title="不能修改" description={value.can.edit} />}
      {value !== undefined && value.can.edit === true && (
        <Section title="拟稿" {...(publicationSubjects[value.kind] === 'none' ? {} : { note: '保存时按现在的登记重新带出内容' })}>
          <DraftForm
            kind={value.kind} subjectId={value.subjectId} first={{ title: value.title, body: value.body, periodKind: value.periodKind, periodDays: value.periodDays, periodUntilOn: value.periodUntilOn }}
            edited={{ publicationId, version: value.version }} onDone={back} onCancel={back}
          />
        </Section>
      )}
    </Page>
  );
}
