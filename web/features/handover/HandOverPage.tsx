import { App } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { downloadHandOverPaper, downloadScan, getHandOver, HandOver, putHandOverCancellation, putLeaveEnd, putWitnessSignature } from '#contract/handover.ts';
import { statusLabels } from '#domain/handover/words.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { Facts, factsText } from '#web/kit/Facts.tsx';
import { History } from '#web/kit/History.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { paths } from '#web/paths.ts';
import './handover.css';
import { itemsText, ItemTable } from './ItemTable.tsx';
import { Signatures } from './Signatures.tsx';
import { SignIncoming } from './SignIncoming.tsx';
import { SignOutgoing } from './SignOutgoing.tsx';
import { StandIn } from './StandIn.tsx';
import { HandOverStatusTag } from './status.tsx';

type Value = Answer<typeof getHandOver>;
const facts = ['fromName', 'toName', 'witnessName', 'cause', 'reason', 'plannedOn', 'untilOn', 'startedByName', 'createdAt', 'completedAt', 'returnedAt'] as const;

/** 一次工作交接: the list, who signed, and what the reader is to do now. */
export function HandOverPage() {
  const handOverId = useParam('HandOver', 'handOverId');
  const handOver = useRoute(getHandOver, { params: { handOverId } });
  const value = handOver.data;
  return (
    <Page title={value === undefined ? '工作交接' : `${value.fromName}向${value.toName}的工作交接`} needs={[handOver]} lead={value === undefined ? undefined : <><HandOverStatusTag status={value.status} /> {nowOf(value)}</>} actions={value !== undefined && <Actions value={value} />}>
      {value !== undefined && <Content key={value.version} value={value} />}
    </Page>
  );
}

/** What happens next, said to this reader. */
function nowOf({ status, myPart, added, fromName, toName, signatures, cancelReason, isAccountEnded }: Value): string {
  const witness = signatures.find(({ role }) => role === 'witness');
  switch (status) {
    case 'open': return myPart === 'from' ? '请核对下面的清单，签字移交。' : `等${fromName}核对清单、签字。`;
    case 'objected': return myPart === 'from' ? '接手人对清单有异议，请逐项答复后重新签字。' : `等${fromName}答复异议、重新签字。`;
    case 'signed': if (added.length > 0) return `签字后又有 ${added.length} 项归到${fromName}名下，${myPart === 'from' ? '请' : `等${fromName}`}核对后重新签字。`;
      return witness !== undefined && witness.at === null ? `等监交人${witness.person}签字，再由${toName}签收。` : myPart === 'to' ? '请核对下面的清单，签收。' : `等${toName}核对、签收。`;
    case 'completed': return `岗位和名下事项已移交${toName}${isAccountEnded ? `，${fromName}的账号已停用` : ''}。`;
    case 'returned': return `代管已结束，岗位已交还${fromName}。`;
    case 'cancelled': return `原因：${cancelReason ?? ''}。岗位没有变动。`;
  }
}

function Actions({ value }: { value: Value }) {
  const params = { handOverId: value.id };
  const manages = value.can.cancel === true || value.can.endLeave === true;
  return (
    <>
      {value.paper !== null && <a className="sz-action" href={apiUrl(downloadHandOverPaper, { params })}>下载移交清单（{value.paper.number}）</a>}
      {value.paper !== null && value.can.openPaper === true && <LinkButton to={paths.paper(value.paper.id)}>打开文书</LinkButton>}
      {value.hasScan && <a className="sz-action" href={apiUrl(downloadScan, { params })}>手工签字的清单</a>}
      {manages && value.can.cancel === true && <RouteDialog route={putHandOverCancellation} params={params} version={value.version} words="取消交接" title="取消这次交接" submit="取消交接" done="已取消，岗位没有变动" isDanger />}
      {manages && value.can.endLeave === true && <RouteDialog route={putLeaveEnd} params={params} version={value.version} words="提前结束代管" title={`把岗位交还${value.fromName}`} submit="交还" done="已交还" />}
    </>
  );
}

function Content({ value }: { value: Value }) {
  const text = () => `工作交接清单（${statusLabels[value.status]}）\n${factsText(HandOver, value, facts)}\n${itemsText(value.items)}${value.papers === '' ? '' : `\n【线下移交】\n${value.papers}`}`;
  const isDue = value.status === 'open' || value.status === 'objected' || value.added.length > 0;
  const signsOut = value.can.signOutgoing === true && isDue;
  return (
    <>
      <ShareBar name={`${value.fromName}工作交接清单`} of="hand-over" text={text} />
      <div id="hand-over">
        <Section title="概况"><Facts of={HandOver} value={value} names={facts.filter((name) => value[name] !== null)} /></Section>
        <Section title="签字"><Signatures signatures={value.signatures} /></Section>
        {!(signsOut || (value.myPart === 'to' && value.status === 'signed')) && <Section title="交接清单"><ItemTable items={value.items} /></Section>}
        {(value.papers !== '' || value.remark !== '') && !signsOut && <Section title="线下移交和备注"><p className="sz-hand-papers">{[value.papers, value.remark].filter((words) => words !== '').join('\n')}</p></Section>}
      </div>
      {signsOut && <SignOutgoing value={value} />}
      {value.myPart === 'to' && value.status === 'signed' && <SignIncoming value={value} />}
      {value.can.signWitness === true && <Witness value={value} />}
      {value.can.standIn === true && value.myPart !== 'from' && isDue && <StandIn value={value} />}
      <Section title="办理过程"><History entries={value.history} /></Section>
    </>
  );
}

function Witness({ value }: { value: Value }) {
  const { message } = App.useApp();
  return (
    <Section title="监交人签字">
      <RouteForm
        route={putWitnessSignature} params={{ handOverId: value.id }} version={value.version} submit="签字监交" keepsDraft={false} fixed={{ listMark: value.listMark }} onDone={() => message.success('已签字')}
        extras={{ password: { isPassword: true, autoComplete: 'current-password', help: '输入密码即为本人签字' } }}
      />
    </Section>
  );
}
