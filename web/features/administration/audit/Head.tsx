import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import type { getAuditHead } from '#contract/administration/audit.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { instantWords } from '#web/kit/schema/words.ts';
import { copyText } from '#web/kit/share/copy.ts';

type AuditHead = NonNullable<Answer<typeof getAuditHead>['head']>;

/** 链头: what to note elsewhere, so that a rewritten chain would show. */
export function Head({ head }: { head: AuditHead }) {
  const { message } = App.useApp();
  const copy = async () => {
    const worked = await copyText(`操作记录链头（${instantWords(head.sealedAt)}）\n封存序号：${head.sealNo}\n链头：${head.hash}`);
    if (worked) message.success('已复制，请存到本系统以外的地方');
    else message.error('浏览器不允许复制，请手工抄录');
  };
  return (
    <dl className="sz-facts sz-facts-long">
      <div><dt>最近封存</dt><dd><DateText value={head.sealedAt} />，封存序号 {head.sealNo}，到第 {head.entryNo} 条记录</dd></div>
      <div><dt>链头（{head.algorithm === 'sm3' ? '国密 SM3' : 'SHA-256'}）</dt><dd><code className="sz-hash">{head.hash}</code> <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()}>复制链头</Button></dd></div>
    </dl>
  );
}
