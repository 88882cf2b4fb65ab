import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONE_MS = 8 * HOUR_MS;
/** Between tries after failures: ten minutes, doubled each time, two hours at most. */
const FIRST_WAIT_MS = 600_000;
const LONGEST_WAIT_MS = 2 * HOUR_MS;

/** What is known of earlier backups. `since` is when the deployment began: nothing is due before its first night. */
export interface BackupHistory {
  readonly since: Instant | null;
  readonly lastSuccessAt: Instant | null;
  /** Scheduled tries that failed since then: how many, and when the last ended. */
  readonly failures: number;
  readonly lastFailureAt: Instant | null;
}

/** 下次自动备份: an instant not after `now` means it is due; a night missed because the machine was off is due at once. Null when nothing is scheduled or there is nothing to back up. */
export function nextBackupAt(now: Instant, hour: number | null, { since, lastSuccessAt, failures, lastFailureAt }: BackupHistory): Instant | null {
  if (hour === null || since === null) return null;
  const from = lastSuccessAt !== null && lastSuccessAt > since ? lastSuccessAt : since;
  const due = firstAfter(epochOf(from), hour);
  if (failures === 0 || lastFailureAt === null || epochOf(now) < due) return instantOf(due);
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  return instantOf(Math.max(due, epochOf(lastFailureAt) + wait));
}

/** The first time after `ms` that the clock on the wall here shows `hour` o'clock. */
function firstAfter(ms: number, hour: number): number {
  const wall = ms + ZONE_MS;
  const today = Math.floor(wall / DAY_MS) * DAY_MS + hour * HOUR_MS;
  return (today > wall ? today : today + DAY_MS) - ZONE_MS;
}
