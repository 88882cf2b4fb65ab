import { Button } from 'antd';
import { useRef, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { postComplaintLetterReading } from '#contract/complaint.ts';
import type { Answer } from '#contract/define-route.ts';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { upload } from '#web/kit/api/upload.ts';
import { newKey } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

export type LetterRead = Answer<typeof postComplaintLetterReading>;

/** 电子邮件来件: a saved letter dropped or chosen fills the form; nothing is registered until somebody has looked at it. */
export function LetterDrop({ letter, onRead }: { letter: LetterRead | null; onRead: (letter: LetterRead | null) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [isOver, over] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, refuse] = useState('');
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    setBusy(true);
    refuse('');
    const form = new FormData();
    form.append('files', file);
    try {
      onRead(await upload(postComplaintLetterReading, {}, form, { idempotencyKey: newKey(), onProgress: () => undefined }));
    } catch (error) {
      onRead(null);
      refuse(error instanceof ProblemError ? error.message : '没有读取成功，请再试一次');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title="电子邮件来件" note="来信保存成 .eml 文件后拖到这里，下面自动填好，核对后登记；信和附件随投诉件保存">
      <div className={isOver ? 'sz-letter-drop sz-over' : 'sz-letter-drop'} onDragOver={(event) => { event.preventDefault(); over(true); }} onDragLeave={() => over(false)} onDrop={(event) => { event.preventDefault(); over(false); void read(event.dataTransfer.files[0]); }}>
        <Button loading={isBusy} onClick={() => field.current?.click()}>选择来信（.eml）</Button>
        <input ref={field} type="file" accept=".eml,.msg,message/rfc822" aria-label="选择来信文件" className="sz-file" tabIndex={-1} onChange={(event) => { void read(event.target.files?.[0]); event.target.value = ''; }} />
        <span className="sz-muted">不是电子邮件的，直接填写下面的内容</span>
      </div>
      {refusal !== '' && <p role="alert" className="sz-error">{refusal}</p>}
      {letter !== null && <Found letter={letter} onDrop={() => onRead(null)} />}
    </Section>
  );
}

/** 读到的来信: what was found in it, and what to look at. */
export function Found({ letter: { known, files, left, isDayRead, isCut, mail }, onDrop }: { letter: LetterRead; onDrop?: () => void }) {
  if (known !== null) return <p role="status" className="sz-error">这封信已经登记为{known.id === null ? known.no : <Link to={paths.complaint(known.id)}>{known.no}</Link>}，不用再登记。</p>;
  const notes = [
    files.length > 0 ? `附件 ${files.length} 个随件保存：${files.map(({ name }) => name).join('、')}` : '', left.length > 0 ? `不是 PDF 或图片的附件没有单独取出，可以打开来件原件查看：${left.join('、')}` : '',
    isDayRead ? '' : '信头上没有可靠的收到日期，先填了今天，请核对', isCut ? '来信较长，下面只列前一部分，全文在来件原件里' : '', mail === '' ? '没有读到寄信人的邮箱' : '',
  ].filter((words) => words !== '');
  return (
    <>
      <p role="status">已读取来信，请核对下面的内容，选好小区和类别后登记。{onDrop !== undefined && <Button type="link" onClick={onDrop}>不用这封信</Button>}</p>
      <ul className="sz-muted">{notes.map((words) => <li key={words}>{words}</li>)}</ul>
    </>
  );
}
