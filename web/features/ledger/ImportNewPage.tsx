import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Input, Progress } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { ledgerKind, ledgerKindLabels, postLedgerBatch } from '#contract/ledger.ts';
import { upload } from '#web/kit/api/upload.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { OrgUnitPicker } from '#web/kit/fields/OrgUnitPicker.tsx';
import { newKey } from '#web/kit/hooks/use-mutation-of.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';
import { DropZone } from './DropZone.tsx';
import { isUnknown, kindsLeft, refusalOf, type LedgerKind, type Put } from './guess-kind.ts';
import { lookAt } from './look-at.ts';
import { kindsMixed, MixedKinds } from './MixedKinds.tsx';
import { PutFiles } from './PutFiles.tsx';
import { setAside, waiting } from './set-aside.ts';

interface Draft { readonly kind: string; readonly townshipId: string; readonly purpose: string; readonly document: string; readonly deleteOn: string }

/** 导入台账: files, what they are, and for owners' data why and until when. */
export function ImportNewPage() {
  const navigate = useNavigate();
  const intent = useRef(newKey());
  const [files, setFiles] = useState<readonly Put[]>(waiting);
  const [said, setDraft] = useState<Draft>({ kind: '', townshipId: '', purpose: '', document: '', deleteOn: '' });
  const [kept, setKept] = useState<LedgerKind | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => setAside([]), []);   // they stand in the list now
  // What nobody chose yet is what the columns say; of several, what is best imported first.
  const draft = { ...said, kind: said.kind === '' ? kindsMixed(files)[0] ?? '' : said.kind };
  const isLooking = files.some(({ file, look }) => look === null && refusalOf(file.name) === undefined);
  const isRefused = files.some(({ file, look }) => refusalOf(file.name) !== undefined || (look?.refusal ?? null) !== null);
  const isMixed = kept === null && kindsMixed(files).length > 1;
  const isNow = (put: Put) => kept === null || kindsLeft(put).includes(kept);
  const now = files.filter(isNow);
  const later = kept === null ? [] : files.map((put) => ({ ...put, done: [...put.done, kept] })).filter((put) => kindsLeft(put).length > 0 || isUnknown(put));
  const edit = (patch: Partial<Draft>) => {
    intent.current = newKey();
    setDraft({ ...said, ...patch });
    if (patch.kind !== undefined && kept !== null) setKept(ledgerKind.safeParse(patch.kind).data ?? null);
  };
  const take = (more: readonly File[]) => {
    intent.current = newKey();
    setFault(null);
    setKept(null);
    setFiles([...files, ...more.map((file): Put => ({ file, look: null, done: [] }))]);
    for (const file of more.filter(({ name }) => refusalOf(name) === undefined)) {
      void lookAt(file).then((look) => setFiles((all) => all.map((put) => (put.file === file ? { ...put, look } : put))));
    }
  };
  const keep = (kind: LedgerKind) => {
    edit({ kind });
    setKept(kind);
  };
  const send = async () => {
    const wrong = faultOf(now.length, draft);
    setFault(wrong);
    if (wrong !== null) return;
    setPercent(0);
    try {
      const batch = await upload(postLedgerBatch, {}, formOf(now.map(({ file }) => file), draft), { idempotencyKey: intent.current, onProgress: setPercent });
      setAside(later);
      void navigate({ to: paths.import(batch.id) });
    } catch (error) {
      setFault(error instanceof Error ? error.message : '没有上传成功，请重试');
      setPercent(null);
    }
  };
  return (
    <Page title="导入台账" lead="先预览，确认之后才写入；导错了可以整批撤销。">
      <Section title="第一步：放入文件">
        <DropZone onFiles={take} />
        {files.length > 0 && <PutFiles files={now} onDrop={(put) => setFiles(files.filter((one) => one !== put))} />}
        {isMixed && <MixedKinds files={files} kind={draft.kind} onKeep={keep} />}
        {later.length > 0 && <p className="sz-notice" role="status">先导入{kept !== null && ledgerKindLabels[kept]}；还有 {later.length} 个文件要接着导（{later.map(({ file }) => file.name).join('、')}），已经留下，导入完成后点“继续导入”。</p>}
      </Section>
      <Section title="第二步：说明是什么台账"><Details draft={draft} edit={edit} /></Section>
      {fault !== null && <Alert type="error" showIcon role="alert" title="没有上传" description={fault} style={{ marginBottom: 16 }} />}
      {percent !== null && <div role="status" aria-label="上传进度"><Progress percent={percent} aria-label="上传进度" /><p>{percent < 100 ? '正在上传…' : '已上传，正在接收…'}</p></div>}
      <div className="sz-form-foot"><Button type="primary" size="large" loading={percent !== null} disabled={now.length === 0 || isRefused || isLooking || isMixed} onClick={() => void send()}>上传并预览</Button></div>
    </Page>
  );
}

function Details({ draft, edit }: { draft: Draft; edit: (patch: Partial<Draft>) => void }) {
  const id = useId();
  return (
    <div className="sz-fields">
      <div className="sz-field"><label htmlFor={`${id}k`}>台账种类</label><Choice id={`${id}k`} value={draft.kind} blank="请选择" choices={ledgerKindLabels} onChange={(kind) => edit({ kind })} /></div>
      <div className="sz-field"><label htmlFor={`${id}t`}>乡镇街道</label><OrgUnitPicker id={`${id}t`} level="township" blank="表里已写明" value={draft.townshipId} onChange={(townshipId) => edit({ townshipId })} /><p className="sz-help">表里没有乡镇街道这一列时才选</p></div>
      {draft.kind === 'units' && (
        <>
          <div className="sz-field"><label htmlFor={`${id}p`}>使用目的</label><Input id={`${id}p`} value={draft.purpose} maxLength={200} placeholder="如：核定业主大会表决权名册" onChange={(event) => edit({ purpose: event.target.value })} /><p className="sz-help">业主身份信息要写明为什么收集</p></div>
          <div className="sz-field"><label htmlFor={`${id}d`}>依据文件</label><Input id={`${id}d`} value={draft.document} maxLength={200} placeholder="函或协议的名称、文号" onChange={(event) => edit({ document: event.target.value })} /></div>
          <div className="sz-field"><label htmlFor={`${id}e`}>到期删除日期</label><DateField id={`${id}e`} value={draft.deleteOn} onChange={(deleteOn) => edit({ deleteOn })} /></div>
        </>
      )}
    </div>
  );
}

function faultOf(count: number, draft: Draft): string | null {
  if (count === 0) return '请先放入文件';
  if (draft.kind === '') return '请选择台账种类';
  const isMissing = draft.kind === 'units' && (draft.purpose.trim() === '' || draft.document.trim() === '' || draft.deleteOn === '');
  return isMissing ? '导入业主信息要填写使用目的、依据文件和到期删除日期' : null;
}

/** Fields first: the server reads them before it takes the files. */
function formOf(files: readonly File[], draft: Draft): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(draft)) if (value !== '') form.append(name, value);
  for (const file of files) form.append('files', file);
  return form;
}
