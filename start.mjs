// `npm start`: installs, builds and runs. Plain JavaScript, so that an old Node can still start the pinned new one.
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { install } from './tools/bootstrap/install.mjs';
import { chooseNode, environment, MEMORY } from './tools/bootstrap/node.mjs';
import { run } from './tools/bootstrap/run.mjs';
import { buildWeb } from './tools/bootstrap/web-build.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

try {
  await install(root);
  await buildWeb(root);
  // In its own process group: Ctrl-C in the terminal reaches it once, through us.
  const { code, signal } = await run(chooseNode(root), [...MEMORY, join(root, 'server', 'main', 'cli.ts'), 'serve', ...process.argv.slice(2)], { cwd: process.cwd(), env: environment(root), detached: process.platform !== 'win32' });
  process.exitCode = code ?? (signal === null ? 1 : 128);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
