/** 中断点:the places of an import at which a test kills a process, to prove that all or nothing of it stands afterwards. */
export type CrashPoint = 'after-upload' | 'while-reading' | 'while-staging' | 'before-confirm' | 'in-confirm-after-write-before-commit' | 'after-commit-before-answer';

let strike = (): void => { process.kill(process.pid, 'SIGKILL'); };

/** 另择目标:a test that has something else die at the point, the database for one, says here how. */
export function strikeInstead(how: () => void): void {
  strike = how;
}

/** Dies like a power cut when a test asked for it; does nothing in any other process. */
export function crashPoint(point: CrashPoint): void {
  if (process.env.NODE_ENV === 'test' && process.env.SHANZHI_CRASH_AT === point) strike();
}
