import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Answer } from '#contract/define-route.ts';
import { postStandInScan, putStandInSignature, type getHandOver } from '#contract/handover.ts';
import { upload } from '#web/kit/api/upload.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { newKey } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';

type Value = Answer<typeof getHandOver>;

/** 代签: the outgoing has already left; a head of the body signs with the reason, and attaches what was signed by hand. */
export function StandIn({ value }: { value: Value }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const send = async (file: File | undefined) => {
    if (file === undefined) return;
    const form = new FormData();
    form.append('files', file);
    setFault(null);
    try {
      await upload(postStandInScan, { params: { handOverId: value.id } }, form, { idempotencyKey: newKey(), onProgress: () => undefined });
      message.success('扫描件已收下');
      await client.invalidateQueries();
    } catch (error) {
      setFault(error instanceof Error ? error.message : '没有上传成功，请重试');
    }
  };
  return (
    <Section title="移交人已经离开的，由您代签">
      <p>能找到移交人的，先用上面的“打印”印出清单，请本人手工签字，扫描或拍照后上传；确实找不到的，写明原因即可。</p>
      <p>
        <Button onClick={() => field.current?.click()}>{value.hasScan ? '换一份扫描件' : '上传手工签字的清单'}</Button>
        <input ref={field} type="file" accept=".pdf,.jpg,.jpeg,.png" aria-label="选择手工签字的清单" className="sz-file" tabIndex={-1} onChange={(event) => { void send(event.target.files?.[0]); event.target.value = ''; }} />
        {value.hasScan && <span>　已上传</span>}
      </p>
      {fault !== null && <p className="sz-error" role="alert">{fault}</p>}
      <RouteForm
        route={putStandInSignature} params={{ handOverId: value.id }} version={value.version} submit="代签移交" keepsDraft={false} first={{ papers: value.papers, remark: value.remark }} fixed={{ listMark: value.listMark }}
        onDone={() => message.success('已代签，等接手人签收')}
        extras={{ reason: { help: '如：已于10月调往外地，电话确认清单无误' }, papers: { help: '如：维修资金台账｜3本｜档案柜二层' }, password: { isPassword: true, autoComplete: 'current-password', help: '输入密码即为您本人签字' } }}
      />
    </Section>
  );
}
