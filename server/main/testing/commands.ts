import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { childEnv } from '#platform/testing/child-env.ts';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const MANY = fileURLToPath(new URL('commands-child.fixture.ts', import.meta.url));
const Answer = z.object({ code: z.number(), out: z.string(), err: z.string() });
type Settings = Readonly<Record<string, string>>;

/** How a command ended: its exit code, or the signal that ended it, and what it said. */
export interface Ran { readonly code: number | string | null; readonly out: string; readonly err: string }

/** 命令行 in a test; the environment names only what is said. */
export interface CommandLine {
  /** One command as a process of its own, as an operator starts it. */
  start(args: readonly string[], env?: Settings, program?: string): Promise<Ran>;
  /** The same command in a process that runs one after the other: most of a command's time is reading the program. */
  run(args: readonly string[], env?: Settings): Promise<Ran>;
  stop(): Promise<void>;
}

/** 打开命令行: every command has `settings`. */
export function commandLine(settings: Settings): CommandLine {
  const many = fork(MANY, { env: childEnv({}), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = once(many, 'exit');
  const start: CommandLine['start'] = (args, env = {}, program = CLI) => {
    const child = spawn(process.execPath, [program, ...args], { env: childEnv({ ...settings, ...env }) });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
    return new Promise((resolve) => { child.once('close', (code, signal) => resolve({ code: signal ?? code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() })); });
  };
  return {
    start,
    async run(args, env = {}) {
      const answer = Promise.race([once(many, 'message'), gone.then(() => { throw new Error(`the process of commands ended at ${args.join(' ')}`); })]);
      many.send({ args, env: childEnv({ ...settings, ...env }) });
      return Answer.parse((await answer)[0]);
    },
    async stop() {
      if (many.connected) many.disconnect();
      await gone;
    },
  };
}
