// `npm run -s shanzhi -- <command>`: the operator's commands. Installs what is missing first; stdout carries only the answer.
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { install } from './tools/bootstrap/install.mjs';
import { chooseNode, environment, MEMORY } from './tools/bootstrap/node.mjs';
import { run } from './tools/bootstrap/run.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

try {
  await install(root, { say: console.error });
  // npm changes into the package folder; the operator's relative paths are meant from where npm was called.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const { code } = await run(chooseNode(root), [...MEMORY, join(root, 'server', 'main', 'cli.ts'), ...process.argv.slice(2)], { cwd, env: environment(root, { SHANZHI_DATA: process.env.SHANZHI_DATA ?? join(root, 'data') }) });
  process.exitCode = code ?? 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
