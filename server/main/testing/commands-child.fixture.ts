import { z } from 'zod';
import { runCommand } from '../command-line.ts';

/** Runs commands one after the other in one process, as cli.ts runs one: asked for and answered as messages. */
const Asked = z.object({ args: z.array(z.string()), env: z.record(z.string(), z.string()) });

async function run({ args, env }: z.output<typeof Asked>) {
  const said = { out: '', err: '' };
  const into = (key: 'out' | 'err') => (text: string | Uint8Array) => { said[key] += Buffer.from(text).toString(); return true; };
  Object.assign(process.stdout, { write: into('out') });
  Object.assign(process.stderr, { write: into('err') });
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.exitCode = 0;
  const code = await runCommand(args, process.env);
  const found = process.exitCode;
  process.exitCode = 0;
  return { code: code === 0 ? found : code, ...said };
}

process.on('message', (asked) => { void run(Asked.parse(asked)).then((ran) => process.send?.(ran)); });
