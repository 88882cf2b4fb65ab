import { App } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { getPersonRequest, PersonRequest, putErasureDecision } from '#contract/person-request.ts';
import { requestKinds } from '#domain/privacy/words.ts';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { Corrections } from './Corrections.tsx';
import { ErasureCertificate } from './ErasureCertificate.tsx';
import { PersonRecords } from './PersonRecords.tsx';
import { RequestStatusTag } from './request-status.tsx';

type Value = Answer<typeof getPersonRequest>;
const facts = ['name', 'idNumber', 'phone', 'asker', 'identityCheck', 'asked', 'receivedOn', 'dueOn', 'registeredByName'] as const;

/** 一件个人信息请求: who asks, what is held of the person, what was done. */
export function PersonRequestPage() {
  const requestId = useParam('PersonRequest', 'requestId');
  const request = useRoute(getPersonRequest, { params: { requestId } });
  const value = request.data;
  return (
    <Page
      title={value === undefined ? '个人信息请求' : value.name === null ? `${requestKinds[value.kind]}请求（姓名已清除）` : `${value.person}的${requestKinds[value.kind]}请求`} needs={[request]} actions={<LinkButton to={paths.personRequests}>全部请求</LinkButton>}
      lead={value === undefined ? undefined : <><RequestStatusTag status={value.status} isOverdue={value.isOverdue} /> {nowOf(value)}</>}
    >
      {value !== undefined && <Content key={value.version} value={value} />}
    </Page>
  );
}

/** What happens next. */
function nowOf({ status, kind, dueOn, decidedByName, outcome, proposedByName }: Value): string {
  if (status === 'open') return kind === 'erasure' ? `核对查到的记录，勾选要删除的，提请批准。${dateWords(dueOn)}前办结。` : `核对查到的记录，办理后答复。${dateWords(dueOn)}前办结。`;
  return status === 'proposed' ? `${proposedByName ?? ''}已提请删除，等另一人批准。` : `由${decidedByName ?? ''}办结：${outcome ?? ''}`;
}

function Content({ value }: { value: Value }) {
  return (
    <>
      <Section title="请求">{value.name === null ? <p className="sz-muted">姓名和号码已清除。</p> : null}<Facts of={PersonRequest} value={value} names={value.name === null ? facts.slice(3) : facts} /></Section>
      {value.corrected.length > 0 && <Section title="办结时记下的更正"><Corrections rows={value.corrected} empty="" /></Section>}
      {value.erasure !== null && <ErasureCertificate id={value.id} erasure={value.erasure} />}
      {value.can.look === true && <PersonRecords value={value} />}
      {value.status === 'proposed' && <Decision value={value} />}
    </>
  );
}

function Decision({ value }: { value: Value }) {
  const { message } = App.useApp();
  const may = useMay();
  return (
    <Section title="批准删除">
      {value.can.decide === true && may(putErasureDecision.permission) ? (
        <RouteForm
          route={putErasureDecision} params={{ requestId: value.id }} version={value.version} submit="作出决定" keepsDraft={false} onDone={() => message.success('已办理')}
          extras={{ result: { help: '批准后立即删除，不能恢复' }, password: { isPassword: true, autoComplete: 'current-password', help: '输入密码即为本人签字' } }}
        />
      ) : <p>{value.can.decide === true ? '由住建局领导批准' : value.can.decide}</p>}
    </Section>
  );
}
