import { useNavigate } from '@tanstack/react-router';
import { Alert } from 'antd';
import { getPaper, getPaperStart } from '#contract/paper.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';
import { PaperForm } from './PaperForm.tsx';

/** 修改拟稿. */
export function PaperEditPage() {
  const paperId = useParam('Paper', 'paperId');
  const navigate = useNavigate();
  const paper = useRoute(getPaper, { params: { paperId } });
  const value = paper.data;
  const start = useRoute(getPaperStart, { query: { kind: value?.kind ?? 'notice' } }, { enabled: value !== undefined });
  const back = () => void navigate({ to: paths.paper(paperId) });
  return (
    <Page title="修改拟稿" lead={value?.title} needs={[paper, start]}>
      {value !== undefined && value.can.edit !== true && <Alert type="warning" showIcon title="不能修改" description={value.can.edit} />}
      {value !== undefined && start.data !== undefined && value.can.edit === true && (
        <Section title="内容"><PaperForm kind={value.kind} first={{ ...value.data, layout: value.layout }} layouts={start.data.layouts} estateId={value.estate?.id ?? null} edited={{ paperId, version: value.version }} onDone={back} onCancel={back} /></Section>
      )}
    </Page>
  );
}
