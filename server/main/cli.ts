import { runCommand } from './command-line.ts';

const code = await runCommand(process.argv.slice(2), process.env);
// A command that ran and found something wrong has said so itself.
if (code !== 0) process.exitCode = code;
