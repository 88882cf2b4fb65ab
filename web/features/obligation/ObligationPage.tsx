import { getObligation, ObligationDetail, putExtension, putWaiver } from '#contract/obligation.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { DueTag } from '#web/kit/DueTag.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { DayLines } from '#web/kit/WhyThisDay.tsx';
import { dutyEventLabels } from '#domain/obligation/log.ts';
import { useDutyPath } from '#web/kit/use-duty-path.ts';

/** 一项时限: its day and why, all that happened to it, and what may be done about it. */
export function ObligationPage() {
  const params = { obligationId: useParam('Obligation', 'obligationId') };
  const pathOf = useDutyPath();
  const asked = useRoute(getObligation, { params });
  const value = asked.data;
  if (value === undefined) return <Page title="一项时限" needs={[asked]} />;
  const shared = { params, version: value.version };
  return (
    <Page
      title={`${value.title}：${value.dutyTitle}`} lead={<DueTag due={value} />}
      actions={<>
        {pathOf(value) === value.path && <LinkButton to={value.path} isPrimary>去办理</LinkButton>}
        <RouteDialog route={putExtension} {...shared} words="批准延期" title="批准延期" submit="批准延期" done="已延期" ability={value.can.extend} extras={{ reason: { help: '只能延期一次，理由会写进“为什么是这一天”，请不要写个人信息' } }} />
        <RouteDialog route={putWaiver} {...shared} words="免除" title="免除这项义务" submit="免除" done="已免除" ability={value.can.waive} isDanger extras={{ reason: { help: '理由会留存，请不要写个人信息' } }} />
      </>}
    >
      <Facts of={ObligationDetail} value={value} names={['holderName', 'placeName', 'state', 'openedOn']} more={[{ title: '义务的依据', value: value.sources.join('；') || '—' }]} />
      <Section title="为什么是这一天"><DayLines lines={value.lines} /></Section>
      <Section title="经过">
        <ul className="sz-history">
          {value.events.map((event, at) => (
            <li key={`${at}-${event.kind}`}><b>{dutyEventLabels[event.kind]}</b>　<DateText value={event.on} />{event.holderName !== null && `　${event.holderName}`}{event.byName !== null && `　${event.byName}`}{event.reason !== null && <div className="sz-muted">{event.reason}</div>}</li>
          ))}
          {value.told.map(({ words, at }) => <li key={words}><b>提醒</b>　<DateText value={at} />　{words}</li>)}
        </ul>
      </Section>
    </Page>
  );
}
