import { readConfig } from '#platform/config.ts';
import { changeSecret } from '../cli/secret.ts';

/** Changes the secret as the command does, and dies at once when it says what the first argument says. */
const [at = ''] = process.argv.slice(2);
await changeSecret(readConfig(process.env), null, (line) => {
  if (line.includes(at)) process.kill(process.pid, 'SIGKILL');
});
