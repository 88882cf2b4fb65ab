import type { Answer } from '#contract/define-route.ts';
import { backupOriginLabels, backupStatusLabels, type getBackupStatus } from '#contract/operations/backup.ts';
import { sizeText } from '#domain/kernel/words.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { durationWords } from '#web/kit/domain/BackupSummary.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';

type Backup = Answer<typeof getBackupStatus>['recent'][number];
const tones: Readonly<Record<Backup['status'], Tone>> = { waiting: 'plain', running: 'info', done: 'good', failed: 'bad' };
const blankable = <T,>(value: T | null, words: (value: T) => string) => (value === null ? '—' : words(value));

/** 备份各列. */
export const backupColumns: readonly Column<Backup>[] = [
  { key: 'at', title: '时间', cell: (row) => <DateText value={row.finishedAt ?? row.createdAt} /> },
  { key: 'status', title: '结果', cell: (row) => <StatusTag tone={tones[row.status]}>{backupStatusLabels[row.status]}</StatusTag> },
  { key: 'origin', title: '发起', cell: (row) => `${backupOriginLabels[row.origin]}${row.requestedBy === null ? '' : `（${row.requestedBy}）`}` },
  { key: 'size', title: '大小', isNumber: true, cell: (row) => blankable(row.sizeBytes, sizeText) },
  { key: 'rows', title: '行数', isNumber: true, cell: (row) => blankable(row.rowCount, numberWords) },
  { key: 'files', title: '文件', isNumber: true, cell: (row) => `${blankable(row.fileCount, numberWords)}${row.missingFileCount ? `（缺 ${row.missingFileCount}）` : ''}` },
  { key: 'seconds', title: '用时', isNumber: true, cell: (row) => durationWords(row.seconds) },
  { key: 'sealed', title: '加密', cell: (row) => blankable(row.isEncrypted, (is) => (is ? '已加密' : '未加密')) },
  { key: 'path', title: '文件或失败原因', cell: (row) => row.error ?? row.path ?? '—' },
];
