import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ProblemError } from './api/problem-error.ts';

/**
 * 上传附件: one file at a time, sent as soon as it is chosen. `send` posts the form that holds it; when it resolves `done` is told and every
 * page asks again. `accept` only narrows what the chooser offers: what may come in is for the server to say.
 */
export function AttachButton({ accept, done, send, words = '上传附件', isPrimary = false }: { accept: string; done: string; send: (form: FormData) => Promise<unknown>; words?: string; isPrimary?: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const attach = async (file: File | undefined) => {
    if (file === undefined) return;
    setBusy(true);
    const form = new FormData();
    form.append('files', file);
    try {
      await send(form);
      message.success(done);
      await client.invalidateQueries();
    } catch (error) {
      message.error(error instanceof ProblemError ? error.message : '没有上传成功，请再试一次');
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button {...(isPrimary ? { type: 'primary' as const } : {})} loading={isBusy} onClick={() => field.current?.click()}>{words}</Button>
      <input ref={field} type="file" accept={accept} aria-label="选择附件" className="sz-file" tabIndex={-1} onChange={(event) => { void attach(event.target.files?.[0]); event.target.value = ''; }} />
    </>
  );
}
