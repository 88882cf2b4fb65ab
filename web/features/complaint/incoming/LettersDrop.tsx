import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { postIncomingLetter } from '#contract/incoming-letter.ts';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { upload } from '#web/kit/api/upload.ts';
import { newKey } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';

interface Told { readonly name: string; readonly words: string }

/** 放入来信: several at once, each by itself, so that one that cannot be read stops none of the others. */
export function LettersDrop() {
  const field = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const [isOver, over] = useState(false);
  const [progress, show] = useState('');
  const [kept, count] = useState<number | null>(null);
  const [told, tell] = useState<readonly Told[]>([]);
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    const others: Told[] = [];
    let done = 0;
    for (const [at, file] of files.entries()) {
      show(`正在放入第 ${at + 1} 封，共 ${files.length} 封`);
      const form = new FormData();
      form.append('files', file);
      try {
        const answer = await upload(postIncomingLetter, {}, form, { idempotencyKey: newKey(), onProgress: () => undefined });
        if (answer.outcome === 'kept') done += 1;
        else others.push({ name: file.name, words: answer.words });
      } catch (error) {
        others.push({ name: file.name, words: error instanceof ProblemError ? error.message : '没有放入，请再试一次' });
      }
    }
    show('');
    count(done);
    tell(others);
    await client.invalidateQueries();
  };
  return (
    <Section title="放入来信" note="把邮箱里的来信保存成 .eml 文件，一次可以拖入多封；同一封信不会列两次">
      <div className={isOver ? 'sz-letter-drop sz-over' : 'sz-letter-drop'} onDragOver={(event) => { event.preventDefault(); over(true); }} onDragLeave={() => over(false)} onDrop={(event) => { event.preventDefault(); over(false); void take([...event.dataTransfer.files]); }}>
        <Button type="primary" loading={progress !== ''} onClick={() => field.current?.click()}>选择来信（.eml，可多选）</Button>
        <input ref={field} type="file" multiple accept=".eml,message/rfc822" aria-label="选择来信文件" className="sz-file" tabIndex={-1} onChange={(event) => { void take([...event.target.files ?? []]); event.target.value = ''; }} />
        <span className="sz-muted">{progress === '' ? '也可以把文件拖到这里' : progress}</span>
      </div>
      {kept !== null && progress === '' && <p role="status">放入 {kept} 封{told.length === 0 ? '' : `，另有 ${told.length} 封请看下面`}。</p>}
      {told.length > 0 && progress === '' && <ul className="sz-muted">{told.map(({ name, words }, at) => <li key={`${at}${name}`}>{name}：{words}</li>)}</ul>}
    </Section>
  );
}
