import { Alert, App, Button, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import { putHolidayNotice } from '#contract/administration.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { todayOfClock } from '#web/kit/schema/words.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { readDays } from './read-days.ts';

/** 登记节假日通知. */
export function NoticeDialog({ year }: { year: number | null }) {
  const may = useMay()(putHolidayNotice.permission);
  if (!may) return null;
  return <DialogButton words="登记节假日通知" title="登记节假日通知" isPrimary>{(close) => <NoticeForm first={year} close={close} />}</DialogButton>;
}

function NoticeForm({ first, close }: { first: number | null; close: () => void }) {
  const id = useId();
  const { message } = App.useApp();
  const [year, setYear] = useState(String(first ?? Number(todayOfClock().slice(0, 4)) + 1));
  const [no, setNo] = useState('');
  const [on, setOn] = useState('');
  const [off, setOff] = useState('');
  const [work, setWork] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const save = useMutationOf(putHolidayNotice, () => {
    message.success(`已登记 ${year} 年节假日通知，暂定的日期会自动重算`);
    close();
  });
  const daysOff = readDays(Number(year), off);
  const makeupDays = readDays(Number(year), work);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const params = putHolidayNotice.params.safeParse({ year });
    const body = putHolidayNotice.body.safeParse({ noticeNo: no, title: `国务院办公厅关于${year}年部分节假日安排的通知`, publishedOn: on, daysOff: daysOff.days, makeupDays: makeupDays.days });
    const unread = [...daysOff.unread, ...makeupDays.unread];
    setFault(unread.length > 0 ? `看不懂这些日期：${unread.join('、')}` : !params.success ? '年份应在 2020 至 2100 之间' : body.success ? null : (body.error.issues[0]?.message ?? '填写有误'));
    if (unread.length === 0 && params.success && body.success) save.mutate({ params: params.data, body: body.data });
  };
  return (
    <form className="sz-form" onSubmit={submit}>
      <div className="sz-field"><label htmlFor={`${id}y`}>年份</label><Input id={`${id}y`} inputMode="numeric" value={year} onChange={(event) => setYear(event.target.value)} /></div>
      <div className="sz-field"><label htmlFor={`${id}n`}>文号</label><Input id={`${id}n`} value={no} placeholder="国办发明电〔2026〕1号" onChange={(event) => setNo(event.target.value)} /></div>
      <div className="sz-field"><label htmlFor={`${id}p`}>发布日期</label><DateField id={`${id}p`} value={on} onChange={setOn} /></div>
      <Days id={`${id}o`} title="放假日" text={off} onType={setOff} count={daysOff.days.length} />
      <Days id={`${id}w`} title="调休上班日" text={work} onType={setWork} count={makeupDays.days.length} />
      {(fault !== null || save.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? save.error?.message} />}
      <div className="sz-form-foot"><Button type="primary" htmlType="submit" loading={save.isPending}>登记</Button><Button onClick={close}>取消</Button></div>
    </form>
  );
}

function Days({ id, title, text, onType, count }: { id: string; title: string; text: string; onType: (text: string) => void; count: number }) {
  return (
    <div className="sz-field">
      <label htmlFor={id}>{title}</label>
      <Input.TextArea id={id} autoSize={{ minRows: 2 }} value={text} placeholder="1月1日至3日，2月15日至23日，4月4日" onChange={(event) => onType(event.target.value)} />
      <p className="sz-help">照通知填写，用逗号或换行分开；已认出 {count} 天</p>
    </div>
  );
}
