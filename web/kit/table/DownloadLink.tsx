import { Button } from 'antd';
import type { ReactNode } from 'react';

const insideWeChat = /MicroMessenger/i.test(navigator.userAgent);

/** 下载链接: a file by its address; inside WeChat, which saves no files, it says what to do instead. */
export function DownloadLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  if (insideWeChat) return <span className="sz-muted">微信里不能保存文件，请点右上角「…」选择“在浏览器打开”后下载</span>;
  return <Button href={href} download icon={icon}>{children}</Button>;
}
