import { CopyOutlined } from '@ant-design/icons';
import { Alert, App, Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import type { postApiKey } from '#contract/administration/api-key.ts';
import type { Answer } from '#contract/define-route.ts';
import { ActionButton, type Ability } from '#web/kit/ActionLink.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { copyText } from '#web/kit/share/copy.ts';

export type MadeKey = Answer<typeof postApiKey>;

/** 发放密钥弹窗: a form, then the key itself, once; it closes only by saying that it was kept. */
export function KeyDialog({ words, title, ability, isPrimary = false, isQuiet = false, form }: {
  words: string; title: string; ability?: Ability; isPrimary?: boolean; isQuiet?: boolean; form: (onMade: (made: MadeKey) => void, close: () => void) => ReactNode;
}) {
  const [isOpen, open] = useState(false);
  const [made, setMade] = useState<MadeKey | null>(null);
  const close = () => {
    open(false);
    setMade(null);
  };
  const mayLeave = made === null;
  return (
    <>
      <ActionButton ability={ability} isPrimary={isPrimary} isQuiet={isQuiet} onClick={() => open(true)}>{words}</ActionButton>
      <Modal title={made === null ? title : '请保存接口密钥'} open={isOpen} onCancel={close} footer={null} closable={mayLeave} mask={{ closable: mayLeave }} keyboard={mayLeave} destroyOnHidden>
        {isOpen && (made === null ? form(setMade, close) : <Told made={made} close={close} />)}
      </Modal>
    </>
  );
}

function Told({ made: { apiKey, secret }, close }: { made: MadeKey; close: () => void }) {
  const { message } = App.useApp();
  const copy = async () => {
    if (await copyText(secret)) message.success('已复制密钥');
    else message.error('浏览器不允许复制，请手工选中后复制');
  };
  return (
    <div className="sz-form">
      <Alert type="warning" showIcon title="只显示这一次" description="请当面或用加密的方式交给对方系统的负责人，不要发到群里。关闭后谁也看不到了，丢了只能更换。" />
      <dl className="sz-facts sz-facts-long">
        <div><dt>名称</dt><dd>{apiKey.name}（{apiKey.scopeName}）</dd></div>
        <div><dt>接口密钥</dt><dd><code className="sz-hash" aria-label="接口密钥原文">{secret}</code></dd></div>
        <div><dt>有效期至</dt><dd>{dateWords(apiKey.endsOn)}，当天仍有效</dd></div>
      </dl>
      <div className="sz-form-foot"><Button icon={<CopyOutlined />} onClick={() => void copy()}>复制密钥</Button><Button type="primary" onClick={close}>已经保存好</Button></div>
    </div>
  );
}
