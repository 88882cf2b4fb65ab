// `npm test`: everything CI runs, one step after the other, never stopping at the first failure. `node test.mjs quick` is
// the short part. Ends with the line `N passed, N failed`. Plain JavaScript, so that an old Node can start it.
import { fileURLToPath } from 'node:url';
import { install } from './tools/bootstrap/install.mjs';
import { chooseNode } from './tools/bootstrap/node.mjs';
import { report, runSteps } from './tools/bootstrap/steps.mjs';
import { stepsOf } from './tools/bootstrap/test-steps.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

try {
  await install(root);
  const results = await runSteps(stepsOf(root, { node: chooseNode(root), quick: process.argv.includes('quick') }));
  console.log(report(results));
  process.exitCode = results.every(({ failed }) => failed === 0) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
