import { z } from 'zod';
import { defineRoute, none } from '../define-route.ts';
import { count, id, instant } from '../kernel.ts';

/** 备份状态 in words. */
export const backupStatusLabels = { waiting: '等待', running: '进行中', done: '成功', failed: '失败' } as const;
/** 备份由谁发起 in words. */
export const backupOriginLabels = { schedule: '自动', page: '页面', command: '命令行' } as const;

/** 一次备份. */
export const Backup = z.object({
  id: id('Backup'),
  origin: z.enum(['schedule', 'page', 'command']).meta({ title: '发起方式', 'x-labels': backupOriginLabels }),
  status: z.enum(['waiting', 'running', 'done', 'failed']).meta({ title: '状态', 'x-labels': backupStatusLabels }),
  requestedBy: z.string().nullable().meta({ title: '发起人' }),
  createdAt: instant.meta({ title: '发起时间' }), finishedAt: instant.nullable().meta({ title: '结束时间' }),
  seconds: count.nullable().meta({ title: '用时（秒）' }),
  stage: z.string().nullable().meta({ title: '进行到' }), doneCount: count.meta({ title: '已备份行数' }), totalCount: count.nullable().meta({ title: '约共行数' }),
  path: z.string().nullable().meta({ title: '备份文件' }), sizeBytes: count.nullable().meta({ title: '大小（字节）' }), rowCount: count.nullable().meta({ title: '行数' }), fileCount: count.nullable().meta({ title: '文件数' }),
  missingFileCount: count.nullable().meta({ title: '缺失的文件数' }), isEncrypted: z.boolean().nullable().meta({ title: '是否加密' }), pruned: z.array(z.string()).meta({ title: '按规则删除的旧备份' }),
  error: z.string().nullable().meta({ title: '失败原因' }),
}).meta({ id: 'Backup', title: '备份' });

/** 备份情况: the last that succeeded, what is under way, the next one, the disk, and what to worry about. */
export const BackupStatus = z.object({
  lastSuccess: Backup.nullable().meta({ title: '上次成功' }), open: Backup.nullable().meta({ title: '正在进行' }),
  nextAt: instant.nullable().meta({ title: '下次自动备份' }),
  folder: z.string().meta({ title: '备份文件夹' }), freeBytes: count.nullable().meta({ title: '磁盘剩余（字节）' }),
  isEncrypted: z.boolean().meta({ title: '备份是否加密' }), keep: z.string().meta({ title: '保留规则' }),
  warnings: z.array(z.string()).meta({ title: '警告' }),
  recent: z.array(Backup).meta({ title: '最近的备份' }),
}).meta({ id: 'BackupStatus', title: '备份情况' });

/** 备份情况. */
export const getBackupStatus = defineRoute({ method: 'GET', path: '/backups', summary: '备份情况', permission: 'operations.backup.read', response: BackupStatus });

/** 立即备份; asked twice while one waits or runs, it is that one. */
export const postBackup = defineRoute({ method: 'POST', path: '/backups', summary: '立即备份', permission: 'operations.backup.run', body: none, response: Backup });
