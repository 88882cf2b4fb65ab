import type { Command } from 'commander';
import type { Config } from '#platform/config.ts';
import { boot, type Running } from '../boot.ts';

/** A command line that asks for something we cannot do; exit code 2. */
export class UsageRefused extends Error {}

/** Adds a group of commands to the program. */
export type AddCommands = (program: Command, config: () => Config) => void;

/** Runs `work` with everything open, and closes it all whatever happens. Messages go to stderr, so that stdout is only the answer. */
export async function withKit<T>(config: Config, work: (running: Running) => Promise<T>): Promise<T> {
  const running = await boot(config, { log: (line) => console.error(line) });
  try {
    return await work(running);
  } finally {
    await running.stop();
  }
}

/** Prints an answer: JSON where asked, else the words. */
export function print(answer: unknown, { json, words }: { json: boolean | undefined; words: () => string }): void {
  console.log(json ? JSON.stringify(answer, null, 2) : words());
}
