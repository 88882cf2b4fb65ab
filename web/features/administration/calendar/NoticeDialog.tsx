import { Alert, App, Button, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { putHolidayNotice, type listHolidayNotices } from '#contract/administration/calendar.ts';
import type { Ability } from '#web/kit/ActionLink.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { todayOfClock } from '#web/kit/schema/words.ts';
import { AddRange } from './AddRange.tsx';
import { DaysField } from './DaysField.tsx';
import { readDays } from './read-days.ts';
import { readNotice } from './read-notice.ts';
import { spansWords } from './spans.ts';

type Notice = Answer<typeof listHolidayNotices>['rows'][number];
interface Props { readonly year: number | null; readonly notice?: Notice }

/** 登记节假日通知; a year that is there already is put right with the same form. */
export function NoticeDialog({ ability, ...props }: Props & { ability: Ability }) {
  const words = props.notice === undefined ? '登记节假日通知' : '更正';
  return <DialogButton words={words} title={props.notice === undefined ? words : `更正 ${props.notice.year} 年节假日通知`} isPrimary={props.notice === undefined} ability={ability}>{(close) => <NoticeForm {...props} close={close} />}</DialogButton>;
}

const listed = (days: readonly string[]) => days.join('，');

function NoticeForm({ year: first, notice, close }: Props & { close: () => void }) {
  const id = useId();
  const { message } = App.useApp();
  const [year, setYear] = useState(String(notice?.year ?? first ?? Number(todayOfClock().slice(0, 4)) + 1));
  const [title, setTitle] = useState(notice?.title ?? '');
  const [no, setNo] = useState(notice?.noticeNo ?? '');
  const [on, setOn] = useState<string>(notice?.publishedOn ?? '');
  const [off, setOff] = useState(spansOf(notice?.daysOff ?? []));
  const [work, setWork] = useState(listed(notice?.makeupDays ?? []));
  const [fault, setFault] = useState<string | null>(null);
  const save = useMutationOf(putHolidayNotice, () => {
    message.success(`已登记 ${year} 年节假日通知，暂定的日期按新的安排重算`);
    close();
  });
  const daysOff = readDays(Number(year), off);
  const makeupDays = readDays(Number(year), work);
  const heading = title.trim() === '' ? `国务院办公厅关于${year}年部分节假日安排的通知` : title;
  const paste = (text: string) => {
    const found = readNotice(Number(year), text);
    if (found.daysOff.length > 0) setOff(spansOf(found.daysOff));
    if (found.makeupDays.length > 0) setWork(listed(found.makeupDays));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const params = putHolidayNotice.params.safeParse({ year });
    const body = putHolidayNotice.body.safeParse({ noticeNo: no, title: heading, publishedOn: on, daysOff: daysOff.days, makeupDays: makeupDays.days });
    const unread = [...daysOff.unread, ...makeupDays.unread];
    const found = unread.length > 0 ? `认不出这些日期，请改写：${unread.join('、')}` : !params.success ? '年份应在 2020 至 2100 之间' : on === '' ? '请填写发布日期' : body.success ? null : (body.error.issues[0]?.message ?? '填写有误');
    setFault(found);
    if (found === null && params.success && body.success) save.mutate({ params: params.data, body: body.data });
  };
  return (
    <form className="sz-form" onSubmit={submit}>
      <FieldRow id={`${id}y`} title="年份" isRequired><Input id={`${id}y`} inputMode="numeric" value={year} disabled={notice !== undefined} onChange={(event) => setYear(event.target.value)} /></FieldRow>
      <FieldRow id={`${id}t`} title="通知标题" isRequired={false} help="不填则用通常的标题"><Input id={`${id}t`} value={title} maxLength={100} placeholder={heading} aria-describedby={`${id}t-help`} onChange={(event) => setTitle(event.target.value)} /></FieldRow>
      <FieldRow id={`${id}n`} title="文号" isRequired><Input id={`${id}n`} value={no} maxLength={60} placeholder="如：国办发明电〔2026〕1号" onChange={(event) => setNo(event.target.value)} /></FieldRow>
      <FieldRow id={`${id}p`} title="发布日期" isRequired><DateField id={`${id}p`} value={on} onChange={setOn} /></FieldRow>
      <FieldRow id={`${id}x`} title="粘贴通知正文" isRequired={false} help="可从政府网站复制整篇通知，自动认出放假和调休上班的日子，再核对下面两栏">
        <Input.TextArea id={`${id}x`} autoSize={{ minRows: 2, maxRows: 5 }} aria-describedby={`${id}x-help`} placeholder="一、元旦：1月1日（周五）至3日（周日）放假，共3天。……" onChange={(event) => paste(event.target.value)} />
      </FieldRow>
      <DaysField id={`${id}o`} title="放假日" text={off} days={daysOff.days} unread={daysOff.unread} onType={setOff} />
      <DaysField id={`${id}w`} title="调休上班日" text={work} days={makeupDays.days} unread={makeupDays.unread} onType={setWork} mustBeWeekend />
      <AddRange onAdd={(kind, text) => (kind === 'off' ? setOff(joined(off, text)) : setWork(joined(work, text)))} />
      {(fault !== null || save.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? save.error?.message} />}
      <div className="sz-form-foot"><Button type="primary" htmlType="submit" loading={save.isPending}>{notice === undefined ? '登记' : '保存更正'}</Button><Button onClick={close}>取消</Button></div>
    </form>
  );
}

const joined = (text: string, more: string) => (text.trim() === '' ? more : `${text}，${more}`);

/** Days of the year itself as a notice writes them; days of a neighbouring year keep their year. */
function spansOf(days: readonly Notice['daysOff'][number][]): string {
  const isOneYear = new Set(days.map((day) => day.slice(0, 4))).size <= 1;
  return days.length === 0 ? '' : isOneYear ? spansWords(days).replaceAll('、', '，') : listed(days);
}
