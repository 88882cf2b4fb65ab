import { putReportCadence, type getReportForm } from '#contract/report.ts';
import type { Answer } from '#contract/define-route.ts';
import { DueTag } from '#web/kit/DueTag.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { WhyThisDay } from '#web/kit/WhyThisDay.tsx';

type Form = Answer<typeof getReportForm>;

/** 报送周期: how often a form is sent; from then on each period stands on the home page of whose form it is. */
export function Cadence({ form }: { form: Form }) {
  return (
    <RouteDialog
      route={putReportCadence} params={{ formId: form.id }} version={form.version} words="报送周期" title={`报送周期：${form.title}`} submit="设定" done="报送周期已设定，到期前会在“待办与时限”提醒" ability={form.can.mark}
      first={{ every: form.cadence?.every ?? 'none', daysAfter: form.cadence?.daysAfter ?? 5 }} extras={{ daysAfter: { help: '如每月5日前报上月的，填5；要求在每期最后一日报的，填0' } }}
    />
  );
}

/** 在办的各期, the earliest first. */
export function Dues({ dues }: { dues: Form['dues'] }) {
  return <ul className="sz-lines">{dues.filter(({ endedOn }) => endedOn === null).map((due) => <li key={due.id}>应在 <DueTag due={due} /> 前报送 <WhyThisDay id={due.id} /></li>)}</ul>;
}
