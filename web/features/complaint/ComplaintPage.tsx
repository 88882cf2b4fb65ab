import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useState } from 'react';
import { Complaint, getComplaint, revealComplainant } from '#contract/complaint.ts';
import { isOutside, originLabels } from '#domain/complaint/origin.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { DueTag } from '#web/kit/DueTag.tsx';
import { WhyThisDay } from '#web/kit/WhyThisDay.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { paths } from '#web/paths.ts';
import { Acts, FurtherActs, type ComplaintItem } from './Acts.tsx';
import { Attachments } from './Attachments.tsx';
import { HotlineSection } from './hotline/HotlineSection.tsx';
import { Likenesses } from './Likenesses.tsx';
import { ComplaintStatusTag, NextDue } from './status.tsx';
import './complaint.css';

/** 一件投诉: what is to be done next and by when stands first; then what was said, who has had it, every step. */
export function ComplaintPage() {
  const complaintId = useParam('Complaint', 'complaintId');
  const found = useRoute(getComplaint, { params: { complaintId } });
  const item = found.data;
  const due = item?.dues.find(({ endedOn }) => endedOn === null);
  return (
    <Page title={item?.no ?? '投诉件'} needs={[found]} lead={item !== undefined && <><ComplaintStatusTag status={item.status} />　{item.estate ?? (item.origin === 'hotline' || !isOutside(item.origin) ? '小区待认定' : '不涉及某个小区')}　{item.place}{item.originNo !== null && <>　{originLabels[item.origin]} {item.originNo}</>}</>}>
      {item !== undefined && (
        <>
          <section className="sz-next" aria-label="下一步">
            <dl><div><dt>下一步</dt><dd>{item.nextWords}</dd></div><div><dt>由谁办</dt><dd>{item.handler}{item.holder === null ? '' : `　${item.holder}`}{item.isHandlerOffline && <>　<StatusTag>没有账号，线下办理</StatusTag></>}</dd></div><div><dt>期限</dt><dd>{due === undefined ? <NextDue row={item} /> : <>{due.dutyTitle}：<DueTag due={due} /></>}</dd></div></dl>
            {due !== undefined && <p className="sz-why"><WhyThisDay id={due.id} /></p>}
            <div className="sz-actions no-print"><Acts item={item} /></div>
            <FurtherActs item={item} />
            <OtherDues item={item} shown={due?.id} />
          </section>
          <Likenesses item={item} />
          <Notes item={item} />
          <Section title="反映的情况" note={<>收到于<DateText value={item.receivedOn} /></>}>
            <p className="sz-complaint-body">{item.body}</p>
            <Facts of={Complaint} value={item} names={['category', 'estate', 'spot', ...(item.building === null ? [] : ['building' as const]), 'origin', ...(item.originNo === null ? [] : ['originNo' as const, 'originDueOn' as const]), 'pace', 'ownerCount', 'firstBody', ...(item.emergencyTo === null ? [] : ['emergencyTo' as const]), ...(item.company === null ? [] : ['company' as const])]} more={item.assisting.length === 0 ? [] : [{ title: '协办单位', value: item.assisting.join('、') }]} />
          </Section>
          {item.reply !== null && <Section title="答复"><p className="sz-complaint-body">{item.reply}</p><Facts of={Complaint} value={item} names={['outcome', ...(item.agreement === null ? [] : ['agreement' as const]), ...(item.satisfaction === null ? [] : ['satisfaction' as const, 'satisfactionWhy' as const]), ...(item.recheckResult === null ? [] : ['recheckResult' as const])]} /></Section>}
          {item.origin === 'hotline' && <HotlineSection item={item} />}
          <Attachments item={item} />
          <Section title="投诉人" note={item.identity ?? '只有承办单位可以查看，查看要写原因并记入操作记录'}>{item.complainants.length > 0 && <ul className="sz-complainants">{item.complainants.map((one) => <Person key={one.id} item={item} one={one} />)}</ul>}</Section>
          <Section title="在谁手上"><ul className="sz-hands">{item.hands.map((hand) => <li key={`${hand.handler}${hand.fromOn}`}>{hand.handler}：{dateText(hand.fromOn)}{hand.untilOn === null ? '起，' : `至${dateText(hand.untilOn)}，`}{hand.days} 天</li>)}</ul></Section>
          <Section title="办理过程">
            <ol className="sz-history">{item.steps.map((step) => <li key={step.id}><p><strong>{step.title}</strong>　{step.body}　{step.by}　<DateText value={step.at} />{step.isInternal && <>　<StatusTag>内部</StatusTag></>}{step.isOffline && <>　<StatusTag tone="info">线下补录</StatusTag></>}</p>{step.note !== '' && <p className="sz-muted">{step.note}</p>}</li>)}</ol>
          </Section>
        </>
      )}
    </Page>
  );
}

/** 其他期限: the rest behind the one that counts now. */
function OtherDues({ item, shown }: { item: ComplaintItem; shown: string | undefined }) {
  const others = item.dues.filter(({ id }) => id !== shown);
  if (others.length === 0) return null;
  return <details className="sz-more"><summary>其他期限（{others.length}）</summary><ul className="sz-hands">{others.map((due) => <li key={due.id}>{due.dutyTitle}（{due.holderName}）：<DueTag due={due} />　<WhyThisDay id={due.id} /></li>)}</ul></details>;
}

/** What whoever opens the file must not miss. */
function Notes({ item }: { item: ComplaintItem }) {
  const linked = (one: NonNullable<ComplaintItem['mergedInto']>) => <Link to={paths.complaint(one.id)}>{one.no}</Link>;
  const space = { marginBottom: 16 };
  return (
    <>
      {item.isEmergency && <Alert type="error" showIcon title="紧急安全事项" description={`已转交：${item.emergencyTo ?? '还没有记录转交给谁，请立即登记应急处理'}`} style={space} />}
      {item.isDesignated && <Alert type="info" showIcon title={`联席会议办公室已指定${item.handler}承办`} style={space} />}
      {item.isObjected && <Alert type="warning" showIcon title="承办单位提出异议，等联席会议办公室指定；期限照常计算" style={space} />}
      {item.agenda !== null && <Alert type="warning" showIcon title={`拟提请联席会议：${item.agenda}`} style={space} />}
      {item.relapseOf !== null && <Alert type="warning" showIcon title={`第 ${String(item.relapseNo)} 次反弹`} description={<>同类同地的{linked(item.relapseOf)}办结后又发生</>} style={space} />}
      {item.mergedInto !== null && <Alert type="info" showIcon title={<>已并入{linked(item.mergedInto)}，随那一件办理</>} style={space} />}
      {item.mergedFrom.length > 0 && <Alert type="info" showIcon title={`并入了 ${String(item.mergedFrom.length)} 件`} description={<ul>{item.mergedFrom.map((one) => <li key={one.id}>{linked(one)}　{one.words}</li>)}</ul>} style={space} />}
      {item.refusal !== null && <Alert type="info" showIcon title="不予受理" description={item.refusal} style={space} />}
    </>
  );
}

function Person({ item, one }: { item: ComplaintItem; one: ComplaintItem['complainants'][number] }) {
  const [seen, see] = useState<Readonly<Record<string, string>>>({});
  const ask = (field: 'name' | 'phone' | 'mail' | 'family', words: string) => (
    <RouteDialog route={revealComplainant} params={{ complaintId: item.id, complainantId: one.id }} fixed={{ field }} words={words} title={words} submit="查看并记录" done="已记入操作记录" isQuiet ability={item.canReveal} extras={{ reason: { help: '例如：电话联系投诉人核实情况' } }} onDone={({ value }) => see({ ...seen, [field]: value ?? '没有登记' })} />
  );
  return (
    <li>
      {seen['name'] ?? one.name}{seen['phone'] === undefined ? '' : `　${seen['phone']}`}{seen['mail'] === undefined ? '' : `　${seen['mail']}`}{one.isForFamily && <>　<StatusTag>{one.family}</StatusTag>{seen['family'] === undefined ? '' : `　${seen['family']}`}</>}
      {!one.isAnonymous && seen['name'] === undefined && ask('name', '查看姓名')}{one.hasPhone && seen['phone'] === undefined && ask('phone', '查看电话')}{one.hasMail && seen['mail'] === undefined && ask('mail', '查看邮箱')}{one.hasFamilyName && seen['family'] === undefined && ask('family', '查看家人姓名')}
    </li>
  );
}
