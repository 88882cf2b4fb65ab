import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { z } from 'zod';
import { isId, isLocalDate, type Id } from '#domain/kernel/brand.ts';
import { getReportFilling, getReportFillingFile, getReportFillingRows, getReportForm, postReportSending } from '#contract/report.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { paths } from '#web/paths.ts';
import { Subjects } from './CellFacts.tsx';
import { Filled } from './Filled.tsx';
import { TypedCells } from './TypedCells.tsx';
import { filledText } from './filled-text.ts';

const WORDS = { unit: '填报单位', signer: '单位负责人', filler: '填表人', phone: '联系电话' } as const;

/** 填报预览: the form filled at a day, with what differs from last time and what to look at, before it is frozen. */
export function FillingPage() {
  const formId = useParam('Form', 'formId');
  const navigate = useNavigate();
  const [url] = useUrlState();
  const query = queryOf(url);
  const form = useRoute(getReportForm, { params: { formId } });
  const filling = useRoute(getReportFilling, { params: { formId }, query }, { keeps: true });
  const value = filling.data;
  const correctsId = query.correctsId;
  return (
    <Page
      title="填报预览" lead={form.data === undefined ? undefined : `${form.data.title}${correctsId === undefined ? '' : '（更正）'}`} needs={[form, filling]}
      actions={<>
        <LinkButton to={paths.report(formId)}>改标记</LinkButton>
        {value !== undefined && <DownloadLink href={apiUrl(getReportFillingFile, { params: { formId }, query })}>下载试填的表</DownloadLink>}
        {value !== undefined && form.data !== undefined && (
          <RouteDialog
            route={postReportSending} params={{ formId }} words="上报并固定" title="上报并固定这张表" submit="确认上报" done="已固定，今后不再随台账变化" ability={form.data.can.send}
            first={{ reportedTo: form.data.reportedTo ?? '', unit: query.unit, signer: query.signer, filler: query.filler, phone: query.phone }}
            fixed={{ on: value.on, knownOn: query.knownOn, digest: value.digest, correctsId, ...(correctsId === undefined ? { correction: undefined } : {}) }}
            extras={{ signer: { help: '固定后，文件、数字、口径和依据都不再变' }, ...(correctsId === undefined ? {} : { correction: { help: '写明为什么更正（必填）' } }) }} onDone={(sent) => void navigate({ to: paths.reportSending(sent.id) })}
          />
        )}
      </>}
    >
      <Words on={value?.on ?? ''} />
      {form.data !== undefined && <TypedCells key={form.data.version} form={form.data} />}
      {value !== undefined && form.data !== undefined && (
        <>
          <ShareBar name={`${form.data.title}（截至${dateWords(value.on)}）`} of="filling" text={() => filledText(form.data?.title ?? '', value)} />
          <div id="filling">
            <p className="sz-as-of-words">截至{dateWords(value.on)}，按{dateWords(value.knownOn)}台账所载</p>
            <Filled name={form.data.title} filled={value} rowsOf={(cell) => <FillingRows formId={formId} query={{ ...query, sheet: cell.sheet, cell: cell.address }} />} />
          </div>
        </>
      )}
    </Page>
  );
}

function FillingRows({ formId, query }: { formId: Id<'Form'>; query: z.input<typeof getReportFillingRows.query> }) {
  return <Subjects address={query.cell} asked={useRoute(getReportFillingRows, { params: { formId }, query })} />;
}

function queryOf({ on, knownOn, corrects, unit, signer, filler, phone }: Readonly<Record<string, string>>): z.input<typeof getReportFilling.query> {
  return {
    ...(on !== undefined && isLocalDate(on) ? { on } : {}), ...(knownOn !== undefined && isLocalDate(knownOn) ? { knownOn } : {}), ...(corrects !== undefined && isId<'Sending'>(corrects) ? { correctsId: corrects } : {}),
    ...(unit ? { unit } : {}), ...(signer ? { signer } : {}), ...(filler ? { filler } : {}), ...(phone ? { phone } : {}),
  };
}

/** 填报要求: the day and the words of the form, kept in the address. */
function Words({ on }: { on: string }) {
  const id = useId();
  const [url, change] = useUrlState();
  const [draft, edit] = useState<Readonly<Record<string, string>>>(url);
  return (
    <Section title="填报要求">
      <form onSubmit={(event) => { event.preventDefault(); change(draft); }}>
        <div className="sz-fields">
          <div className="sz-field"><label htmlFor={`${id}on`}>截至</label><DateField id={`${id}on`} value={draft.on ?? on} onChange={(next) => edit({ ...draft, on: next })} /></div>
          <div className="sz-field"><label htmlFor={`${id}k`}>当时掌握（不填为现在）</label><DateField id={`${id}k`} value={draft.knownOn ?? ''} onChange={(next) => edit({ ...draft, knownOn: next })} /></div>
          {Object.entries(WORDS).map(([name, label]) => <div key={name} className="sz-field"><label htmlFor={`${id}${name}`}>{label}</label><Input id={`${id}${name}`} value={draft[name] ?? ''} maxLength={100} onChange={(event) => edit({ ...draft, [name]: event.target.value })} /></div>)}
        </div>
        <div className="sz-form-foot"><Button htmlType="submit" type="primary">按这样填</Button></div>
      </form>
    </Section>
  );
}
