import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { postComplaint } from '#contract/complaint.ts';
import type { Answer } from '#contract/define-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { qrOf } from '#web/kit/share/picture.ts';
import { useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

/** 回执: number and the way to follow it, for the hand of an old man as for a phone. Told once: the address cannot be drawn again. */
export function Slip({ slip: { id, no, receiptPath }, onNext }: { slip: Answer<typeof postComplaint>; onNext: () => void }) {
  const today = useMe().data?.today ?? '';
  const [code, draw] = useState<string | null>(null);
  useEffect(() => { if (receiptPath !== null) void qrOf(`${window.location.origin}${receiptPath}`).then(draw); }, [receiptPath]);
  return (
    <>
      <section className="sz-slip" aria-label="回执">
        <h2>投诉登记回执</h2>
        <p className="sz-slip-no">{no}</p>
        <p>登记日期：{dateWords(today)}</p>
        <p>请保存好这张回执。可以凭编号到原登记窗口询问，也可以用手机扫码查看办到哪一步、由谁办、什么时候答复。</p>
        {code !== null && <img src={code} alt="查询办理情况的二维码" width={180} height={180} />}
        <p>二维码只给投诉人本人，请不要转发。</p>
      </section>
      <div className="sz-actions no-print"><Button type="primary" onClick={() => window.print()}>打印回执</Button><LinkButton to={paths.complaint(id)}>打开这件投诉</LinkButton><Button onClick={onNext}>再登记一件</Button></div>
    </>
  );
}
