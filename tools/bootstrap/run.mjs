// Runs one program to its end with our terminal, hands on the signals we get, and says how it ended.
import { spawn } from 'node:child_process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * 运行程序:resolves with { code, signal }. A closed terminal (SIGHUP) is handed on as SIGTERM, which programs clean up after.
 * When `npm` itself was told to stop but its shell did not pass that on, we notice that our parent is gone and stop the program.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const handOn = (signal) => { child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal); };
    const parent = process.ppid;
    const watch = setInterval(() => { if (process.ppid !== parent) { clearInterval(watch); child.kill('SIGTERM'); } }, 100);
    if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
    for (const signal of SIGNALS) process.on(signal, handOn);
    const forget = () => { clearInterval(watch); for (const signal of SIGNALS) process.off(signal, handOn); };
    child.once('error', (error) => { forget(); reject(error); });
    child.once('exit', (code, signal) => { forget(); resolve({ code, signal }); });
  });
}
