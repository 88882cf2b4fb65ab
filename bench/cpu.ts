import { readFileSync, readdirSync } from 'node:fs';

/** Clock ticks of /proc in a second; fixed by Linux's interface. */
const TICKS = 100;

/** PostgreSQL 用去的处理器时间: seconds of the server with this process id, its backends living and gone. Null where there is no /proc. */
export function postgresCpu(postmaster: number): number | null {
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const own = times(String(postmaster));
    if (!own) return null;
    const backends = all.flatMap((pid) => { const found = times(pid); return found && found.parent === postmaster ? [found.used] : []; });
    return (own.used + own.children + backends.reduce((sum, used) => sum + used, 0)) / TICKS;
  } catch {
    return null;
  }
}

/** A process that ended in the meantime has no times. */
function times(pid: string): { parent: number; used: number; children: number } | null {
  try {
    // After the name in brackets: state, parent, …; utime, stime, cutime and cstime are fields 14 to 17.
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
    const field = (at: number) => fields[at] ?? 0;
    return { parent: field(1), used: field(11) + field(12), children: field(13) + field(14) };
  } catch {
    return null;
  }
}

/** The server that a backend belongs to: its parent. Null where there is no /proc. */
export const postmasterOf = (backend: number): number | null => times(String(backend))?.parent ?? null;
