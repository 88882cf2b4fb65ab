import { CopyOutlined, PrinterOutlined } from '@ant-design/icons';
import { Alert, App, Button } from 'antd';
import { copyText } from '#web/kit/share/copy.ts';

/** 恢复码: shown once, to be printed or copied by hand. */
export function RecoveryCodes({ login, codes, done, onDone }: { login: string; codes: readonly string[]; done: string; onDone: () => void }) {
  const { message } = App.useApp();
  const copy = async () => {
    const worked = await copyText(`善治账号 ${login} 的恢复码（每个只能用一次）：\n${codes.join('\n')}`);
    if (worked) message.success('已复制恢复码');
    else message.error('浏览器不允许复制，请打印或手工抄写');
  };
  return (
    <div className="sz-form">
      <Alert type="warning" showIcon title="恢复码只显示这一次" description="手机（或办公电脑）丢了、坏了的时候，登录时填一个恢复码代替动态口令，每个只能用一次。请打印或抄下来锁好，不要和验证器放在一起。" />
      <ol className="sz-recovery-codes" aria-label={`${login}的恢复码`}>{codes.map((code) => <li key={code}>{code}</li>)}</ol>
      <div className="sz-form-foot no-print">
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>打印</Button>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>复制</Button>
        <Button type="primary" onClick={onDone}>{done}</Button>
      </div>
    </div>
  );
}
