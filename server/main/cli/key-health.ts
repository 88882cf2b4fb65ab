import { stat } from 'node:fs/promises';
import { everything } from '#platform/access/scope.ts';
import type { Config } from '#platform/config.ts';
import type { Kit } from '#platform/kit.ts';
import { leftOvers } from '#platform/reseal/left-over.ts';
import { sealedTables } from '../modules.ts';

/** 密钥健康 for `doctor`: only the running account can read it, and everything sealed opens with it. Which key the database is of was settled by starting. */
export async function keyHealth(kit: Kit, config: Pick<Config, 'secret' | 'secretFile'>): Promise<{ ok: boolean; detail: string }> {
  const isOwn = config.secret !== undefined || await stat(config.secretFile).then((file) => (file.mode & 0o077) === 0, () => false);
  const { opened, left } = await kit.database.read(everything, (db) => leftOvers(db, sealedTables, kit.vault));
  const detail = [
    isOwn ? '只有运行账号可读' : '密钥文件缺失或对其他用户可读',
    left.length === 0 ? `封存的 ${opened} 处都打得开` : `有 ${left.reduce((sum, { rows }) => sum + rows, 0)} 行用现在的密钥打不开，仍是别的密钥封存的（${left.map(({ table, rows }) => `${table} ${rows} 行`).join('、')}）`,
  ].join('，');
  return { ok: isOwn && left.length === 0, detail };
}
