import { CopyOutlined, PictureOutlined, PrinterOutlined, QrcodeOutlined } from '@ant-design/icons';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { copyText } from './copy.ts';
import { pictureOf, qrOf } from './picture.ts';

interface Picture { readonly kind: 'long' | 'qr'; readonly url: string }

/** 分享栏: 复制文字、生成长图、二维码、打印 — WeChat is how offices pass things on. */
export function ShareBar({ name, text, of, address }: {
  /** Names the files and the dialogs. */
  readonly name: string;
  readonly text: () => string;
  /** Id of the element that becomes the long picture. */
  readonly of: string;
  /** What the code leads to, where that is a page for anybody; else this page, for who may sign in. */
  readonly address?: string;
}) {
  const { message } = App.useApp();
  const [picture, setPicture] = useState<Picture | null>(null);
  const [isBusy, setBusy] = useState(false);
  const copy = async () => {
    const worked = await copyText(text());
    if (worked) message.success('已复制，可粘贴到微信');
    else message.error('浏览器不允许复制，请手工选中文字复制');
  };
  const draw = async (kind: Picture['kind']) => {
    const element = document.getElementById(of);
    setBusy(true);
    try {
      if (kind === 'qr') setPicture({ kind, url: await qrOf(address ?? window.location.href) });
      else if (element !== null) setPicture({ kind, url: await pictureOf(element) });
    } catch {
      message.error('没有生成成功，请改用打印或截图');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="sz-share no-print" role="group" aria-label="分享">
      <Button icon={<CopyOutlined />} onClick={() => void copy()}>复制文字</Button>
      <Button icon={<PictureOutlined />} loading={isBusy} onClick={() => void draw('long')}>生成长图</Button>
      <Button icon={<QrcodeOutlined />} onClick={() => void draw('qr')}>二维码</Button>
      <Button icon={<PrinterOutlined />} onClick={() => window.print()}>打印</Button>
      <PictureModal name={name} picture={picture} isPublic={address !== undefined} onClose={() => setPicture(null)} />
    </div>
  );
}

function PictureModal({ name, picture, isPublic, onClose }: { name: string; picture: Picture | null; isPublic: boolean; onClose: () => void }) {
  const isQr = picture?.kind === 'qr';
  return (
    <Modal open={picture !== null} onCancel={onClose} footer={null} title={isQr ? `${name}：二维码` : `${name}：长图`} width={isQr ? 400 : 720}>
      {picture !== null && (
        <>
          <p>{isQr ? isPublic ? '用手机扫码打开公开页，不用登录。' : '用手机扫码打开本页（需先登录）。' : '手机上长按图片可保存或转发；电脑上点“保存图片”。'}</p>
          <p><a className="sz-action" href={picture.url} download={`${name}.png`}>保存图片</a></p>
          <img className={isQr ? 'sz-qr' : 'sz-long-picture'} src={picture.url} alt={isQr ? `${name}的二维码` : `${name}的长图`} />
        </>
      )}
    </Modal>
  );
}
