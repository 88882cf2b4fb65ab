/** 中断点: where a test kills the process, to prove that an import goes on without doubles. Does nothing in any other process. */
export function crashPoint(point: 'in-order-import'): void {
  if (process.env.NODE_ENV === 'test' && process.env.SHANZHI_CRASH_AT === point) process.kill(process.pid, 'SIGKILL');
}
