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
  /** Tries that failed since then, the night's and those somebody asked for: how many, and when the last ended. */
  readonly failures: number;
  readonly lastFailureAt: Instant | null;
  /** True when somebody asked for one of them on the page: it is owed at once, not only tonight. */
  readonly isAsked: boolean;
}

/** 下次自动备份: an instant not after `now` means it is due; a night missed because the machine was off is due at once. One asked for that failed is tried again also by day, and also where no night is set. Null when nothing is to be made. */
export function nextBackupAt(now: Instant, hour: number | null, { since, lastSuccessAt, failures, lastFailureAt, isAsked }: BackupHistory): Instant | null {
  if (since === null) return null;
  const from = lastSuccessAt !== null && lastSuccessAt > since ? lastSuccessAt : since;
  const due = hour === null ? Number.POSITIVE_INFINITY : firstAfter(epochOf(from), hour);
  const again = failures === 0 || lastFailureAt === null ? null : epochOf(lastFailureAt) + Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  const next = again === null ? due : epochOf(now) >= due ? Math.max(due, again) : isAsked ? Math.min(due, again) : due;
  return Number.isFinite(next) ? instantOf(next) : null;
}

/** The first time after `ms` that the clock on the wall here shows `hour` o'clock. */
function firstAfter(ms: number, hour: number): number {
  const wall = ms + ZONE_MS;
  const today = Math.floor(wall / DAY_MS) * DAY_MS + hour * HOUR_MS;
  return (today > wall ? today : today + DAY_MS) - ZONE_MS;
}
