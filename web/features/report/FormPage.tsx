import { Alert, App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { z } from 'zod';
import type { Answer } from '#contract/define-route.ts';
import { archiveReportForm, getReportBlank, getReportCatalogue, getReportForm, putReportMarks, ReportMark } from '#contract/report.ts';
import { addressOf, placeOf } from '#domain/report/address.ts';
import { lookAt, markPlace, type SheetFace } from '#domain/report/sheet.ts';
import { ActionButton, ActionLink } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { Restored } from '#web/kit/form/Restored.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useKept } from '#web/kit/form/use-kept.ts';
import { History } from '#web/kit/History.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { paths } from '#web/paths.ts';
import { markAt, markWords, type Catalogue } from './mark-draft.ts';
import { Cadence, Dues } from './Cadence.tsx';
import { MarkPanel } from './MarkPanel.tsx';
import { SheetGrid } from './SheetGrid.tsx';
import { SheetTabs } from './SheetTabs.tsx';

type Form = Answer<typeof getReportForm>;

/** 标记: what each cell of somebody's blank takes, pointed at on the sheet itself. */
export function FormPage() {
  const formId = useParam('Form', 'formId');
  const form = useRoute(getReportForm, { params: { formId } });
  const catalogue = useRoute(getReportCatalogue);
  const value = form.data;
  return (
    <Page
      title={value?.title ?? '上报表格'} lead={<>点表上的格，说明填什么。标记一次，以后自己填。{value?.holder !== undefined && value.holder !== null && `经办人：${value.holder}`}</>} needs={[form, catalogue]}
      actions={value !== undefined && <>
        <DownloadLink href={apiUrl(getReportBlank, { params: { formId } })}>下载空表</DownloadLink>
        <ActionLink to={paths.reportFilling(formId)} isButton ability={value.markCount === 0 ? '先保存标记再填报' : value.can.fill}>去填报</ActionLink>
        <Cadence form={value} />
        <RouteDialog route={archiveReportForm} params={{ formId }} version={value.version} words="归档" title="归档这张表" submit="归档" done="已归档" isDanger ability={value.can.mark} />
      </>}
    >
      {value !== undefined && catalogue.data !== undefined && <>
        {value.dues.some(({ endedOn }) => endedOn === null) && <Section title="报送期限"><Dues dues={value.dues} /></Section>}
        <Marking form={value} catalogue={catalogue.data} />
        <Section title="操作历史"><History entries={value.history} /></Section>
      </>}
    </Page>
  );
}

const printedAt = (sheet: SheetFace, address: string): string => { const place = placeOf(address); return place === null ? '' : lookAt(sheet).textAt(place); };

const Work = z.object({ marks: z.array(ReportMark), title: z.string(), reportedTo: z.string() });

function Marking({ form, catalogue }: { form: Form; catalogue: Catalogue }) {
  const id = useId();
  const { message } = App.useApp();
  const [url] = useUrlState();
  const isGuess = form.marks.length === 0 && form.suggestions.length > 0;
  const start = { marks: isGuess ? form.suggestions : form.marks, title: form.title, reportedTo: form.reportedTo ?? '' };
  const work = useKept(`report-marks ${form.id}`, Work, start);
  const { marks, title, reportedTo } = work.value;
  const change = (part: Partial<typeof start>) => work.keep({ ...work.value, ...part });
  const [sheetNo, choose] = useState(Math.max(0, form.sheets.findIndex((sheet) => !sheet.isHidden)));
  const [address, point] = useState('A1');
  const [refusal, refuse] = useState<string | null>(null);
  const save = useMutationOf(putReportMarks);
  const sheet = form.sheets[sheetNo];
  if (sheet === undefined) return null;
  const select = (to: string) => {
    const place = markPlace(sheet, to);
    refuse(place.ok ? null : place.message);
    point(place.ok ? addressOf(place.place) : to.toUpperCase());
  };
  const keepMarks = () => {
    const sent = work.value;
    save.mutate({ params: { formId: form.id }, version: form.version, body: { title, reportedTo: reportedTo.trim() || null, marks: [...marks] } }, { onSuccess: () => { work.saved(sent); void message.success('标记已保存'); } });
  };
  const isChanged = isGuess || JSON.stringify(work.value) !== JSON.stringify(start);
  return (
    <Section title="标记" note={`${marks.length} 处标记`}>
      {url.known !== undefined && <Alert type="success" showIcon role="status" title="认出了这张表" description={`${url.known}。可以直接去填报。`} style={{ marginBottom: 12 }} />}
      {isGuess && <Alert type="info" showIcon role="status" title={`按表头和行名，建议了 ${form.suggestions.length} 处标记（黄色）`} description="逐处点开核对，不对的改掉，然后保存。" style={{ marginBottom: 12 }} />}
      {work.isRestored && <Restored onDrop={work.drop} />}
      <div className="sz-fields">
        <div className="sz-field"><label htmlFor={`${id}t`}>表名</label><Input id={`${id}t`} value={title} maxLength={100} onChange={(event) => change({ title: event.target.value })} /></div>
        <div className="sz-field"><label htmlFor={`${id}r`}>报送单位</label><Input id={`${id}r`} value={reportedTo} maxLength={100} placeholder="如：市住房和城乡建设局" onChange={(event) => change({ reportedTo: event.target.value })} /></div>
      </div>
      <SheetTabs sheets={form.sheets} chosen={sheetNo} onChoose={choose} />
      <div className="sz-marking">
        <div>
          <SheetGrid
            name={`${form.title} ${sheet.name}`} sheet={sheet} selected={address} onSelect={select}
            lookOf={(at) => {
              const standing = markAt(marks, sheetNo, at);
              if (standing === null) return undefined;
              const words = markWords(standing, catalogue);
              return { className: isGuess && form.suggestions.includes(standing.mark) ? 'sz-suggested' : 'sz-marked', words: `已标记：${words}`, ...(standing.column === null && standing.mark.kind === 'list' ? {} : { text: words }) };
            }}
          />
          <ul className="sz-legend"><li><span style={{ background: '#fff4d9' }} />建议，待核对</li><li><span style={{ background: '#e8f1fa' }} />已标记</li><li><em>=公式</em>：表自己计算，不能标记</li></ul>
        </div>
        <MarkPanel sheet={sheetNo} face={sheet} address={address} printed={printedAt(sheet, address)} refusal={refusal} marks={marks} catalogue={catalogue} onMarks={(next) => change({ marks: [...next] })} onAddress={select} />
      </div>
      {save.error !== null && <Alert type="error" showIcon role="alert" title="没有保存" description={save.error.message} style={{ marginTop: 12 }} />}
      <div className="sz-form-foot">
        {typeof form.can.mark === 'string' ? <ActionButton ability={form.can.mark} onClick={() => undefined}>保存标记</ActionButton>
          : <Button type="primary" size="large" disabled={!isChanged} loading={save.isPending} onClick={keepMarks}>保存标记</Button>}
      </div>
    </Section>
  );
}
