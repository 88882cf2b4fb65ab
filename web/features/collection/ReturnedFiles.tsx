import { Alert, Button, Progress } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { Answer, Route } from '#contract/define-route.ts';
import type { postReturnedFiles } from '#contract/collection.ts';
import { upload } from '#web/kit/api/upload.ts';
import { newKey } from '#web/kit/hooks/use-mutation-of.ts';

type Outcome = Answer<typeof postReturnedFiles>['files'][number];

/** 收交回的表: one or several files, each taken whole or refused with the place of every fault. */
export function ReturnedFiles<P extends z.ZodType, R extends z.ZodType<{ readonly files: readonly Outcome[] }>>({ route, params, words, isMany }: { route: Route<P, z.ZodType, z.ZodType, R>; params: z.input<P>; words: string; isMany: boolean }) {
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  const send = async (files: readonly File[]) => {
    if (files.length === 0) return;
    const form = new FormData();
    for (const file of files) form.append('files', file);
    setFault(null);
    setPercent(0);
    try {
      setOutcomes((await upload(route, { params }, form, { idempotencyKey: newKey(), onProgress: setPercent })).files);
      await client.invalidateQueries();
    } catch (error) {
      setFault(error instanceof Error ? error.message : '没有上传成功，请重试');
    }
    setPercent(null);
  };
  return (
    <>
      <div className="sz-drop" onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); void send([...event.dataTransfer.files]); }}>
        <p><strong>{words}</strong></p>
        <Button onClick={() => field.current?.click()}>选择填好的表</Button>
        <input ref={field} type="file" multiple={isMany} accept=".xlsx,.xls,.et" aria-label="选择填好的表文件" className="sz-file" tabIndex={-1} onChange={(event) => { void send([...(event.target.files ?? [])]); event.target.value = ''; }} />
        <p className="sz-muted">xlsx、xls 都可以；有一格不对，整个文件都不写入，改好再传</p>
      </div>
      {percent !== null && <div role="status"><Progress percent={percent} aria-label="上传进度" /></div>}
      {fault !== null && <Alert type="error" showIcon role="alert" title="没有上传" description={fault} />}
      {outcomes.map((one, at) => (
        <Alert
          key={`${at}${one.fileName}`} style={{ marginTop: 8 }} type={one.isTaken ? 'success' : 'error'} showIcon role={one.isTaken ? 'status' : 'alert'} title={`${one.fileName}：${one.isTaken ? `已收下（${one.recipients.join('、')}）` : '没有收下'}`}
          description={one.problems.length + one.notes.length === 0 ? undefined : <ul>{[...one.problems, ...one.notes].map((line) => <li key={line}>{line}</li>)}</ul>}
        />
      ))}
    </>
  );
}
