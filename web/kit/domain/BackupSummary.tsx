import { Alert } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import type { getBackupStatus } from '#contract/operations/backup.ts';
import { sizeText } from '#domain/kernel/words.ts';
import { DateText } from '../DateText.tsx';

type Status = Answer<typeof getBackupStatus>;

/** 备份概况: what to worry about first, then the last success, the next one and the disk. */
export function BackupSummary({ value }: { value: Status }) {
  const last = value.lastSuccess;
  return (
    <>
      {value.warnings.map((warning) => <Alert key={warning} className="sz-backup-warning" type="error" showIcon role="alert" title={warning} />)}
      <dl className="sz-facts">
        <div><dt>上次成功</dt><dd>{last === null ? '还没有' : <DateText value={last.finishedAt} />}</dd></div>
        {last !== null && <div><dt>大小与用时</dt><dd>{last.sizeBytes === null ? '—' : sizeText(last.sizeBytes)}，{durationWords(last.seconds)}</dd></div>}
        <div><dt>下次自动备份</dt><dd>{value.nextAt === null ? '没有安排' : <DateText value={value.nextAt} />}</dd></div>
        <div><dt>磁盘剩余</dt><dd>{value.freeBytes === null ? '看不到' : sizeText(value.freeBytes)}</dd></div>
      </dl>
    </>
  );
}

/** 用时 in words. */
export function durationWords(seconds: number | null): string {
  if (seconds === null) return '—';
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}
