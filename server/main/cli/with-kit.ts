import type { Command } from 'commander';
import type { Config } from '#platform/config.ts';
import { ensureHolidays } from '#modules/administration/index.ts';
import { isLocalDate, type LocalDate } from '#domain/kernel/brand.ts';
import { boot, type Running } from '../boot.ts';

/** A command line that asks for something we cannot do; exit code 2. */
export class UsageRefused extends Error {}

/** Adds a group of commands to the program. */
export type AddCommands = (program: Command, config: () => Config) => void;

/** Runs `work` with everything open, and closes it all whatever happens. Messages go to stderr, so that stdout is only the answer. */
export async function withKit<T>(config: Config, work: (running: Running) => Promise<T>, options: { withoutBackup?: boolean } = {}): Promise<T> {
  const running = await boot(config, { ...options, log: (line) => console.error(line) });
  try {
    await ensureHolidays(running.kit);
    return await work(running);
  } finally {
    await running.stop();
  }
}

/** 日期选项. @throws UsageRefused */
export function dateOf(name: string, text: string): LocalDate {
  if (!isLocalDate(text)) throw new UsageRefused(`${name}应是一个日期，写成 2026-02-13 的样子，不能是“${text}”。`);
  return text;
}

/** Prints an answer: JSON where asked, else the words. */
export function print(answer: unknown, { json, words }: { json: boolean | undefined; words: () => string }): void {
  console.log(json ? JSON.stringify(answer, null, 2) : words());
}
