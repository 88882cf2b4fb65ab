import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { postCollectionLink, revokeCollectionLinks } from '#contract/collection.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { dateWords } from '#web/kit/schema/words.ts';
import { copyText } from '#web/kit/share/copy.ts';
import { qrOf } from '#web/kit/share/picture.ts';
import type { CollectionValue } from './words.tsx';

/** 链接填报: words and a QR code to be passed on in WeChat; the link is told once and can be revoked. */
export function LinkDialog({ value, part }: { value: CollectionValue; part: CollectionValue['parts'][number] }) {
  return <DialogButton words="链接" title={`${part.recipientName}：填报链接`} isQuiet ability={part.can.link}>{() => <Link value={value} part={part} />}</DialogButton>;
}

function Link({ value, part }: { value: CollectionValue; part: CollectionValue['parts'][number] }) {
  const { message } = App.useApp();
  const params = { collectionId: value.id, partId: part.id };
  const [made, keep] = useState<{ readonly words: string; readonly qr: string } | null>(null);
  const make = useMutationOf(postCollectionLink, ({ path, validTo }) => {
    const address = `${window.location.origin}${path}`;
    const words = [`【采集任务】${value.title}`, `请${part.recipientName}于${dateWords(value.dueOn)}前填报，不用登录，没有变化的点“无变化”即可：`, address, `依据：${value.ground}；下发单位：${value.issuerName}；链接有效至${dateWords(validTo)}，只供${part.recipientName}使用。`].join('\n');
    void qrOf(address).then((qr) => keep({ words, qr }));
  });
  const revoke = useMutationOf(revokeCollectionLinks, ({ revoked }) => { keep(null); void message.success(revoked === 0 ? '没有可用的链接' : `已撤销 ${revoked} 个链接`); });
  const copy = async () => {
    if (made !== null && await copyText(made.words)) message.success('已复制，可粘贴到微信');
    else message.error('浏览器不允许复制，请手工选中文字复制');
  };
  const failed = make.error ?? revoke.error;
  return (
    <>
      <p>拿到链接的人不用登录就能填{part.recipientName}的这一份，看不到别的单位。链接只显示这一次，丢了可以再生成；发错了请撤销。</p>
      {made !== null && <><p className="sz-link-text" data-link>{made.words}</p><img className="sz-qr" src={made.qr} alt={`${part.recipientName}填报链接的二维码`} /></>}
      {failed !== null && <Alert type="error" showIcon role="alert" title="没有办成" description={failed.message} />}
      <div className="sz-form-foot" style={{ marginTop: 12 }}>
        {made === null ? <Button type="primary" loading={make.isPending} onClick={() => make.mutate({ params, body: {} })}>生成链接</Button> : <Button type="primary" onClick={() => void copy()}>复制文字和链接</Button>}
        <Button danger loading={revoke.isPending} onClick={() => revoke.mutate({ params, body: {} })}>撤销已发的链接</Button>
      </div>
    </>
  );
}
