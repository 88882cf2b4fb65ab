import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf } from '#domain/kernel/local-date.ts';
import { instantText, sizeText } from '#domain/kernel/words.ts';
import { everything } from '#platform/access/scope.ts';
import { passphraseOf } from '#platform/backup/config.ts';
import { freeBytes } from '#platform/backup/place.ts';
import type { Kit } from '#platform/kit.ts';
import { Problem } from '#platform/problem.ts';
import { backupHistory } from './store.ts';

/** A day, and an hour for tonight's to be made in. */
export const LATE_MS = 25 * 3_600_000;
const HOUR_MS = 3_600_000;

/** 备份健康 for `doctor`: the last success and its age, failures since, free disk, and whether the key can be read. A place not a day old yet owes none. */
export async function backupHealth(kit: Kit): Promise<{ ok: boolean; detail: string }> {
  const history = await kit.database.read(everything, backupHistory);
  const age = (at: Instant | null) => (at === null ? 0 : epochOf(kit.clock.now()) - epochOf(at));
  const last = history.lastSuccessAt;
  const free = await freeBytes(kit.backups.folder);
  const key = keyWords(kit);
  const detail = [
    last === null ? '还没有成功备份过' : `上次成功 ${instantText(last)}（${Math.floor(age(last) / HOUR_MS)} 小时前）`,
    history.failures > 0 ? `此后失败 ${history.failures} 次` : '', free === null ? '' : `磁盘剩余 ${sizeText(free)}`, key.words,
  ].filter(Boolean).join('，');
  return { ok: age(last ?? history.since) <= LATE_MS && history.failures === 0 && key.ok, detail };
}

function keyWords({ backups }: Kit): { ok: boolean; words: string } {
  try {
    return { ok: true, words: passphraseOf(backups) === null ? '没有设备份密钥（不加密）' : '备份密钥可用' };
  } catch (error) {
    if (error instanceof Problem) return { ok: false, words: error.message };
    throw error;
  }
}
