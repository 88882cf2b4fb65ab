/** 中断点: where a test kills the process, to prove that an import goes on without doubles. Does nothing in any other process. */
export function crashPoint(point: CrashPoint): void {
  if (process.env.NODE_ENV === 'test' && process.env.SHANZHI_CRASH_AT === point) process.kill(process.pid, 'SIGKILL');
}

/** A part taken but not committed; committed; its progress told; all parts in; the whole over, but not its job. */
export const crashPoints = ['orders-taken', 'orders-in', 'orders-told', 'orders-finish', 'orders-over'] as const;
type CrashPoint = (typeof crashPoints)[number];
